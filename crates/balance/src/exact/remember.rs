//! Branch, bound and remember: exact search station by station, no set of tasks looked at twice.
//!
//! # Source
//! Sewell and Jacobson (2012), "A branch, bound, and remember algorithm for the simple assembly line
//! balancing problem", INFORMS Journal on Computing 24(3); cyclic best-first order and measure after
//! Morrison, Sewell and Jacobson (2014), EJOR 236(2). Dominance: maximal loads and Jackson's rule
//! (1956), loads without successors last, memory.
//! # Differs from the source
//! A state is also pruned by dual feasible functions, by the half-integral dual of the matching
//! bound and, when it is opened, by a maximum matching of the long tasks left. A task that can share
//! a station with nothing left, or with one available task only, is placed at once. A state is opened
//! in bands of idle time: first only loads that leave little idle are shown, and the state waits for its
//! next band with the key of the best state that may come of it (partial expansion: Yoshizumi, Miura and
//! Ishida 2000, "A* with partial expansion for large branching factor problems", AAAI). The search is
//! resumable: `run` may be called again with more work, and a state whose loads could not all be shown is
//! opened again with more steps once no other is left. It may begin with the lines of one [`Half`], or keep
//! to a [`super::corridor::Corridor`].
//! # Cost
//! One state takes `n / 8 + 24` bytes and a table slot; the work step is one node of load enumeration.
//! # Not handled
//! Lines of more than 64 `W` tasks (the caller picks `W`).

use super::corridor::Gate;
use super::dominance::dominators;
use super::engine::{Ended, Engine, Setup};
use super::halves::Half;
use super::loads::{Frontier, Walk};
use super::meet::Reached;
use super::memory::{Memory, Seen, Set};
use super::residual::Residual;
use crate::bounds::dual_feasible::for_search;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::instance::{Arcs, Instance};
use crate::problem::Assignment;
use crate::random::Random;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A state waiting to be opened: its key, its number, and the idle time from which on its loads were not shown yet.
type Entry = (i64, u32, u32);

/// The first band of idle time ends at this many times the average idle time of the stations left, the next at
/// `BANDS_GROW` times as much; where that is more than a part `1 / BANDS_PART` of all, there is no further band.
const BAND_FIRST: u32 = 2;
const BANDS_GROW: u32 = 4;
const BANDS_PART: u32 = 2;

/// A task left counts for as much idle time as this part of the mean task time, for the two directions: of states about as full the
/// one that has left more and shorter tasks goes first, for with them the stations left are filled the sooner.
const TASK_LEFT_PARTS: (u64, u64) = (128, 512);

/// States whose loads were not all shown get so many times the steps.
const STEPS_GROW: u64 = 16;

/// Bands that leave more than this part of the cycle time idle are not told apart while loads are enumerated.
const BAND_IDLE_PART: u32 = 6;

/// Within a corridor, loads that leave more idle than so many times the average are not tried, unless the known line has such near by
/// or one of the last stations is filled.
const CORRIDOR_IDLE: u32 = 8;
const CORRIDOR_LAST: u32 = 2;

/// States about as full are shuffled by up to this part of all idle time.
const SHUFFLE_PART: u64 = 2;

/// One direction of the search for a line of at most `target` stations.
#[derive(Debug)]
pub struct Remember<'a, const W: usize> {
    instance: &'a Instance,
    kind: SearchEngine,
    cycle_time: u32,
    /// Stations sought: one fewer than the best known.
    target: u32,
    /// The best assignment this search found.
    best: Option<Assignment>,
    memory: Memory<W>,
    queues: Vec<BinaryHeap<Reverse<Entry>>>,
    level: usize,
    /// What a task left is worth, in millionths of a station.
    task_left: i64,
    /// Steps of load enumeration granted to one state.
    steps_per_state: u64,
    /// States whose loads were not all shown within these steps; they wait until no others are left.
    late: Vec<Entry>,
    half: Option<Half>,
    /// States to open further once all lines of the half are looked at; none from then on.
    other_half: Option<Vec<Entry>>,
    /// What may be done after so many stations, where only lines near another are sought.
    gates: Vec<Gate<W>>,
    /// A seed, and millionths of a station by which states are shuffled.
    shuffle: Option<(u64, u64)>,
    truncated: bool,
    memory_bytes_max: usize,
    /// Taken out while a state is open.
    frontier: Option<Frontier<'a>>,
    weights: Vec<(u64, Vec<u64>)>,
    dominators: Arcs,
    residual: Residual<W>,
}

