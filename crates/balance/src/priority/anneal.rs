//! Lines of so many stations by shifts and swaps: the work beyond the cycle time is annealed away.
//!
//! # Source
//! Kirkpatrick, Gelatt and Vecchi (1983), Science 220; shifts and swaps as in the tabu search of Scholl and Voss
//! (1996), Journal of Heuristics 2.
//! # Differs from the source
//! What is lowered is the sum of station times beyond the cycle time sought, not the longest one: where stations must
//! be full to a fraction of a percent, the longest alone says too little. Once it is nought, the next cycle time
//! below what was reached is sought without starting again.
//! # Cost
//! A step is two moves tried.

use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::Assignment;
use crate::random::Random;

/// A line being shaken.
#[derive(Debug)]
pub struct Anneal<'a> {
    instance: &'a Instance,
    stations: u32,
    station_of: Vec<u32>,
    loads: Vec<u32>,
    /// The tasks of each station, in no order, and where each task stands in its list.
    tasks: Vec<Vec<u32>>,
    place: Vec<u32>,
    random: Random,
    /// Moves of the next run; it doubles with every run.
    moves: u64,
    runs: u32,
}

/// Moves of the first run, per task.
const MOVES_PER_TASK: u64 = 4_000;

/// Moves between two looks at the budget.
const STRIDE: u64 = 1_024;

impl<'a> Anneal<'a> {
    /// Starts from a line; where it has fewer stations than `stations`, the rest is empty.
    #[must_use]
    pub fn new(instance: &'a Instance, line: &Assignment, stations: u32, seed: u64) -> Self {
        let n = instance.n_tasks();
        let mut anneal = Self {
            instance,
            stations,
            station_of: vec![0; n],
            loads: Vec::new(),
            tasks: Vec::new(),
            place: vec![0; n],
            random: Random::new(seed),
            moves: MOVES_PER_TASK * n as u64,
            runs: 0,
        };
        anneal.set(&line.station_of);
        anneal
    }

    /// The line as it stands; stations may be empty.
    #[must_use]
    pub fn line(&self) -> Assignment {
        Assignment::new(self.station_of.clone())
    }

    fn set(&mut self, station_of: &[u32]) {
        self.station_of = station_of.to_vec();
        self.loads = vec![0; self.stations as usize];
        self.tasks = vec![Vec::new(); self.stations as usize];
        for (task, &station) in station_of.iter().enumerate() {
            let list = &mut self.tasks[station as usize];
            self.place[task] = list.len() as u32;
            list.push(task as u32);
            self.loads[station as usize] += self.instance.time(task);
        }
    }

    /// The best line found whose stations take less than `high` ticks, and none less than `low`; runs until the
    /// budget is over or `low` is reached. Each run starts from `line`, or from the best found since.
    pub fn run(&mut self, line: &Assignment, low: u32, high: u32, budget: &mut Budget<'_, '_>) -> Option<Assignment> {
        let mut best: Option<(u32, Vec<u32>)> = None;
        if self.instance.n_tasks() < 2 || self.stations < 2 {
            return None;
        }
        while !budget.is_over() {
            let reached = best.as_ref().map_or(high, |(c, _)| *c);
            if reached <= low {
                break;
            }
            // Every second run goes on from where the last one ended.
            if self.runs.is_multiple_of(2) {
                let from = best.as_ref().map_or(&line.station_of, |(_, l)| l).clone();
                self.set(&from);
            }
            self.runs += 1;
            if let Some(found) = self.cool(low, reached, budget) {
                best = Some(found);
            }
            self.moves = self.moves.saturating_mul(2);
        }
        best.map(|(_, station_of)| Assignment::new(station_of))
    }

