//! Branch, bound and remember with rules: station by station, every load that may be part of a best line.
//!
//! # Source
//! Sewell and Jacobson (2012), "A branch, bound, and remember algorithm for the simple assembly line balancing problem",
//! INFORMS Journal on Computing 24(3); cyclic best-first: Kao, Sewell and Jacobson (2009), Mathematics of Operations Research.
//! # Differs from the source
//! - Costs are compared aim by aim, in order, and what stations take from the line is remembered with each state.
//! - A load is left out only when an available task can *join it at no cost*: the station with the task is allowed,
//!   costs no more in any aim up to the last searched, takes no more, and the task is held by no rule. Then some best line has the
//!   task there: it may leave its later station (that is what not being held means), which costs no more either; each
//!   such shift moves a task forward, so shifting ends. Where only stations are counted and no rule speaks, this is
//!   Jackson's (1956) rule of maximal loads; stations side by side are covered too.
//! # Cost
//! Exponential in the worst case; one step is a node of load enumeration.

use super::bound::{Bounds, NOTHING};
use super::job::{Job, Line, Load, Place};
use super::loads::Frontier;
use super::memory::{Costs, Memory, State};
use super::pairs::Pairs;
use super::rule::{Sight, Taken, add};
use crate::bits::ones;
use crate::budget::Budget;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How a run of the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Every state was opened or ruled out: nothing better exists.
    Exhausted,
    /// The same, but loads were left out: nothing is proven.
    Truncated,
    /// The slice of work is used up, or a line was found.
    Paused,
    /// The memory limit was reached.
    MemoryFull,
}

/// A search for lines better than the best known in the first aims.
pub(super) struct Search<'a> {
    job: &'a Job<'a>,
    pairs: &'a Pairs,
    levels: usize,
    bounds: Bounds<'a>,
    root: Costs,
    memory: Memory,
    queues: Vec<BinaryHeap<Reverse<(u64, u32)>>>,
    turn: usize,
    sight: Sight,
    best: Option<Costs>,
    found: Option<Line>,
    steps_per_state: u64,
    memory_max: usize,
    truncated: bool,
}

impl<'a> Search<'a> {
    /// Searches the first `levels` aims for a line below `best`; without `best`, for any line.
    pub(super) fn new(
        job: &'a Job<'a>,
        pairs: &'a Pairs,
        levels: usize,
        best: Option<Costs>,
        limits: (u64, usize),
    ) -> Self {
        let sight = job.sight();
        let counts_to = if let Sight::Number(most) = sight { most + 1 } else { 0 };
        let bounds = Bounds::new(job, levels);
        let mut all = vec![0u64; job.words()];
        (0..job.instance.n_tasks()).for_each(|t| all[t / 64] |= 1 << (t % 64));
        let root = bounds.total(&NOTHING, &bounds.sums(&all), None);
        let mut memory = Memory::new(job.words(), counts_to, job.stations_max != u32::MAX);
        memory.offer(&vec![0; job.words()], State::start());
        let queues = vec![BinaryHeap::from([Reverse((0, 0))])];
        let (steps_per_state, memory_max) = limits;
        Self {
            job,
            pairs,
            levels,
            bounds,
            root,
            memory,
            queues,
            turn: 0,
            sight,
            best,
            found: None,
            steps_per_state,
            memory_max,
            truncated: false,
        }
    }

    /// What every line costs at least.
    pub(super) fn root(&self) -> Costs {
        self.root
    }

    /// States kept.
    pub(super) fn nodes(&self) -> u64 {
        self.memory.states.len() as u64
    }

    /// Lowers the cost to beat.
    pub(super) fn lower(&mut self, best: Costs) {
        if self.best.is_none_or(|old| best < old) {
            self.best = Some(best);
        }
    }

    /// The line found since the last call.
    pub(super) fn take(&mut self) -> Option<(Line, Costs)> {
        let line = self.found.take()?;
        Some((line, self.best.expect("a line was found, so its cost is known")))
    }

    /// Goes on until a line is found or `work` steps are done.
    pub(super) fn run(&mut self, budget: &mut Budget<'_, '_>, work: u64) -> Ended {
        let mut frontier = Frontier::new(self.job, self.pairs);
        let mut left = work;
        loop {
            let Some(state) = self.next() else {
                return if self.truncated { Ended::Truncated } else { Ended::Exhausted };
            };
            let steps = self.open(state, &mut frontier) + self.job.instance.n_tasks() as u64 / 2;
            left = left.saturating_sub(steps);
            if self.memory.bytes() > self.memory_max {
                return Ended::MemoryFull;
            }
            if !budget.step(steps) || left == 0 || self.found.is_some() {
                return Ended::Paused;
            }
        }
    }