impl<'a, const W: usize> Remember<'a, W> {
    /// Prepares the search; `instance` reversed by the caller for the backward direction.
    #[must_use]
    pub fn new(instance: &'a Instance, setup: Setup<'_>, kind: SearchEngine) -> Self {
        let Setup { cycle_time, target, steps_per_state, memory_bytes_max, prices, half, corridor } = setup;
        let mut weights: Vec<(u64, Vec<u64>)> =
            for_search(instance, cycle_time, 6).into_iter().map(|w| (w.scale, w.of)).collect();
        let gates = corridor.map_or_else(Vec::new, |corridor| corridor.gates(instance, cycle_time, target));
        let residual = if gates.is_empty() { Residual::new } else { Residual::without_mates }(instance, cycle_time);
        weights.extend(prices.map(|p| (p.scale, p.prices.clone())));
        weights.push((2, residual.half_weights(instance)));
        let part = if kind == SearchEngine::Forward { TASK_LEFT_PARTS.0 } else { TASK_LEFT_PARTS.1 };
        let tasks = u64::from(cycle_time).max(1) * instance.n_tasks().max(1) as u64;
        let task_left = (u64::from(instance.time_sum()) * 1_000_000 / tasks / part) as i64;
        let idle = (u64::from(target) * u64::from(cycle_time)).saturating_sub(u64::from(instance.time_sum()));
        let shuffled = idle * 1_000_000 / u64::from(cycle_time).max(1) / SHUFFLE_PART;
        let mut search = Self {
            instance,
            kind,
            cycle_time,
            target,
            best: None,
            memory: Memory::new(),
            queues: vec![BinaryHeap::new(); target as usize + 2],
            level: 0,
            task_left,
            steps_per_state,
            late: Vec::new(),
            half,
            other_half: half.map(|_| Vec::new()),
            gates,
            shuffle: corridor.and_then(|corridor| corridor.shuffle).map(|seed| (seed, shuffled)),
            truncated: false,
            memory_bytes_max,
            frontier: Some(Frontier::new(instance)),
            weights,
            dominators: dominators(instance),
            residual,
        };
        search.memory.offer(&[0; W], 0, 0);
        search.queues[0].push(Reverse((0, 0, 0)));
        search
    }

    /// The best state of the next level in turn.
    fn next_state(&mut self) -> Option<Entry> {
        let levels = self.target as usize;
        for _ in 0..=levels {
            let level = self.level;
            self.level = if level + 1 >= levels { 0 } else { level + 1 };
            if level >= levels {
                continue;
            }
            while let Some(Reverse(entry)) = self.queues[level].pop() {
                // A better way to the same set may have moved it to an earlier level.
                if self.memory.stations[entry.1 as usize] as usize == level {
                    return Some(entry);
                }
            }
        }
        None
    }

    /// States that wait for more steps get them.
    fn grant_more(&mut self) {
        self.steps_per_state = self.steps_per_state.saturating_mul(STEPS_GROW);
        let late = std::mem::take(&mut self.late);
        self.wait(late);
    }

