//! The event engine for plain lines: every part at every server, one event at a time.

use super::model::{Arrivals, BreakdownClock, Fault, Line, LineOptions, Stop};
use super::recursion::ticks;
use super::result::{LineRun, StationTimes};
use crate::kernel::{Event, EventList, replicate};
use chance::stats::Histogram;
use chance::{Sampler, Source, Stream};
use std::collections::VecDeque;

/// Purposes of the random streams; the entity is the station or the server.
pub(super) const SERVICE: u16 = 1;
pub(super) const ARRIVAL: u16 = 2;
pub(super) const UP: u16 = 3;
pub(super) const DOWN: u16 = 4;

/// What an event's payload says: the kind in the top bits, the server below.
pub(super) const KIND_SHIFT: u32 = 28;
pub(super) const FINISH: u32 = 0;
pub(super) const ARRIVE: u32 = 1;
pub(super) const FAIL: u32 = 2;
pub(super) const REPAIRED: u32 = 3;
pub(super) const SHIFT: u32 = 4;
const WARM: u32 = 5;
const END: u32 = 6;

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
    /// Working time to the next failure, for operation-dependent breakdowns.
    pub(super) to_failure: u64,
    pub(super) state: u8,
    pub(super) since: u64,
}

pub(super) struct StationNow {
    pub(super) sampler: Sampler,
    pub(super) stream: Stream,
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
}

pub(super) struct BreakdownNow {
    pub(super) operation: bool,
    pub(super) up: Sampler,
    pub(super) down: Sampler,
}

pub(super) struct Engine<'a> {
    pub(super) line: &'a Line,
    pub(super) now: u64,
    pub(super) on_shift: bool,
    pub(super) counting: bool,
    pub(super) events: EventList,
    pub(super) servers: Vec<Server>,
    pub(super) stations: Vec<StationNow>,
    pub(super) breakdowns: Vec<Option<BreakdownNow>>,
    pub(super) up_streams: Vec<Stream>,
    pub(super) down_streams: Vec<Stream>,
    pub(super) between: Option<(Sampler, Stream)>,
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
    let faults = line.faults();
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut engine = Engine::new(line, options, source, index);
    engine.go();
    Ok(engine.run)
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
    replicate(n, threads, |i| run(line, options, source, i as u32)).into_iter().collect()
}

impl<'a> Engine<'a> {
    fn new(line: &'a Line, options: &LineOptions, source: Source, index: u32) -> Self {
        let mut servers = Vec::new();
        let mut stations = Vec::new();
        let mut breakdowns = Vec::new();
        for (j, station) in line.stations.iter().enumerate() {
            let first = servers.len() as u32;
            for _ in 0..station.servers {
                servers.push(Server {
                    station: j as u32,
                    part: NONE,
                    phase: Phase::Loaded,
                    left: 0,
                    pending: NEVER,
                    ends: 0,
                    up: true,
                    reserved: false,
                    queued: false,
                    to_failure: NEVER,
                    state: STARVED,
                    since: 0,
                });
            }
            let space = station.buffer.unwrap_or(u32::MAX);
            stations.push(StationNow {
                sampler: Sampler::new(&station.time),
                stream: source.stream(index, j as u32, SERVICE),
                first,
                n_servers: station.servers,
                space,
                places: space.saturating_add(station.servers),
                present: 0,
                held: 0,
                started: 0,
                queue: VecDeque::new(),
                waiting: VecDeque::new(),
            });
            breakdowns.push(station.breakdown.as_ref().map(|b| BreakdownNow {
                operation: b.clock == BreakdownClock::Operation,
                up: Sampler::new(&b.up),
                down: Sampler::new(&b.down),
            }));
        }
        let stream = |s: usize, purpose| source.stream(index, s as u32, purpose);
        let n_servers = servers.len();
        let between = match &line.arrivals {
            Arrivals::Saturated => None,
            Arrivals::Renewal(d) | Arrivals::Finite { away: d, .. } => {
                Some((Sampler::new(d), source.stream(index, 0, ARRIVAL)))
            }
        };
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
            on_shift: true,
            counting: false,
            events,
            up_streams: (0..n_servers).map(|s| stream(s, UP)).collect(),
            down_streams: (0..n_servers).map(|s| stream(s, DOWN)).collect(),
            servers,
            stations,
            breakdowns,
            between,
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
        if let Some(shifts) = &self.line.shifts {
            self.on_shift = false;
            let first = ticks(shifts.open[0].0, self.line.ticks_per_unit);
            self.events.schedule(first, SHIFT << KIND_SHIFT);
        }
        for s in 0..self.servers.len() {
            let j = self.servers[s].station as usize;
            if let Some(b) = &self.breakdowns[j] {
                let up = ticks(b.up.draw(&mut self.up_streams[s]), self.line.ticks_per_unit);
                if b.operation {
                    self.servers[s].to_failure = up;
                } else {
                    self.events.schedule(up, FAIL << KIND_SHIFT | s as u32);
                }
            }
            self.mark(s);
        }
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
