//! What one replication of the ring keeps while it runs.

use super::chain::{Account, Split};
use super::clock::{Moment, N_STOPS, SiteClock};
use super::couplings::Needs;
use super::epochs::Key;
use super::fates::{self, Forced};
use super::flows::Flows;
use super::lots::Lots;
use super::plant::{Plant, Thing};
use super::purpose;
use super::repair::Breakdowns;
use super::tally::{Tally, Use};
use super::trace::Trace;
use crate::kernel::{EventList, ShortList};
use chance::{Source, Stream};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use units::Id;

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

/// A site: its clock and where it stands, who is there, and what comes to it.
pub(super) struct SiteNow {
    pub(super) clock: SiteClock,
    /// The window that the beginning of the epoch lies in or after.
    pub(super) hint: usize,
    /// Share of the work of each skill that the people present can do, by day.
    pub(super) presence: Vec<Vec<f64>>,
    /// Stock by thing, thousandths.
    pub(super) stock: Vec<i64>,
    /// Copies that wait for a thing.
    pub(super) lacking: Vec<VecDeque<u32>>,
    /// Goods known from the start: times and arrivals, by time, and how many of them have come.
    pub(super) goods: Vec<(u64, u32)>,
    pub(super) n_come: usize,
    /// Consignments under way to it.
    pub(super) incoming: EventList,
    /// Repair crews that are free, where there are not as many as anybody needs; copies that wait for one.
    pub(super) crews: Option<i64>,
    pub(super) broken_down: VecDeque<u32>,
    /// Upper bounds of what its lines take: see [`super::couplings`].
    pub(super) needs: Needs,
    /// Lines that go from day to day in this period; the others have run ahead.
    pub(super) daily: Vec<u32>,
    /// What lines that ran ahead made: day, thing, thousandths.
    pub(super) later: Vec<(u64, Thing, i64)>,
    /// Days on which it gives no output because of something that was not planned.
    pub(super) still: Vec<bool>,
    /// By thing, thousandths: used by pieces moved here less those moved away, past its shelf life, ordered again.
    pub(super) moved: Vec<i64>,
    pub(super) expired: Vec<i64>,
    pub(super) again: Vec<i64>,
    /// Lots of parts that have a shelf life.
    pub(super) lots: Vec<Lots>,
}

impl SiteNow {
    /// Open time from `begin`, which is not before the window of `hint`, to `end`.
    pub(super) fn open(&self, begin: u64, end: u64) -> u64 {
        let mut hint = self.hint;
        let worked = self.clock.moment(begin, &mut hint).worked;
        self.clock.moment(end, &mut hint).worked - worked
    }
}

/// One copy of a station; its account, on product lines, is kept elsewhere so that these stay close together.
#[derive(Debug, Clone, Copy)]
pub(super) struct CopyNow {
    pub(super) station: u32,
    pub(super) piece: u32,
    /// The thing it waits for.
    pub(super) lacks: u32,
    /// The copy that has to wait for the next station after it.
    pub(super) next: u32,
    pub(super) doing: Doing,
    /// Open time of its site until which its time is booked.
    pub(super) since: u64,
    /// Of the work not yet booked: ticks for missing people and for repairs, the rest is work.
    pub(super) people: u64,
    pub(super) down: u64,
}

/// The equipment of a copy that breaks down.
pub(super) struct Wear {
    pub(super) stream: Stream,
    /// Busy ticks left to the next breakdown, by kind of equipment.
    pub(super) to_failure: Vec<f64>,
}

/// A station: what every visit touches comes first, on one line of the cache.
#[repr(C, align(64))]
pub(super) struct StationNow {
    /// Pieces that are ready for it.
    pub(super) queue: Queue,
    /// Copies upstream that hold a finished piece for it.
    pub(super) waiting: Queue,
    pub(super) present: u32,
    /// Visits begun: each takes the pair of its number from the station's random numbers.
    pub(super) begun: u32,
    /// What its copies did in the present period.
    pub(super) used: Use,
}