    /// Puts states into their queues.
    fn wait(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            let level = self.memory.stations[entry.1 as usize] as usize;
            if level < self.target as usize {
                self.queues[level].push(Reverse(entry));
            }
        }
    }

    /// Tries the loads of the next band of the station after a state; returns the steps it took.
    fn open(&mut self, (key, state, idle_min): Entry) -> u64 {
        let n = self.instance.n_tasks();
        let set = self.memory.sets[state as usize];
        let stations = self.memory.stations[state as usize];
        let done = |t: usize| set[t / 64] >> (t % 64) & 1 == 1;
        let mut time_left = 0u64;
        let mut rest = vec![0u64; self.weights.len()];
        for task in (0..n).filter(|&t| !done(t)) {
            time_left += u64::from(self.instance.time(task));
            for (sum, (_, of)) in rest.iter_mut().zip(&self.weights) {
                *sum += of[task];
            }
        }
        let base = n as u64 / 8 + 1;
        let stations_left = self.target - stations;
        let c = u64::from(self.cycle_time);
        if time_left > u64::from(stations_left) * c {
            return base;
        }
        if !self.residual.may_fit(&set, stations_left) {
            return base * 4;
        }
        if idle_min == 0 && self.is_beaten(&set, stations, time_left) {
            return base * 4;
        }
        let idle_all = (u64::from(stations_left) * c - time_left).min(c) as u32;
        let idle_all = match self.gates.get(stations as usize) {
            Some(gate) if stations_left > CORRIDOR_LAST => {
                idle_all.min((idle_all / stations_left).max(1).saturating_mul(CORRIDOR_IDLE).max(gate.idle))
            }
            _ => idle_all,
        };
        let half = self.half.filter(|half| stations < half.stations);
        let idle_max = match half.filter(|_| self.other_half.is_some()) {
            None => idle_all,
            Some(half) => {
                let wasted = u64::from(stations) * c + time_left - u64::from(self.instance.time_sum());
                u64::from(idle_all).min(half.idle_max.saturating_sub(wasted)) as u32
            }
        };
        let band = band(idle_min, idle_max, stations_left, self.cycle_time);
        // Out with the frontier, so that the visitor may use the rest of the search.
        let mut frontier = self.frontier.take().expect("put back after every state");
        let gate = self.gates.get(stations as usize + 1);
        frontier.reset(done, |t| gate.is_some_and(|gate| !gate.admits(t)));
        // Neither a half nor a corridor is left by what would be no worse elsewhere.
        let anywhere = half.is_none() && gate.is_none();
        let forced = || self.residual.forced_load(&set, frontier.eligible(), self.instance);
        if let Some(load) = anywhere.then(forced).flatten() {
            self.frontier = Some(frontier);
            let used: u32 = load.iter().map(|&t| self.instance.time(t as usize)).sum();
            let idle = self.cycle_time - used;
            if idle <= idle_max {
                self.keep(state, &set, stations, &load, time_left, &rest);
            }
            return base * 4;
        }
        let times = self.instance.times();
        frontier.sort_by_key(|t| (Reverse(times[t as usize]), t));
        let mut dead_end = false;
        let (limit, cycle_time) = (self.steps_per_state, self.cycle_time);
        let some_successors =
            frontier.eligible().iter().any(|&t| !self.instance.successors().of(t as usize).is_empty());
        let (steps, complete) = {
            let mut visit = |load: &[u32], idle: u32| {
                if self.memory.bytes() > self.memory_bytes_max {
                    dead_end = true;
                    return Walk::Stop;
                }
                let ends = |&t: &u32| self.instance.successors().of(t as usize).is_empty();
                // Shown before.
                if idle < idle_min {
                    return Walk::On;
                }
                // A load without successors can wait until only such tasks are left.
                if anywhere && some_successors && load.iter().all(ends) {
                    return Walk::On;
                }
                if !self.is_dominated(&set, stations, load, idle) {
                    self.keep(state, &set, stations, load, time_left, &rest);
                }
                if self.target <= stations { Walk::Stop } else { Walk::On }
            };
            frontier.walk(cycle_time, band, limit, &mut visit)
        };
        if !complete && self.target > stations && !dead_end {
            self.late.push((key, state, idle_min));
        }
        if dead_end {
            // The state is not finished; a truncated search proves nothing.
            self.truncated = true;
        }
        self.frontier = Some(frontier);
        if complete && band < idle_all {
            let more = u64::from(band + 1 - idle_min) * 1_000_000 / c;
            let entry = (key + more as i64, state, band + 1);
            match self.other_half.as_mut().filter(|_| band >= idle_max) {
                Some(waiting) => waiting.push(entry),
                None => self.queues[stations as usize].push(Reverse(entry)),
            }
        }
        base * 4 + steps
    }

    /// True when a state remembered with no more stations leaves no more to do: it has done one task more, or, instead
    /// of one task, another that takes as long or longer and after which all may come that may come after the one.
    ///
    /// Argument: in whatever completes this state the task that the other has done may go, or give its place to the one
    /// it stands for. As each comparison has done more in this sense, states do not beat each other in a circle, and
    /// one of the best is opened.
    fn is_beaten(&self, set: &Set<W>, stations: u32, time_left: u64) -> bool {
        let instance = self.instance;
        let has = |set: &Set<W>, t: u32| crate::bits::is_set(set, t as usize);
        let flip = |set: &Set<W>, t: u32| {
            let mut other = *set;
            other[t as usize / 64] ^= 1 << (t % 64);
            other
        };
        let ready = |set: &Set<W>, t: u32| instance.predecessors().of(t as usize).iter().all(|&p| has(set, p));
        let done = u64::from(instance.time_sum()) - time_left;
        let room = u64::from(stations) * u64::from(self.cycle_time) - done;
        for task in 0..instance.n_tasks() as u32 {
            if !has(set, task) {
                let more = u64::from(instance.time(task as usize)) <= room && ready(set, task);
                if more && self.memory.knows(&flip(set, task), stations) {
                    return true;
                }
                continue;
            }
            if instance.successors().of(task as usize).iter().any(|&s| has(set, s)) {
                continue;
            }
            let without = flip(set, task);
            let gained = room + u64::from(instance.time(task as usize));
            for &other in self.dominators.of(task as usize) {
                let fits = u64::from(instance.time(other as usize)) <= gained && !has(set, other);
                if fits && ready(&without, other) && self.memory.knows(&flip(&without, other), stations) {
                    return true;
                }
            }
        }
        false
    }

    /// Jackson's rule: some task outside the load could take the place of one inside.
    fn is_dominated(&self, set: &Set<W>, stations: u32, load: &[u32], idle: u32) -> bool {
        let gate = self.gates.get(stations as usize + 1);
        for &inside in load {
            let room = idle + self.instance.time(inside as usize);
            for &outside in self.dominators.of(inside as usize) {
                let o = outside as usize;
                if gate.is_some_and(|gate| !gate.admits(o)) {
                    continue;
                }
                if self.instance.time(o) > room || set[o / 64] >> (o % 64) & 1 == 1 || load.contains(&outside) {
                    continue;
                }
                let ready = self
                    .instance
                    .predecessors()
                    .of(o)
                    .iter()
                    .all(|&p| p != inside && (set[p as usize / 64] >> (p % 64) & 1 == 1 || load.contains(&p)));
                if ready {
                    return true;
                }
            }
        }
        false
    }

    /// Bounds the state after `load` and remembers it when it is new and may still lead to the target.
    fn keep(&mut self, parent: u32, set: &Set<W>, stations: u32, load: &[u32], time_left: u64, rest: &[u64]) {
        let mut next = *set;
        let mut time = 0u64;
        for &task in load {
            next[task as usize / 64] |= 1 << (task % 64);
            time += u64::from(self.instance.time(task as usize));
        }
        let stations = stations + 1;
        if self.gates.get(stations as usize).is_some_and(|gate| !gate.lets(&next)) {
            return;
        }
        let left = time_left - time;
        let (_, half_weights) = self.weights.last().expect("the half weights come last");
        let taken_halves: u64 = load.iter().map(|&t| half_weights[t as usize]).sum();
        let n = self.instance.n_tasks();
        let n_done: usize = next.iter().map(|w| w.count_ones() as usize).sum();
        if n_done < n {
            if stations >= self.target {
                return;
            }
            let stations_left = u64::from(self.target - stations);
            if left > stations_left * u64::from(self.cycle_time) {
                return;
            }
            for ((scale, of), sum) in self.weights.iter().zip(rest) {
                let taken: u64 = load.iter().map(|&t| of[t as usize]).sum();
                if sum - taken > stations_left * scale {
                    return;
                }
            }
        } else if stations > self.target {
            return;
        }
        match self.memory.offer(&next, stations, parent) {
            Seen::Known => {}
            Seen::New(state) | Seen::Better(state) => {
                if n_done == n {
                    self.best = Some(self.assignment(state));
                    self.target = stations - 1;
                    return;
                }
                // Of states with as many stations the one that leaves least to do goes first: work left, and
                // stations that the pairs left need, in millionths of a station; less a little for each task left.
                let c = u64::from(self.cycle_time);
                let halves = rest.last().expect("the half weights come last") - taken_halves;
                let key = (left * 1_000_000 / c + halves * 500_000) as i64 - self.task_left * (n - n_done) as i64;
                let shuffled = self
                    .shuffle
                    .map_or(0, |(seed, most)| Random::new(crate::bits::hash(&next) ^ seed).below(most + 1) as i64);
                self.queues[stations as usize].push(Reverse((key + shuffled, state, 0)));
            }
        }
    }

    /// The line that led to a finished state.
    fn assignment(&self, last: u32) -> Assignment {
        let places = self.memory.places(last as usize, self.instance.n_tasks());
        // A parent may have been reached with fewer stations since: close the gaps.
        Assignment::new(places.into_iter().map(|place| place.unwrap_or(0)).collect()).without_gaps()
    }
}