    /// One cooling towards less than `high`; what it reached.
    fn cool(&mut self, low: u32, high: u32, budget: &mut Budget<'_, '_>) -> Option<(u32, Vec<u32>)> {
        let mut found: Option<(u32, Vec<u32>)> = None;
        // Not below `low`: a target that cannot be met would only blur the view.
        let mut c = (high - 1).max(low);
        let mean = f64::from(self.instance.time_sum()) / self.instance.n_tasks() as f64;
        let (hot, cold) = (mean * 0.25, (mean * 0.002).max(0.15));
        // Cooled down by the time the work is done: a hot line is worth nothing.
        let steps = (self.moves.min(budget.left().saturating_mul(2)) / STRIDE).max(8);
        let mut over: i64 = self.loads.iter().map(|&l| i64::from(l.saturating_sub(c))).sum();
        for step in 0..steps {
            let heat = hot * libm::exp(libm::log(cold / hot) * step as f64 / steps as f64);
            for _ in 0..STRIDE {
                over += self.shake(c, heat);
                if over == 0 {
                    let reached = self.loads.iter().copied().max().unwrap_or(0);
                    found = Some((reached, self.station_of.clone()));
                    if reached <= low {
                        return found;
                    }
                    c = (reached - 1).max(low);
                    over = self.loads.iter().map(|&l| i64::from(l.saturating_sub(c))).sum();
                }
            }
            if !budget.step(STRIDE / 2) {
                break;
            }
        }
        found
    }

    /// One move tried; by how much it changed the work beyond `c`.
    fn shake(&mut self, c: u32, heat: f64) -> i64 {
        let task = self.random.below(self.instance.n_tasks() as u64) as u32;
        let (from, to) = (self.station_of[task as usize], self.window(task));
        if to.0 == to.1 {
            return 0;
        }
        let mut at = to.0 + self.random.below(u64::from(to.1 - to.0)) as u32;
        if at >= from {
            at += 1;
        }
        let time = i64::from(self.instance.time(task as usize));
        let (here, there) = (i64::from(self.loads[from as usize]), i64::from(self.loads[at as usize]));
        let over = |load: i64| (load - i64::from(c)).max(0);
        let before = over(here) + over(there);
        let others = self.tasks[at as usize].len() as u64;
        let pick = self.random.below(others + 1);
        let partner = (pick < others).then(|| self.tasks[at as usize][pick as usize]);
        let other_time = partner.map_or(0, |p| i64::from(self.instance.time(p as usize)));
        let change = over(here - time + other_time) + over(there + time - other_time) - before;
        if change > 0 && (change as f64 > 12.0 * heat || self.random.share() >= libm::exp(-(change as f64) / heat)) {
            return 0;
        }
        if let Some(partner) = partner {
            let window = self.window(partner);
            let ordered = self.instance.is_before(task as usize, partner as usize)
                || self.instance.is_before(partner as usize, task as usize);
            if ordered || from < window.0 || from > window.1 {
                return 0;
            }
            self.put(partner, from);
        }
        self.put(task, at);
        change
    }

    /// The first and the last station that a task may stand at, its neighbours staying where they are.
    fn window(&self, task: u32) -> (u32, u32) {
        let at = |list: &[u32]| -> (u32, u32) {
            list.iter()
                .map(|&t| self.station_of[t as usize])
                .fold((0, u32::MAX), |(most, least), s| (most.max(s), least.min(s)))
        };
        let first = at(self.instance.predecessors().of(task as usize)).0;
        let last = at(self.instance.successors().of(task as usize)).1;
        (first, last.min(self.stations - 1))
    }

    fn put(&mut self, task: u32, station: u32) {
        let from = self.station_of[task as usize] as usize;
        let at = self.place[task as usize] as usize;
        self.tasks[from].swap_remove(at);
        if let Some(&moved) = self.tasks[from].get(at) {
            self.place[moved as usize] = at as u32;
        }
        let time = self.instance.time(task as usize);
        self.loads[from] -= time;
        self.loads[station as usize] += time;
        self.place[task as usize] = self.tasks[station as usize].len() as u32;
        self.tasks[station as usize].push(task);
        self.station_of[task as usize] = station;
    }
}