/// First come, first served: the first and the last; each names the one after it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Queue {
    pub(super) first: u32,
    last: u32,
}

impl Queue {
    pub(super) const EMPTY: Self = Self { first: NONE, last: NONE };

    #[inline]
    pub(super) const fn is_empty(self) -> bool {
        self.first == NONE
    }

    /// Puts one at the end; `next` is where a member keeps the one after it.
    #[inline]
    pub(super) fn push<T>(&mut self, one: u32, all: &mut [T], next: impl Fn(&mut T) -> &mut u32) {
        *next(&mut all[one as usize]) = NONE;
        match self.first {
            NONE => self.first = one,
            _ => *next(&mut all[self.last as usize]) = one,
        }
        self.last = one;
    }

    /// Takes the first.
    #[inline]
    pub(super) fn pop<T>(&mut self, all: &[T], next: impl Fn(&T) -> u32) -> Option<u32> {
        let first = self.first;
        if first == NONE {
            return None;
        }
        self.first = next(&all[first as usize]);
        Some(first)
    }
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
    /// The piece behind it in the queue of its station.
    pub(super) next: u32,
    /// Its number among the pieces of its line, from 1.
    pub(super) number: u32,
    /// When it was started.
    pub(super) started: u64,
    /// Factor of the learning curve.
    pub(super) factor: f64,
}

/// What a piece of a product line carries besides.
#[derive(Clone, Copy)]
pub(super) struct PieceAccount {
    /// The factor of the learning curve that the plan counts with.
    pub(super) planned_factor: f64,
    /// When it became ready for its station.
    pub(super) account: Account,
}

