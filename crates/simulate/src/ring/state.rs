//! What one replication of the ring keeps while it runs.

use super::chain::{N_BUCKETS, Split};
use super::clock::{Moment, SiteClock};
use super::fates::{self, Strikes};
use super::flows::Flows;
use super::plant::Plant;
use super::purpose;
use crate::kernel::EventList;
use chance::{Source, Stream};
use std::collections::VecDeque;

/// No piece.
pub(super) const NONE: u32 = u32::MAX;

/// What a station copy is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// It has no piece.
    Idle,
    /// It works (repairs and missing people included).
    Busy,
    /// It holds a finished piece that has no place to go.
    Blocked,
    /// It holds a piece that misses components.
    Waiting,
}

/// Open ticks a station's copies spent, by state.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Times {
    pub(super) working: u64,
    pub(super) blocked: u64,
    pub(super) starved: u64,
    pub(super) waiting_parts: u64,
    pub(super) waiting_people: u64,
    pub(super) down: u64,
    pub(super) stopped: u64,
}

/// One copy of a station.
pub(super) struct CopyNow {
    pub(super) station: u32,
    pub(super) piece: u32,
    pub(super) doing: Doing,
    /// Open time of its site when it began doing so.
    pub(super) since: u64,
    /// Of the work running: ticks for missing people and for repairs, the rest is work.
    pub(super) people: u64,
    pub(super) down: u64,
    /// When it became free, as time and split.
    pub(super) at: Moment,
    pub(super) split: Split,
    /// The thing it waits for.
    pub(super) lacks: u32,
    pub(super) breakdown: Stream,
    /// Busy ticks left to the next breakdown, by kind of equipment.
    pub(super) to_failure: Vec<f64>,
}

/// A station.
pub(super) struct StationNow {
    pub(super) queue: VecDeque<u32>,
    pub(super) present: u32,
    /// Copies upstream that hold a finished piece for this station.
    pub(super) waiting: VecDeque<u32>,
    pub(super) service: Stream,
    pub(super) first_pass: Stream,
    pub(super) finished: u64,
    pub(super) times: Times,
}

/// A piece on a line.
#[derive(Clone, Copy)]
pub(super) struct PieceNow {
    pub(super) station: u32,
    pub(super) first_article: bool,
    /// Variant of the kits it is built to.
    pub(super) variant: u16,
    /// Factor of the learning curve, as it is and as planned for the day.
    pub(super) factor: f64,
    pub(super) planned_factor: f64,
    /// When it became ready for its station.
    pub(super) at: Moment,
    pub(super) split: Split,
}

/// A line.
#[derive(Clone)]
pub(super) struct LineNow {
    pub(super) open: bool,
    pub(super) started: u64,
    pub(super) finished: u64,
    pub(super) first_articles: u64,
    pub(super) first_article_started: bool,
    pub(super) first_article_done: bool,
    /// Finished before output counts.
    pub(super) held: u64,
    pub(super) in_process: u64,
    /// The moment it opened, and its last counted piece.
    pub(super) opened: Moment,
    pub(super) last: Moment,
    pub(super) last_split: Split,
}

/// One replication, running.
pub(super) struct Run<'a> {
    pub(super) plant: &'a Plant<'a>,
    pub(super) now: u64,
    pub(super) events: EventList,
    pub(super) clocks: Vec<SiteClock>,
    pub(super) hints: Vec<usize>,
    pub(super) schedule_hints: Vec<usize>,
    pub(super) presence: Vec<Vec<Vec<f64>>>,
    pub(super) copies: Vec<CopyNow>,
    pub(super) stations: Vec<StationNow>,
    pub(super) lines: Vec<LineNow>,
    /// Pieces released by group.
    pub(super) released: Vec<i64>,
    pub(super) pieces: Vec<PieceNow>,
    pub(super) free: Vec<u32>,
    /// Stock by site and thing, thousandths.
    pub(super) stock: Vec<Vec<i64>>,
    /// Copies that wait for a thing, by site and thing.
    pub(super) lacking: Vec<Vec<VecDeque<u32>>>,
    /// Product pieces finished and counted, by period.
    pub(super) product_by_period: Vec<i64>,
    pub(super) flows: Flows,
    pub(super) visits: u64,
    pub(super) handled: u64,
}

impl<'a> Run<'a> {
    /// A replication at time zero: fates drawn, nothing begun.
    pub(super) fn new(plant: &'a Plant<'a>, source: Source, replication: u32) -> Self {
        let ring = plant.ring;
        let strikes: Strikes = fates::strikes(plant, source, replication);
        let clocks: Vec<SiteClock> =
            ring.sites.ids().map(|s| fates::site_clock(plant, s, &strikes, source, replication)).collect();
        let mut presence = vec![Vec::new(); ring.sites.len()];
        for site in &plant.working_sites {
            presence[units::Id::index(*site)] = fates::presence(plant, *site, source, replication);
        }
        let mut copies = Vec::with_capacity(plant.n_copies);
        let mut stations = Vec::with_capacity(plant.stations.len());
        let nothing = Moment { worked: 0, lost: [0; super::clock::N_STOPS] };
        for (index, spec) in plant.stations.iter().enumerate() {
            let stream = |purpose| source.stream(replication, index as u32, purpose);
            for copy in 0..spec.n_copies as usize {
                let mut breakdown = source.stream(replication, (spec.first_copy + copy) as u32, purpose::BREAKDOWN);
                let to_failure = spec.equipment.iter().map(|(_, up, _)| plant.unit.draw(&mut breakdown) * up).collect();
                copies.push(CopyNow {
                    station: index as u32,
                    piece: NONE,
                    doing: Doing::Idle,
                    since: 0,
                    people: 0,
                    down: 0,
                    at: nothing,
                    split: [0; N_BUCKETS],
                    lacks: NONE,
                    breakdown,
                    to_failure,
                });
            }
            stations.push(StationNow {
                queue: VecDeque::new(),
                present: 0,
                waiting: VecDeque::new(),
                service: stream(purpose::SERVICE),
                first_pass: stream(purpose::FIRST_PASS),
                finished: 0,
                times: Times::default(),
            });
        }
        let line = LineNow {
            open: false,
            started: 0,
            finished: 0,
            first_articles: 0,
            first_article_started: false,
            first_article_done: false,
            held: 0,
            in_process: 0,
            opened: nothing,
            last: nothing,
            last_split: [0; N_BUCKETS],
        };
        Self {
            plant,
            now: 0,
            events: EventList::new(),
            hints: vec![0; clocks.len()],
            schedule_hints: vec![0; clocks.len()],
            clocks,
            presence,
            copies,
            stations,
            lines: vec![line; plant.lines.len()],
            released: vec![0; plant.groups.len()],
            pieces: Vec::new(),
            free: Vec::new(),
            stock: vec![vec![0; plant.n_things]; ring.sites.len()],
            lacking: vec![vec![VecDeque::new(); plant.n_things]; ring.sites.len()],
            product_by_period: vec![0; ring.settings.n_periods],
            flows: Flows::new(plant, &strikes, source, replication),
            visits: 0,
            handled: 0,
        }
    }

    /// The present moment at a site.
    #[inline]
    pub(super) fn moment(&mut self, site: usize) -> Moment {
        self.clocks[site].moment(self.now, &mut self.hints[site])
    }
}
