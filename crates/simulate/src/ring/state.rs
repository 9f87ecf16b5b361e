//! What one replication of the ring keeps while it runs.

use super::chain::{N_BUCKETS, Split};
use super::clock::{Moment, N_STOPS, SiteClock};
use super::fates::{self, Forced};
use super::flows::Flows;
use super::plant::Plant;
use super::purpose;
use super::tally::{Tally, Use};
use super::trace::Trace;
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

/// A site: its clock and where it stands, and who is there.
pub(super) struct SiteNow {
    pub(super) clock: SiteClock,
    /// The window the present lies in or after.
    pub(super) hint: usize,
    /// The time for which `at` holds.
    time: u64,
    at: Moment,
    /// Share of the work of each skill that the people present can do, by day.
    pub(super) presence: Vec<Vec<f64>>,
    /// Stock by thing, thousandths.
    pub(super) stock: Vec<i64>,
    /// Copies that wait for a thing.
    pub(super) lacking: Vec<VecDeque<u32>>,
}

/// One copy of a station.
pub(super) struct CopyNow {
    pub(super) station: u32,
    pub(super) piece: u32,
    pub(super) doing: Doing,
    /// The thing it waits for.
    pub(super) lacks: u32,
    /// Open time of its site until which its time is booked.
    pub(super) since: u64,
    /// Of the work not yet booked: ticks for missing people and for repairs, the rest is work.
    pub(super) people: u64,
    pub(super) down: u64,
    /// When it became free, as time and split.
    pub(super) at: Moment,
    pub(super) split: Split,
}

/// The equipment of a copy that breaks down.
pub(super) struct Wear {
    pub(super) stream: Stream,
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
    /// What its copies did in the present period.
    pub(super) used: Use,
    /// Kits taken, by variant.
    pub(super) kits: Vec<u64>,
}

/// A piece on a line.
#[derive(Clone, Copy)]
pub(super) struct PieceNow {
    pub(super) station: u32,
    pub(super) first_article: bool,
    /// Whether it is between its start and its end.
    pub(super) on_line: bool,
    /// Variant of the kits it is built to.
    pub(super) variant: u16,
    /// Its number among the pieces of its line, from 1.
    pub(super) number: u32,
    /// When it was started.
    pub(super) started: u64,
    /// Factor of the learning curve, as it is and as planned for the day.
    pub(super) factor: f64,
    pub(super) planned_factor: f64,
    /// When it became ready for its station.
    pub(super) at: Moment,
    pub(super) split: Split,
}

/// A line.
#[derive(Clone, Default)]
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
    /// Pieces between start and end, since when, and piece-ticks of that until then.
    pub(super) on_line: u64,
    pub(super) on_line_since: u64,
    pub(super) area: u64,
    /// Ticks between start and end of the pieces that have ended.
    pub(super) sojourn: u64,
    /// The moment it opened and the stops of its site before; its last counted piece.
    pub(super) opened: Moment,
    pub(super) lost_before: [u64; N_STOPS],
    pub(super) last: Moment,
    pub(super) last_split: Split,
    /// Stops of its site that are booked.
    pub(super) lost_booked: [u64; N_STOPS],
    /// The factor that the plan counts with in a period; it is worked out once a period.
    pub(super) planned_factor: (usize, f64),
}

/// One replication, running.
pub(super) struct Run<'a> {
    pub(super) plant: &'a Plant<'a>,
    pub(super) now: u64,
    pub(super) events: EventList,
    pub(super) sites: Vec<SiteNow>,
    pub(super) schedule_hints: Vec<usize>,
    pub(super) copies: Vec<CopyNow>,
    pub(super) wear: Vec<Wear>,
    pub(super) stations: Vec<StationNow>,
    pub(super) lines: Vec<LineNow>,
    /// Pieces released by group.
    pub(super) released: Vec<i64>,
    pub(super) pieces: Vec<PieceNow>,
    pub(super) free: Vec<u32>,
    /// Product pieces finished and counted, by period.
    pub(super) product_by_period: Vec<i64>,
    pub(super) flows: Flows,
    pub(super) tally: &'a mut Tally,
    pub(super) trace: Option<&'a mut Trace>,
    pub(super) visits: u64,
    pub(super) handled: u64,
}

impl<'a> Run<'a> {
    /// A replication at time zero: fates drawn, nothing begun.
    pub(super) fn new(
        plant: &'a Plant<'a>,
        source: Source,
        replication: u32,
        forced: Option<Forced>,
        tally: &'a mut Tally,
        trace: Option<&'a mut Trace>,
    ) -> Self {
        let ring = plant.ring;
        let strikes = fates::strikes(plant, source, replication, forced);
        let sites = ring.sites.ids().map(|site| {
            let works = plant.working_sites.contains(&site);
            let presence = if works { fates::presence(plant, site, source, replication) } else { Vec::new() };
            SiteNow {
                clock: fates::site_clock(plant, site, &strikes, source, replication),
                hint: 0,
                time: u64::MAX,
                at: Moment::default(),
                presence,
                stock: vec![0; plant.n_things],
                lacking: vec![VecDeque::new(); plant.n_things],
            }
        });
        let mut copies = Vec::with_capacity(plant.n_copies);
        let mut wear = Vec::new();
        let mut stations = Vec::with_capacity(plant.stations.len());
        for (index, spec) in plant.stations.iter().enumerate() {
            let stream = |purpose| source.stream(replication, index as u32, purpose);
            for copy in 0..spec.n_copies {
                if spec.first_wear.is_some() {
                    // Named by station and copy, so that one copy more disturbs no other.
                    let entity = index as u32 | copy << 20;
                    let mut stream = source.stream(replication, entity, purpose::BREAKDOWN);
                    let to_failure =
                        spec.equipment.iter().map(|(_, up, _)| plant.unit.draw(&mut stream) * up).collect();
                    wear.push(Wear { stream, to_failure });
                }
                copies.push(CopyNow {
                    station: index as u32,
                    piece: NONE,
                    doing: Doing::Idle,
                    lacks: NONE,
                    since: 0,
                    people: 0,
                    down: 0,
                    at: Moment::default(),
                    split: [0; N_BUCKETS],
                });
            }
            stations.push(StationNow {
                queue: VecDeque::new(),
                present: 0,
                waiting: VecDeque::new(),
                service: stream(purpose::SERVICE),
                first_pass: stream(purpose::FIRST_PASS),
                used: Use::default(),
                kits: vec![0; spec.kits.len()],
            });
        }
        let line = LineNow { planned_factor: (usize::MAX, 0.0), ..LineNow::default() };
        Self {
            plant,
            now: 0,
            events: EventList::new(),
            sites: sites.collect(),
            schedule_hints: vec![0; ring.sites.len()],
            copies,
            wear,
            stations,
            lines: vec![line; plant.lines.len()],
            released: vec![0; plant.groups.len()],
            pieces: Vec::new(),
            free: Vec::new(),
            product_by_period: vec![0; ring.settings.n_periods],
            flows: Flows::new(plant, &strikes, source, replication),
            tally,
            trace,
            visits: 0,
            handled: 0,
        }
    }

    /// The present moment at a site.
    #[inline]
    pub(super) fn moment(&mut self, site: usize) -> Moment {
        let site = &mut self.sites[site];
        if site.time != self.now {
            site.at = site.clock.moment(self.now, &mut site.hint);
            site.time = self.now;
        }
        site.at
    }
}
