//! The event engine for plain lines: every part at every server, one event at a time.

use super::model::{Arrivals, Blocking, BreakdownClock, Fault, Line, LineOptions, Stop};
use super::recursion::{factor, ticks};
use super::result::{LineRun, StationTimes};
use crate::kernel::{Event, EventList, replicate};
use chance::stats::Histogram;
use chance::{Sampler, Source, Stream};
use std::collections::VecDeque;

/// Purposes of the random streams; the entity is the station or the server.
pub(super) const SERVICE: u16 = 1;
pub(super) const ARRIVAL: u16 = 2;
const UP: u16 = 3;
const DOWN: u16 = 4;

/// What an event's payload says: the kind in the top bits, the server below.
const KIND_SHIFT: u32 = 28;
const FINISH: u32 = 0;
const ARRIVE: u32 = 1;
const FAIL: u32 = 2;
const REPAIRED: u32 = 3;
const SHIFT: u32 = 4;
const WARM: u32 = 5;
const END: u32 = 6;

/// No part, or no event.
const NONE: u32 = u32::MAX;
const NEVER: u64 = u64::MAX;
const LEVELS: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A part is on the server, its work not finished (running when `finish` is set).
    Loaded,
    /// The part is finished and waits for a place.
    Finished,
}

struct Server {
    station: u32,
    part: u32,
    phase: Phase,
    /// Work left while not running, in ticks.
    left: u64,
    /// Sequence of the pending finish or failure while running, else `NEVER`.
    pending: u64,
    /// When the running work ends or started, to know what is left after an interruption.
    ends: u64,
    up: bool,
    /// Blocking before service: a place downstream is held for the part.
    reserved: bool,
    /// Standing in the queue for a place downstream.
    queued: bool,
    /// Working time to the next failure, for operation-dependent breakdowns.
    to_failure: u64,
    state: u8,
    since: u64,
}

struct StationNow {
    sampler: Sampler,
    stream: Stream,
    first: u32,
    n_servers: u32,
    space: u32,
    /// Places: servers and space; `u32::MAX` for unlimited.
    places: u32,
    present: u32,
    held: u32,
    started: usize,
    queue: VecDeque<u32>,
    /// Servers upstream that wait for a place here, first come first served.
    waiting: VecDeque<u32>,
}

struct BreakdownNow {
    operation: bool,
    up: Sampler,
    down: Sampler,
}

