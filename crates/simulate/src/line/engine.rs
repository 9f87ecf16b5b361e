//! The event engine for plain lines: every part at every server, one event at a time.

use super::model::{Arrivals, BreakdownClock, Fault, Line, LineOptions, Stop, Supply};
use super::prepare::{Draws, Prepared, purpose};
use super::result::{LineRun, StationTimes};
use super::ticks::ticks;
use crate::kernel::{Event, EventList, replicate};
use chance::Source;
use chance::stats::Histogram;
use std::collections::VecDeque;

/// What an event's payload says: the kind in the top bits, the server below.
pub(super) const KIND_SHIFT: u32 = 28;
pub(super) const FINISH: u32 = 0;
pub(super) const ARRIVE: u32 = 1;
pub(super) const FAIL: u32 = 2;
pub(super) const REPAIRED: u32 = 3;
pub(super) const SHIFT: u32 = 4;
const WARM: u32 = 5;
const END: u32 = 6;
pub(super) const KIT: u32 = 7;
pub(super) const CLOSE: u32 = 8;
pub(super) const OPEN: u32 = 9;
pub(super) const DATED: u32 = 10;

/// No part, or no event.
pub(super) const NONE: u32 = u32::MAX;
pub(super) const NEVER: u64 = u64::MAX;
pub(super) const LEVELS: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// A part is on the server, its work not finished (running when `finish` is set).
    Loaded,
    /// The part is finished and waits for a place.
    Finished,
}

pub(super) struct Server {
    pub(super) station: u32,
    pub(super) part: u32,
    pub(super) phase: Phase,
    /// Work left while not running, in ticks.
    pub(super) left: u64,
    /// Sequence of the pending finish or failure while running, else `NEVER`.
    pub(super) pending: u64,
    /// When the running work ends or started, to know what is left after an interruption.
    pub(super) ends: u64,
    pub(super) up: bool,
    /// Blocking before service: a place downstream is held for the part.
    pub(super) reserved: bool,
    /// Standing in the queue for a place downstream.
    pub(super) queued: bool,
    /// Holding the kit for its part, where the station needs kits.
    pub(super) kit: bool,
    /// Working time to the next failure, for operation-dependent breakdowns.
    pub(super) to_failure: u64,
    pub(super) state: u8,
    pub(super) since: u64,
}

impl Server {
    const fn idle(station: u32) -> Self {
        Self {
            station,
            part: NONE,
            phase: Phase::Loaded,
            left: 0,
            pending: NEVER,
            ends: 0,
            up: true,
            reserved: false,
            queued: false,
            kit: false,
            to_failure: NEVER,
            state: STARVED,
            since: 0,
        }
    }
}

pub(super) struct StationNow<'a> {
    pub(super) times: Draws<'a>,
    pub(super) first: u32,
    pub(super) n_servers: u32,
    pub(super) space: u32,
    /// Places: servers and space; `u32::MAX` for unlimited.
    pub(super) places: u32,
    pub(super) present: u32,
    pub(super) held: u32,
    pub(super) started: usize,
    pub(super) queue: VecDeque<u32>,
    /// Servers upstream that wait for a place here, first come first served.
    pub(super) waiting: VecDeque<u32>,
    pub(super) kits: Option<Kits<'a>>,
}

/// The kits of a station.
pub(super) struct Kits<'a> {
    pub(super) draws: Draws<'a>,
    /// When the last one ordered arrives.
    pub(super) last: u64,
    /// Kits in a lot; 0 for base stock, where each kit taken is ordered again.
    pub(super) lot: u32,
    pub(super) stock: u32,
    /// Servers that wait for a kit, first come first served.
    pub(super) waiting: VecDeque<u32>,
}

pub(super) struct BreakdownNow<'a> {
    pub(super) operation: bool,
    pub(super) up: Draws<'a>,
    pub(super) down: Draws<'a>,
}

