//! Writes down every visit of one replication, so that it can be replayed.

use super::fates;
use super::plant::Plant;
use chance::Source;
use model::results::trace::{TracedLine, Visit};
use units::{Id, Minutes};

/// The visits of one replication, in the order they began.
#[derive(Debug, Default)]
pub(super) struct Trace {
    pub(super) visits: Vec<Visit>,
    /// The visit each copy is busy with.
    open: Vec<usize>,
}

/// A time in minutes since the start of the horizon.
fn minutes(time: u64) -> Minutes {
    Minutes::from_ticks(time as i64)
}

impl Trace {
    pub(super) fn new(plant: &Plant<'_>) -> Self {
        Self { visits: Vec::new(), open: vec![0; plant.n_copies] }
    }

    /// The lines by their numbers in the visits.
    pub(super) fn lines(plant: &Plant<'_>) -> Vec<TracedLine> {
        let kind = |l: &super::plant::LineSpec| &plant.kinds[l.kind];
        plant.lines.iter().map(|l| TracedLine { capability: kind(l).capability, option: kind(l).option }).collect()
    }

    /// When each site works in a replication.
    pub(super) fn open(plant: &Plant<'_>, source: Source, replication: u32) -> Vec<Vec<(Minutes, Minutes)>> {
        let strikes = fates::strikes(plant, source, replication, None);
        let windows = |site| {
            if !plant.working_sites.contains(&site) {
                return Vec::new();
            }
            let clock = fates::site_clock(plant, site, &strikes, source, replication);
            clock.open().map(|(from, to)| (minutes(from), minutes(to))).collect()
        };
        plant.ring.sites.ids().map(windows).collect()
    }

    /// A piece comes to a copy.
    pub(super) fn load(&mut self, plant: &Plant<'_>, now: u64, copy: usize, station: usize, piece: u32) {
        let spec = &plant.stations[station];
        let line = spec.line as usize;
        self.open[copy] = self.visits.len();
        self.visits.push(Visit {
            line,
            piece: u64::from(piece),
            station: station - plant.lines[line].first_station,
            copy: copy - spec.first_copy as usize,
            period: model::ids::PeriodId::from_index(plant.period_at(now)),
            arrived: minutes(now),
            begun: None,
            done: None,
            left: None,
        });
    }

    /// Its kit is there and work begins.
    pub(super) fn begin(&mut self, now: u64, copy: usize) {
        self.visits[self.open[copy]].begun = Some(minutes(now));
    }

    /// Its work is done.
    pub(super) fn done(&mut self, now: u64, copy: usize) {
        self.visits[self.open[copy]].done = Some(minutes(now));
    }

    /// It leaves the copy.
    pub(super) fn leave(&mut self, now: u64, copy: usize) {
        self.visits[self.open[copy]].left = Some(minutes(now));
    }
}