struct Engine<'a> {
    line: &'a Line,
    now: u64,
    on_shift: bool,
    counting: bool,
    events: EventList,
    servers: Vec<Server>,
    stations: Vec<StationNow>,
    breakdowns: Vec<Option<BreakdownNow>>,
    up_streams: Vec<Stream>,
    down_streams: Vec<Stream>,
    between: Option<(Sampler, Stream)>,
    /// When each part entered; a free list recycles places.
    entered_at: Vec<u64>,
    free: Vec<u32>,
    in_system: u64,
    after_first: u64,
    changed: u64,
    run: LineRun,
    stop_departures: u64,
    ended: bool,
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

    // ---- arrivals and departures

    fn schedule_arrival(&mut self) {
        if let Some((sampler, stream)) = &mut self.between {
            let time = self.now + ticks(sampler.draw(stream), self.line.ticks_per_unit);
            self.events.schedule(time, ARRIVE << KIND_SHIFT);
        }
    }

    fn arrive(&mut self) {
        if matches!(self.line.arrivals, Arrivals::Renewal(_)) {
            self.schedule_arrival();
        }
        let first = &self.stations[0];
        if first.present < first.places {
            let part = self.new_part();
            self.enter(0, part);
        } else {
            self.run.lost += 1;
            if matches!(self.line.arrivals, Arrivals::Finite { .. }) {
                self.schedule_arrival();
            }
        }
    }

    fn new_part(&mut self) -> u32 {
        self.count_change();
        self.in_system += 1;
        self.run.entered += 1;
        match self.free.pop() {
            Some(part) => {
                self.entered_at[part as usize] = self.now;
                part
            }
            None => {
                self.entered_at.push(self.now);
                self.entered_at.len() as u32 - 1
            }
        }
    }

    fn depart(&mut self, part: u32) {
        self.count_change();
        self.in_system -= 1;
        self.after_first -= 1;
        self.free.push(part);
        self.run.departed += 1;
        let time = self.now - self.entered_at[part as usize];
        self.run.sojourn += u128::from(time);
        self.run.sojourns.add(time);
        if matches!(self.line.arrivals, Arrivals::Finite { .. }) {
            self.schedule_arrival();
        }
        if self.counting && self.run.departed >= self.stop_departures {
            self.ended = true;
        }
    }

    // ---- moving parts

    /// A part takes a place at station `j`.
    fn enter(&mut self, j: usize, part: u32) {
        self.stations[j].present += 1;
        self.stations[j].queue.push_back(part);
        self.dispatch(j);
    }

    /// Puts queued parts on free servers: those that can work first; one that cannot only when the
    /// buffer has no place for the part.
    fn dispatch(&mut self, j: usize) {
        loop {
            let station = &self.stations[j];
            let range = station.first as usize..(station.first + station.n_servers) as usize;
            let saturated = j == 0 && matches!(self.line.arrivals, Arrivals::Saturated);
            if station.queue.is_empty() && !saturated {
                return;
            }
            let able = range.start
                + match self.servers[range.clone()].iter().position(|s| s.part == NONE && s.up && self.on_shift) {
                    Some(offset) => offset,
                    None => {
                        let overfull = station.queue.len() > station.space as usize;
                        let any = self.servers[range.clone()]
                            .iter()
                            .position(|s| s.part == NONE)
                            .filter(|_| overfull || saturated);
                        match any {
                            Some(offset) => offset,
                            None => return,
                        }
                    }
                };
            let part = match self.stations[j].queue.pop_front() {
                Some(part) => part,
                None => {
                    self.stations[j].present += 1;
                    self.new_part()
                }
            };
            self.load(able, j, part);
        }
    }

    fn load(&mut self, s: usize, j: usize, part: u32) {
        let station = &mut self.stations[j];
        let factor = factor(&self.line.stations[j].factors, station.started);
        let work = station.sampler.draw(&mut station.stream) * factor;
        station.started += 1;
        let server = &mut self.servers[s];
        server.part = part;
        server.phase = Phase::Loaded;
        server.left = ticks(work, self.line.ticks_per_unit);
        if j == 0 {
            let wait = self.now - self.entered_at[part as usize];
            self.run.started += 1;
            self.run.delayed += u64::from(wait > 0);
            self.run.wait += u128::from(wait);
        }
        self.try_start(s);
    }

    /// Runs the work on a server when it can.
    fn try_start(&mut self, s: usize) {
        let j = self.servers[s].station as usize;
        if self.line.blocking == Blocking::BeforeService && j + 1 < self.stations.len() && !self.servers[s].reserved {
            let next = &mut self.stations[j + 1];
            if !self.servers[s].queued && next.waiting.is_empty() && next.present + next.held < next.places {
                next.held += 1;
                self.servers[s].reserved = true;
            } else {
                if !self.servers[s].queued {
                    self.servers[s].queued = true;
                    next.waiting.push_back(s as u32);
                }
                self.mark(s);
                return;
            }
        }
        let server = &mut self.servers[s];
        if server.up && self.on_shift && server.pending == NEVER {
            server.ends = self.now + server.left;
            server.pending = if server.to_failure < server.left {
                let fails = self.now + server.to_failure;
                self.events.schedule(fails, FAIL << KIND_SHIFT | s as u32)
            } else {
                self.events.schedule(server.ends, FINISH << KIND_SHIFT | s as u32)
            };
        }
        self.mark(s);
    }

    fn finish(&mut self, s: usize, sequence: u64) {
        let server = &mut self.servers[s];
        if server.pending != sequence {
            return;
        }
        server.pending = NEVER;
        if server.to_failure != NEVER {
            server.to_failure -= server.left;
        }
        server.phase = Phase::Finished;
        self.run.visits += 1;
        let j = server.station as usize;
        if j == 0 {
            self.count_change();
            self.after_first += 1;
        }
        self.pass_on(s, j);
    }

    /// Moves the finished part of a server on, or queues the server for a place.
    fn pass_on(&mut self, s: usize, j: usize) {
        if j + 1 < self.stations.len() {
            let next = &mut self.stations[j + 1];
            if self.servers[s].reserved {
                next.held -= 1;
                self.servers[s].reserved = false;
            } else if !next.waiting.is_empty() || next.present >= next.places {
                next.waiting.push_back(s as u32);
                self.mark(s);
                return;
            }
        }
        self.leave(s, j);
    }

    /// Takes the part off a server, sends it on, and lets the freed places be filled from upstream.
    fn leave(&mut self, s: usize, j: usize) {
        let (mut s, mut j) = (s, j);
        loop {
            let part = self.servers[s].part;
            self.servers[s].part = NONE;
            self.stations[j].present -= 1;
            self.mark(s);
            if j + 1 < self.stations.len() {
                self.enter(j + 1, part);
            } else {
                self.depart(part);
            }
            self.dispatch(j);
            // A place is free here: whoever waits upstream longest takes it.
            let station = &mut self.stations[j];
            if station.present + station.held >= station.places {
                return;
            }
            let Some(waiting) = station.waiting.pop_front() else {
                return;
            };
            s = waiting as usize;
            match self.line.blocking {
                Blocking::AfterService => j -= 1,
                Blocking::BeforeService => {
                    station.held += 1;
                    self.servers[s].queued = false;
                    self.servers[s].reserved = true;
                    self.try_start(s);
                    return;
                }
            }
        }
    }

    // ---- interruptions

    /// Stops the running work of a server and remembers what is left.
    fn interrupt(&mut self, s: usize) {
        let server = &mut self.servers[s];
        if server.pending != NEVER {
            server.pending = NEVER;
            let left = server.ends - self.now;
            if server.to_failure != NEVER {
                server.to_failure -= server.left - left;
            }
            server.left = left;
        }
    }

    fn fail(&mut self, s: usize, sequence: u64) {
        let j = self.servers[s].station as usize;
        let Some(breakdown) = &self.breakdowns[j] else {
            return;
        };
        if breakdown.operation && self.servers[s].pending != sequence {
            return;
        }
        let down = breakdown.down.draw(&mut self.down_streams[s]);
        let repaired = self.now + ticks(down, self.line.ticks_per_unit);
        self.interrupt(s);
        self.servers[s].up = false;
        self.events.schedule(repaired, REPAIRED << KIND_SHIFT | s as u32);
        self.mark(s);
    }

    fn repaired(&mut self, s: usize) {
        let j = self.servers[s].station as usize;
        self.servers[s].up = true;
        if let Some(b) = &self.breakdowns[j] {
            let up = ticks(b.up.draw(&mut self.up_streams[s]), self.line.ticks_per_unit);
            if b.operation {
                self.servers[s].to_failure = up;
            } else {
                self.events.schedule(self.now + up, FAIL << KIND_SHIFT | s as u32);
            }
        }
        self.resume(s, j);
    }

    fn shift(&mut self) {
        let Some(shifts) = &self.line.shifts else {
            return;
        };
        self.on_shift = !self.on_shift;
        let per_unit = self.line.ticks_per_unit;
        let cycle = ticks(shifts.cycle, per_unit).max(1);
        let place = self.now % cycle;
        let next = shifts
            .open
            .iter()
            .flat_map(|w| [ticks(w.0, per_unit), ticks(w.1, per_unit)])
            .find(|edge| *edge > place)
            .unwrap_or(cycle + ticks(shifts.open[0].0, per_unit));
        self.events.schedule(self.now - place + next, SHIFT << KIND_SHIFT);
        for s in 0..self.servers.len() {
            if self.on_shift {
                self.resume(s, self.servers[s].station as usize);
            } else {
                self.interrupt(s);
                self.mark(s);
            }
        }
    }

    /// A server may work again: it goes on with its part or takes one.
    fn resume(&mut self, s: usize, j: usize) {
        if self.servers[s].part == NONE {
            self.mark(s);
            self.dispatch(j);
        } else if self.servers[s].phase == Phase::Loaded {
            self.try_start(s);
        } else {
            self.mark(s);
        }
    }

    // ---- counting

    /// Notes the state of a server from now on.
    fn mark(&mut self, s: usize) {
        let server = &self.servers[s];
        let state = if !server.up {
            DOWN_STATE
        } else if !self.on_shift {
            OFF
        } else if server.part == NONE {
            STARVED
        } else if server.phase == Phase::Finished || server.pending == NEVER {
            BLOCKED
        } else {
            WORKING
        };
        if state != server.state {
            self.settle(s);
            self.servers[s].state = state;
        }
    }

    /// Books the time a server has spent in its state.
    fn settle(&mut self, s: usize) {
        let server = &mut self.servers[s];
        let spent = self.now - server.since;
        server.since = self.now;
        let times = &mut self.run.stations[server.station as usize];
        *match server.state {
            WORKING => &mut times.working,
            BLOCKED => &mut times.blocked,
            STARVED => &mut times.starved,
            DOWN_STATE => &mut times.down,
            _ => &mut times.off,
        } += spent;
    }

    /// Books the time since the number of parts in the line last changed.
    fn count_change(&mut self) {
        let spent = self.now - self.changed;
        self.changed = self.now;
        self.run.in_system += u128::from(spent) * u128::from(self.in_system);
        self.run.after_first += u128::from(spent) * u128::from(self.after_first);
        self.run.occupancy[(self.in_system as usize).min(LEVELS - 1)] += spent;
        self.run.time += spent;
    }

    fn settle_all(&mut self) {
        self.count_change();
        (0..self.servers.len()).for_each(|s| self.settle(s));
    }

    /// The warm-up is over: forget what was counted.
    fn begin_counting(&mut self) {
        self.settle_all();
        let (visits, events) = (self.run.visits, self.run.events);
        let run = &mut self.run;
        (run.time, run.entered, run.departed, run.lost) = (0, 0, 0, 0);
        (run.started, run.delayed) = (0, 0);
        (run.wait, run.sojourn, run.in_system, run.after_first) = (0, 0, 0, 0);
        run.sojourns = Histogram::new();
        run.occupancy.fill(0);
        run.stations.fill(StationTimes::default());
        (run.visits, run.events) = (visits, events);
        run.in_line.0 = self.in_system;
        self.counting = true;
    }
}

const WORKING: u8 = 0;
const BLOCKED: u8 = 1;
const STARVED: u8 = 2;
const DOWN_STATE: u8 = 3;
const OFF: u8 = 4;