pub(super) struct Engine<'a> {
    pub(super) line: &'a Line,
    pub(super) now: u64,
    /// What keeps the line closed: night, dated windows, stops.
    pub(super) closures: u32,
    /// Edges of shifts so far.
    pub(super) edge: usize,
    pub(super) dated: usize,
    pub(super) stops: Vec<(Draws<'a>, Draws<'a>)>,
    pub(super) counting: bool,
    pub(super) events: EventList,
    pub(super) servers: Vec<Server>,
    pub(super) stations: Vec<StationNow<'a>>,
    /// Of each server.
    pub(super) breakdowns: Vec<Option<BreakdownNow<'a>>>,
    pub(super) between: Option<Draws<'a>>,
    /// Parts between their start at the first station and their departure.
    pub(super) inside: u32,
    /// Departure times of each station, when somebody asked for them.
    pub(super) trace: Option<Vec<Vec<u64>>>,
    /// When each part entered; a free list recycles places.
    pub(super) entered_at: Vec<u64>,
    pub(super) free: Vec<u32>,
    pub(super) in_system: u64,
    pub(super) after_first: u64,
    pub(super) changed: u64,
    pub(super) run: LineRun,
    pub(super) stop_departures: u64,
    pub(super) ended: bool,
}

/// Runs replication `index` of a line.
///
/// # Errors
/// All faults of the line, when it has any.
pub fn run(line: &Line, options: &LineOptions, source: Source, index: u32) -> Result<LineRun, Vec<Fault>> {
    Ok(Prepared::new(line)?.run(options, source, index))
}

/// Runs replications `0..n` on up to `threads` threads; the same result on any number.
///
/// # Errors
/// All faults of the line, when it has any.
pub fn replicate_line(
    line: &Line,
    options: &LineOptions,
    source: Source,
    n: usize,
    threads: usize,
) -> Result<Vec<LineRun>, Vec<Fault>> {
    let prepared = Prepared::new(line)?;
    Ok(replicate(n, threads, |i| prepared.run(options, source, i as u32)))
}

impl Prepared {
    /// Runs replication `index`, one event at a time.
    #[must_use]
    pub fn run(&self, options: &LineOptions, source: Source, index: u32) -> LineRun {
        let mut engine = Engine::new(self, options, source, index);
        engine.go();
        engine.run
    }

    /// As [`Prepared::run`], with the departure times of each station, in ticks, in the order they happened.
    #[must_use]
    pub fn trace(&self, options: &LineOptions, source: Source, index: u32) -> (LineRun, Vec<Vec<u64>>) {
        let mut engine = Engine::new(self, options, source, index);
        engine.trace = Some(vec![Vec::new(); self.line.stations.len()]);
        engine.go();
        (engine.run, engine.trace.unwrap_or_default())
    }
}