    /// The best state of the next number of stations that has one.
    fn next(&mut self) -> Option<u32> {
        let depths = self.queues.len();
        for _ in 0..depths {
            let depth = self.turn % depths;
            self.turn += 1;
            while let Some(Reverse((_, state))) = self.queues[depth].pop() {
                if !self.memory.states[state as usize].beaten && self.may_win(state) {
                    return Some(state);
                }
            }
        }
        None
    }

    fn may_win(&self, state: u32) -> bool {
        let Some(best) = &self.best else { return true };
        let rest = self.bounds.sums(&self.rest(state));
        self.levels > 0 && self.bounds.total(&self.memory.states[state as usize].costs, &rest, Some(best)) < *best
    }

    fn rest(&self, state: u32) -> Vec<u64> {
        let mut rest: Vec<u64> = self.memory.set(state).iter().map(|w| !w).collect();
        let n = self.job.instance.n_tasks();
        if !n.is_multiple_of(64) {
            rest[n / 64] &= (1 << (n % 64)) - 1;
        }
        if n == 0 {
            rest.fill(0);
        }
        rest
    }

    /// Tries every load after a state; the steps taken.
    fn open(&mut self, state: u32, frontier: &mut Frontier<'a>) -> u64 {
        let done = self.memory.set(state).to_vec();
        let from = self.memory.states[state as usize].clone();
        let rest = self.rest(state);
        let sums = self.bounds.sums(&rest);
        if from.number >= self.job.stations_max {
            return 1;
        }
        frontier.reset(&done);
        let here = Place { number: from.number, stands_at: None, last: false };
        let rules = self.job.rules.clone();
        let placed = self.sight > Sight::Nothing;
        let barred = |t: u32| placed && matches!(self.sight, Sight::Number(_)) && rules.iter().any(|r| r.bars(t, here));
        let counts_to = if let Sight::Number(most) = self.sight { most } else { 0 };
        let shifts = from.number >= counts_to;
        let mut next: Vec<(Vec<u64>, State, Vec<u32>)> = Vec::new();
        let job = self.job;
        let (levels, pairs) = (self.levels, self.pairs);
        let mut visit = |load: &Load<'_>, eligible: &[u32]| {
            if !job.fits(load) {
                return;
            }
            let set: Vec<u64> = done.iter().zip(load.set).map(|(a, b)| a | b).collect();
            let last = rest.iter().zip(load.set).all(|(a, b)| a == b);
            for stands_at in places(job, load, from.kept) {
                let place = Place { stands_at, last, ..here };
                let Some((costs, taken)) = station(job, levels, load, place, &from) else { continue };
                if shifts && someone_joins(job, pairs, levels, load, eligible, place, &rest) {
                    continue;
                }
                let kept = stands_at.map_or(from.kept, |q| q + 1);
                let child = State::after(state, from.number + 1, kept, costs, taken);
                next.push((set.clone(), child, load.tasks.to_vec()));
            }
        };
        let (steps, complete) = frontier.walk(self.steps_per_state, &barred, &mut visit);
        self.truncated |= !complete;
        for (set, child, load) in next {
            self.keep(state, &set, child, &load, &sums);
        }
        steps
    }

    /// Keeps a state after one more station, or the line when it is complete.
    fn keep(&mut self, parent: u32, set: &[u64], child: State, load: &[u32], sums: &super::bound::Sums) {
        let rest = self.bounds.less(sums, load);
        let done: u32 = set.iter().map(|w| w.count_ones()).sum();
        if done as usize == self.job.instance.n_tasks() {
            if self.best.is_none_or(|best| child.costs < best) {
                self.best = Some(child.costs);
                self.found = Some(self.line(parent, &child, set));
            }
            return;
        }
        if child.number >= self.job.stations_max {
            return;
        }
        if self.best.is_some_and(|best| self.bounds.total(&child.costs, &rest, Some(&best)) >= best) {
            return;
        }
        let guess = self.bounds.guess(&child.costs, &rest, &self.root);
        let key = (guess * 1e12) as u64;
        let number = child.number as usize;
        if let Some(index) = self.memory.offer(set, child) {
            if self.queues.len() <= number {
                self.queues.resize(number + 1, BinaryHeap::new());
            }
            self.queues[number].push(Reverse((key, index)));
        }
    }

    /// Walks back from a complete line.
    fn line(&self, parent: u32, last: &State, set: &[u64]) -> Line {
        let mut line = Line { stations: Vec::new(), stands_at: Vec::new() };
        let (mut set, mut kept, mut at) = (set.to_vec(), last.kept, parent);
        loop {
            let (before, state) = (self.memory.set(at), &self.memory.states[at as usize]);
            let load: Vec<u64> = set.iter().zip(before).map(|(a, b)| a & !b).collect();
            line.stations.push(ones(&load).map(|t| t as u32).collect());
            line.stands_at.push((kept > state.kept).then(|| kept - 1));
            if state.number == 0 {
                break;
            }
            (set, kept, at) = (before.to_vec(), state.kept, state.parent);
        }
        line.stations.reverse();
        line.stands_at.reverse();
        line
    }
}