/// A line.
///
/// Between two decisions a line needs nothing but this and its stations: it has its own clock and its own events.
#[derive(Clone, Default)]
pub(super) struct LineNow {
    /// Its events: ends of visits and pieces on racks.
    pub(super) events: ShortList,
    /// How many events of its agenda have been.
    pub(super) n_agenda: usize,
    /// The window its present lies in or after, in the clock of its site.
    pub(super) hint: usize,
    /// The period that a piece released now would leave it in.
    pub(super) release_period: usize,
    /// Its pieces; places of those that have left are used again.
    pub(super) pieces: Vec<PieceNow>,
    pub(super) free: Vec<u32>,
    /// Their accounts, on product lines.
    pub(super) accounts: Vec<PieceAccount>,
    pub(super) open: bool,
    pub(super) started: u64,
    pub(super) finished: u64,
    /// When its last piece was started, and the experience it has lost in stops, pieces.
    pub(super) last_start: u64,
    pub(super) forgotten: f64,
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
    pub(super) sites: Vec<SiteNow>,
    /// Consignments under way to customers.
    pub(super) outgoing: EventList,
    pub(super) copies: Vec<CopyNow>,
    /// When a copy of a product line became free.
    pub(super) accounts: Vec<Account>,
    pub(super) wear: Vec<Wear>,
    pub(super) stations: Vec<StationNow>,
    /// Breakdowns to come, by copy: see [`super::repair`]; and those of the visit that begins, as work before each and repair.
    pub(super) breakdowns: Vec<Breakdowns>,
    pub(super) broken: Vec<(f64, f64)>,
    /// Kits taken, by station and variant.
    pub(super) kits: Vec<u64>,
    pub(super) lines: Vec<LineNow>,
    /// Pieces released by group.
    pub(super) released: Vec<i64>,
    /// Whole pieces planned by the end of each period, and in all in thousandths, by group: as the programme has it until
    /// the policy moves pieces.
    pub(super) planned: Vec<Vec<i64>>,
    pub(super) planned_ticks: Vec<i64>,
    /// Lines run ahead of the days: what they make comes into stock later.
    pub(super) ahead: bool,
    /// Pieces moved from site to site, and orders beyond the programme.
    pub(super) moved: u64,
    pub(super) n_again: u64,
    pub(super) source: Source,
    pub(super) replication: u32,
    /// Lines that something that arrived has set to work again, where lines run together.
    pub(super) woken: Vec<u32>,
    /// Where lines run together: what comes next, and to each line.
    pub(super) order: BinaryHeap<Reverse<Key>>,
    pub(super) keys: Vec<Key>,
    /// By kind of line, the window of the schedule that the beginning of the epoch lies in or after.
    pub(super) kind_hints: Vec<usize>,
    /// Product pieces finished and counted, by period.
    pub(super) product_by_period: Vec<i64>,
    pub(super) flows: Flows,
    pub(super) tally: &'a mut Tally,
    pub(super) trace: Option<&'a mut Trace>,
    pub(super) visits: u64,
    /// Visits of lines that ran by themselves.
    pub(super) visits_alone: u64,
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
                presence,
                stock: vec![0; plant.n_things],
                lacking: vec![VecDeque::new(); plant.n_things],
                goods: Vec::new(),
                n_come: 0,
                incoming: EventList::new(),
                crews: ring.sites[site].repair_crews,
                broken_down: VecDeque::new(),
                needs: Needs::new(plant, site.index()),
                daily: Vec::new(),
                later: Vec::new(),
                still: fates::still_days(plant, site, &strikes),
                moved: vec![0; plant.n_things],
                expired: vec![0; plant.n_things],
                again: vec![0; plant.n_things],
                lots: Lots::of(ring),
            }
        });
        let mut copies = Vec::with_capacity(plant.n_copies);
        let mut wear = Vec::new();
        let mut stations = Vec::with_capacity(plant.stations.len());
        for (index, spec) in plant.stations.iter().enumerate() {
            let seat = &plant.seats[spec.seat as usize];
            for copy in 0..spec.n_copies {
                if !seat.equipment.is_empty() {
                    // Named by station and copy, so that one copy more disturbs no other.
                    let entity = index as u32 | copy << 20;
                    let mut stream = source.stream(replication, entity, purpose::BREAKDOWN);
                    let to_failure =
                        seat.equipment.iter().map(|(_, up, _)| plant.unit.draw(&mut stream) * up).collect();
                    wear.push(Wear { stream, to_failure });
                }
                copies.push(CopyNow {
                    station: index as u32,
                    piece: NONE,
                    lacks: NONE,
                    next: NONE,
                    doing: Doing::Idle,
                    since: 0,
                    people: 0,
                    down: 0,
                });
            }
            stations.push(StationNow {
                queue: Queue::EMPTY,
                waiting: Queue::EMPTY,
                present: 0,
                begun: 0,
                used: Use::default(),
            });
        }
        let line = LineNow { planned_factor: (usize::MAX, 0.0), ..LineNow::default() };
        let mut run = Self {
            plant,
            now: 0,
            sites: sites.collect(),
            outgoing: EventList::new(),
            accounts: vec![Account::default(); copies.len()],
            copies,
            wear,
            stations,
            breakdowns: vec![Breakdowns::default(); plant.n_copies],
            broken: Vec::new(),
            kits: vec![0; plant.n_kits],
            lines: vec![line; plant.lines.len()],
            released: vec![0; plant.groups.len()],
            planned: plant.groups.iter().map(|g| g.planned.clone()).collect(),
            planned_ticks: plant.groups.iter().map(|g| g.planned_ticks).collect(),
            ahead: false,
            moved: 0,
            n_again: 0,
            source,
            replication,
            woken: Vec::new(),
            order: BinaryHeap::new(),
            keys: vec![Key::NEVER; plant.lines.len()],
            kind_hints: vec![0; plant.kinds.len()],
            product_by_period: vec![0; ring.settings.n_periods],
            flows: Flows::new(plant, &strikes, source, replication),
            tally,
            trace,
            visits: 0,
            visits_alone: 0,
            handled: 0,
        };
        run.expect_goods();
        run
    }

    /// The present moment of a line.
    #[inline]
    pub(super) fn moment(&mut self, line: usize) -> Moment {
        self.sites[self.plant.lines[line].site].clock.moment(self.now, &mut self.lines[line].hint)
    }
}