/// The idle time up to which loads are shown now, of those that leave `idle_min` to `idle_max` idle.
fn band(idle_min: u32, idle_max: u32, stations_left: u32, cycle_time: u32) -> u32 {
    let average = idle_max / stations_left.max(1);
    let end =
        if idle_min == 0 { average.max(1).saturating_mul(BAND_FIRST) } else { idle_min.saturating_mul(BANDS_GROW) };
    if end > idle_max / BANDS_PART || end > cycle_time / BAND_IDLE_PART { idle_max } else { end }
}

impl<const W: usize> Engine for Remember<'_, W> {
    fn kind(&self) -> SearchEngine {
        self.kind
    }

    fn run(&mut self, budget: &mut Budget<'_, '_>, work: u64) -> Ended {
        let mut left = work;
        loop {
            let Some(entry) = self.next_state() else {
                if !self.late.is_empty() && self.memory.bytes() <= self.memory_bytes_max {
                    self.grant_more();
                    continue;
                }
                if let Some(waiting) = self.other_half.take().filter(|waiting| !waiting.is_empty()) {
                    self.wait(waiting);
                    if !self.truncated {
                        return Ended::Half;
                    }
                    continue;
                }
                return if self.truncated { Ended::Truncated } else { Ended::Exhausted };
            };
            let steps = self.open(entry);
            left = left.saturating_sub(steps);
            if self.memory.bytes() > self.memory_bytes_max {
                return Ended::MemoryFull;
            }
            if !budget.step(steps) || left == 0 || self.best.is_some() {
                return Ended::Paused;
            }
        }
    }

    fn take_best(&mut self) -> Option<Assignment> {
        let best = self.best.take()?;
        Some(if self.kind == SearchEngine::Backward { best.mirrored() } else { best })
    }

    fn lower_target(&mut self, target: u32) {
        self.target = self.target.min(target);
    }

    fn bytes(&self) -> usize {
        self.memory.bytes()
    }

    fn allow(&mut self, memory_bytes_max: usize) {
        self.memory_bytes_max = memory_bytes_max;
    }

    fn nodes(&self) -> u64 {
        self.memory.len() as u64
    }

    fn reached(&self) -> Option<&dyn Reached> {
        Some(self)
    }
}

impl<const W: usize> Reached for Remember<'_, W> {
    fn count(&self) -> usize {
        self.memory.len()
    }

    fn set(&self, state: usize) -> &[u64] {
        &self.memory.sets[state]
    }

    fn stations(&self, state: usize) -> u32 {
        self.memory.stations[state]
    }

    fn find(&self, set: &[u64]) -> Option<usize> {
        self.memory.find(set.first_chunk::<W>()?)
    }

    fn places(&self, state: usize) -> Vec<Option<u32>> {
        self.memory.places(state, self.instance.n_tasks())
    }
}