/// The places a station may take: today's stations of its tasks that lie behind the last one kept, or a new one.
fn places(job: &Job<'_>, load: &Load<'_>, kept: u32) -> Vec<Option<u32>> {
    let mut places = vec![None];
    if let Some(today) = &job.today {
        let mut stations: Vec<u32> =
            load.tasks.iter().filter_map(|&t| today[t as usize]).filter(|&q| q >= kept).collect();
        stations.sort_unstable();
        stations.dedup();
        places.extend(stations.into_iter().map(Some));
    }
    places
}

/// Costs and things taken after this station, or none when a rule is against it.
fn station(job: &Job<'_>, levels: usize, load: &Load<'_>, place: Place, from: &State) -> Option<(Costs, Taken)> {
    let barred = |r: &&dyn super::Rule| load.tasks.iter().any(|&t| r.bars(t, place));
    if job.rules.iter().any(|r| !r.allows(load, place) || barred(r)) {
        return None;
    }
    let mut total = from.taken.clone();
    let mut taken = Vec::new();
    for (number, rule) in job.rules.iter().enumerate() {
        taken.clear();
        rule.takes(load, place, &mut taken);
        if !taken.is_empty() {
            add(&mut total, number as u16, &taken);
            let own: Vec<(u32, u32)> =
                total.iter().filter(|t| t.0 == number as u16).map(|&(_, kind, n)| (kind, n)).collect();
            if !rule.covers(&own) {
                return None;
            }
        }
    }
    let mut costs = from.costs;
    for (cost, aim) in costs.iter_mut().zip(&job.aims[..levels]) {
        *cost += aim.cost(load, place);
    }
    Some((costs, total))
}

/// True when a task that is available could stand here as well, at no cost to any aim or rule.
fn someone_joins(
    job: &Job<'_>,
    pairs: &Pairs,
    levels: usize,
    load: &Load<'_>,
    eligible: &[u32],
    place: Place,
    rest: &[u64],
) -> bool {
    eligible.iter().any(|&t| {
        let time = load.time + u64::from(job.instance.time(t as usize));
        let quick = !load.has(t)
            && job.copies_for(t) == 1
            && time <= u64::from(load.copies) * u64::from(job.takt)
            && !pairs.is_apart_from(t, load.set)
            && !job.rules.iter().any(|r| r.holds(t));
        if !quick {
            return false;
        }
        let tasks: Vec<u32> = load.tasks.iter().copied().chain([t]).collect();
        let mut set = load.set.to_vec();
        set[t as usize / 64] |= 1 << (t % 64);
        let last = rest == set;
        let with = Load { tasks: &tasks, set: &set, time, copies: load.copies };
        let place_with = Place { last, ..place };
        let costs = |load: &Load<'_>, place: Place| -> Vec<u64> {
            job.aims[..levels].iter().map(|a| a.cost(load, place)).collect()
        };
        let (mut before, mut after) = (Vec::new(), Vec::new());
        costs(&with, place_with) <= costs(load, place)
            && job.rules.iter().all(|r| {
                before.clear();
                after.clear();
                r.takes(load, place, &mut before);
                r.takes(&with, place_with, &mut after);
                !r.spoils(&with) && r.allows(&with, place_with) && !r.bars(t, place_with) && before == after
            })
    })
}