impl<'a> Engine<'a> {
    fn new(prepared: &'a Prepared, options: &LineOptions, source: Source, index: u32) -> Self {
        let line = &prepared.line;
        let draws = |table, entity: usize, purpose| prepared.draws(table, source, (index, entity as u32, purpose));
        let mut servers = Vec::new();
        let mut stations = Vec::new();
        let mut breakdowns = Vec::new();
        for (j, station) in line.stations.iter().enumerate() {
            let first = servers.len() as u32;
            for s in servers.len()..servers.len() + station.servers as usize {
                servers.push(Server::idle(j as u32));
                breakdowns.push(station.breakdown.as_ref().zip(prepared.breakdown[j]).map(|(b, (up, down))| {
                    BreakdownNow {
                        operation: b.clock == BreakdownClock::Operation,
                        up: draws(up, s, purpose::UP),
                        down: draws(down, s, purpose::DOWN),
                    }
                }));
            }
            let space = station.buffer.unwrap_or(u32::MAX);
            stations.push(StationNow {
                times: draws(prepared.service[j], j, purpose::SERVICE),
                first,
                n_servers: station.servers,
                space,
                places: space.saturating_add(station.servers),
                present: 0,
                held: 0,
                started: 0,
                queue: VecDeque::new(),
                waiting: VecDeque::new(),
                kits: station.supply.as_ref().zip(prepared.supply[j]).map(|(supply, table)| {
                    let (stock, lot) = match supply {
                        Supply::BaseStock { stock, .. } => (*stock, 0),
                        Supply::Deliveries { lot, .. } => (0, *lot),
                    };
                    let draws = draws(table, j, purpose::SUPPLY);
                    Kits { draws, last: 0, lot, stock, waiting: VecDeque::new() }
                }),
            });
        }
        let mut events = EventList::new();
        events.schedule(ticks(options.warm_up, line.ticks_per_unit), WARM << KIND_SHIFT);
        let mut stop_departures = u64::MAX;
        match options.stop {
            Stop::Time(t) => {
                let end = ticks(options.warm_up + t, line.ticks_per_unit);
                events.schedule(end, END << KIND_SHIFT);
            }
            Stop::Departures(n) => stop_departures = n,
        }
        Self {
            run: LineRun {
                time: 0,
                ticks_per_unit: line.ticks_per_unit as u64,
                entered: 0,
                departed: 0,
                lost: 0,
                started: 0,
                delayed: 0,
                wait: 0,
                sojourn: 0,
                sojourns: Histogram::new(),
                in_system: 0,
                after_first: 0,
                occupancy: vec![0; LEVELS],
                stations: vec![StationTimes::default(); stations.len()],
                visits: 0,
                events: 0,
                in_line: (0, 0),
            },
            line,
            now: 0,
            closures: 0,
            edge: 0,
            dated: 0,
            stops: prepared
                .stops
                .iter()
                .enumerate()
                .map(|(k, (open, closed))| (draws(*open, k, purpose::OPEN), draws(*closed, k, purpose::CLOSED)))
                .collect(),
            counting: false,
            events,
            servers,
            stations,
            breakdowns,
            between: prepared.arrival.map(|table| draws(table, 0, purpose::ARRIVAL)),
            inside: 0,
            trace: None,
            entered_at: Vec::new(),
            free: Vec::new(),
            in_system: 0,
            after_first: 0,
            changed: 0,
            stop_departures,
            ended: false,
        }
    }

    fn go(&mut self) {
        self.open();
        while !self.ended {
            let Some(event) = self.events.pop() else {
                break;
            };
            self.now = event.time;
            self.run.events += 1;
            self.handle(event);
        }
        self.settle_all();
        self.run.in_line.1 = self.in_system;
    }

    /// Time zero: shifts, breakdown clocks, first arrivals.
    fn open(&mut self) {
        self.open_calendar();
        for s in 0..self.servers.len() {
            if let Some(b) = &mut self.breakdowns[s] {
                let up = b.up.ticks(1.0) as u64;
                if b.operation {
                    self.servers[s].to_failure = up;
                } else {
                    self.events.schedule(up, FAIL << KIND_SHIFT | s as u32);
                }
            }
            self.mark(s);
        }
        (0..self.stations.len()).for_each(|j| self.expect_lot(j));
        match &self.line.arrivals {
            Arrivals::Saturated => self.dispatch(0),
            Arrivals::Renewal(_) => self.schedule_arrival(),
            Arrivals::Finite { population, .. } => {
                (0..*population).for_each(|_| self.schedule_arrival());
            }
        }
    }

    fn handle(&mut self, event: Event) {
        let server = (event.payload & ((1 << KIND_SHIFT) - 1)) as usize;
        match event.payload >> KIND_SHIFT {
            FINISH => self.finish(server, event.sequence),
            ARRIVE => self.arrive(),
            FAIL => self.fail(server, event.sequence),
            REPAIRED => self.repaired(server),
            SHIFT => self.shift(),
            KIT => self.kits_arrive(server),
            CLOSE => self.stop_begins(server),
            OPEN => self.stop_ends(server),
            DATED => self.dated_edge(),
            WARM => self.begin_counting(),
            _ => self.ended = true,
        }
    }
}

pub(super) const WORKING: u8 = 0;
pub(super) const BLOCKED: u8 = 1;
pub(super) const STARVED: u8 = 2;
pub(super) const DOWN_STATE: u8 = 3;
pub(super) const OFF: u8 = 4;
