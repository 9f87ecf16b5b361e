//! From a line of workers to its shortest cycle time: prices, beams, then branch, bound and remember.

use super::beam::{self, Width};
use super::knapsack::Table;
use super::line::{WorkerAssignment, WorkerLine};
use super::remember::Remember;
use super::{knapsack, multipliers, window};
use crate::budget::Budget;
use crate::certificate::{SearchEngine, SearchLog};
use crate::exact::engine::Ended;
use crate::problem::{Effort, Options, Stats, Status};
use crate::random::Random;
use model::control::Control;
use std::rc::Rc;

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkerOutcome {
    /// How it ended.
    pub status: Status,
    /// The best assignment found.
    pub best: Option<WorkerAssignment>,
    /// No line is faster, and why; in ticks.
    pub bound: WorkerBound,
    /// What it took.
    pub stats: Stats,
}

/// "No line has a cycle time below `cycle_time_min`", with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerBound {
    /// In ticks; [`u64::MAX`] when there is no line at all.
    pub cycle_time_min: u64,
    /// The reason.
    pub proof: WorkerProof,
}

/// Reasons, those that can be checked by arithmetic first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkerProof {
    /// At these prices of a worker's tick, all tasks together cost more than a shorter cycle time has to spend.
    WorkerPrices {
        /// One per worker.
        prices: Vec<u64>,
    },
    /// A task takes everybody so long.
    LongestTask {
        /// The task.
        task: u32,
    },
    /// At these prices of tasks, the workers cannot pack them all within one tick less.
    TaskPrices {
        /// One per task.
        prices: Vec<u32>,
    },
    /// Ruling out workers for tasks one by one, by their prices, left a task without a worker, or prices that refute.
    Fixing,
    /// One tick less was searched to exhaustion.
    Search(SearchLog),
}

impl WorkerBound {
    /// Repeats the argument as far as it is arithmetic; none for those that need the search again.
    #[must_use]
    pub fn holds(&self, line: &WorkerLine) -> Option<bool> {
        let claim = self.cycle_time_min;
        match &self.proof {
            WorkerProof::WorkerPrices { prices } => {
                Some(prices.len() == line.n_workers() && multipliers::bound(line, prices) >= claim)
            }
            WorkerProof::LongestTask { task } => {
                Some((*task as usize) < line.n_tasks() && u64::from(line.time_min(*task as usize)) >= claim)
            }
            WorkerProof::TaskPrices { prices } => {
                let below = u32::try_from(claim.checked_sub(1)?).ok()?;
                Some(prices.len() == line.n_tasks() && knapsack::refutes(line, below, prices))
            }
            WorkerProof::Fixing | WorkerProof::Search(_) => None,
        }
    }
}

/// ALWABP-2: the shortest cycle time of a line of workers.
///
/// # Cost
/// Prices and packs take some `150 x workers x tasks x cycle time` additions for each cycle time tried; the search
/// stops soon after `control` says so.
///
/// # Not handled
/// Lines with more than 1,024 tasks and workers together: these end with a bound and no line.
///
/// # Example
/// ```
/// use balance::workers::{NEVER, WorkerLine, solve};
/// use model::control::Control;
/// let line = WorkerLine::new(&[vec![4, NEVER], vec![3, 5], vec![9, 4]], &[(0, 1)]).expect("everything can be done");
/// let outcome = solve(&line, &balance::Options::default(), &mut Control::unlimited());
/// assert_eq!(outcome.bound.cycle_time_min, 7);
/// ```
#[must_use]
pub fn solve(line: &WorkerLine, options: &Options, control: &mut Control<'_>) -> WorkerOutcome {
    let mut budget = Budget::new(control);
    let words = (line.n_tasks() + line.n_workers()).div_ceil(64);
    match words {
        0 | 1 => Hunt::<1>::new(line, options).run(&mut budget),
        2 => Hunt::<2>::new(line, options).run(&mut budget),
        3 | 4 => Hunt::<4>::new(line, options).run(&mut budget),
        5..=8 => Hunt::<8>::new(line, options).run(&mut budget),
        9..=16 => Hunt::<16>::new(line, options).run(&mut budget),
        _ => Hunt::<1>::new(line, options).too_wide(),
    }
}

/// States of the beam and steps per worker in the first round; the states double with every round, the steps grow by two fifths.
const WIDTH: Width = Width { states: 20, steps_max: 400, lookahead: LOOKAHEADS[0] };

/// Lookaheads of the beams in turn, in thousandths.
const LOOKAHEADS: [i64; 7] = [100, 400, 50, 1_000, 200, 20, 600];

/// Beams, with their windows, that meet nothing before a round ends.
const TURNS: u32 = 3;

/// Tables of cycle times that are kept.
const TABLES: usize = 8;

/// The first slice of the exact search, in steps; it quadruples with every round.
const SLICE: u64 = 10_000;

struct Hunt<'a, const W: usize> {
    line: &'a WorkerLine,
    reversed: WorkerLine,
    options: &'a Options,
    prices: Vec<u64>,
    bound: WorkerBound,
    best: Option<WorkerAssignment>,
    /// The cycle time of `best`; before there is one, beyond all that can be needed.
    high: u64,
    random: Random,
    /// Tables made last, the newest last.
    tables: Vec<Rc<Table>>,
    /// Beams begun so far.
    beams: u32,
    stats: Stats,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Open,
}

impl<'a, const W: usize> Hunt<'a, W> {
    fn new(line: &'a WorkerLine, options: &'a Options) -> Self {
        let prices = multipliers::prices(line);
        let bound = multipliers::bound(line, &prices);
        let longest = (0..line.n_tasks()).map(|t| (u64::from(line.time_min(t)), t)).max();
        let bound = match longest {
            Some((time, task)) if time >= bound => {
                WorkerBound { cycle_time_min: time, proof: WorkerProof::LongestTask { task: task as u32 } }
            }
            _ => WorkerBound { cycle_time_min: bound, proof: WorkerProof::WorkerPrices { prices: prices.clone() } },
        };
        // Longer than everything by the slowest worker, no cycle time helps.
        let high = u64::from(line.graph().time_sum()) + 1;
        let reversed = line.reversed();
        Self {
            line,
            reversed,
            options,
            prices,
            bound,
            best: None,
            high,
            random: Random::new(0),
            tables: Vec::new(),
            beams: 0,
            stats: Stats::default(),
        }
    }

    fn too_wide(self) -> WorkerOutcome {
        WorkerOutcome { status: Status::Unknown, best: None, bound: self.bound, stats: self.stats }
    }

    fn low(&self) -> u64 {
        self.bound.cycle_time_min
    }

    fn run(mut self, budget: &mut Budget<'_, '_>) -> WorkerOutcome {
        let start = budget.spent();
        self.first_line(budget);
        self.tighten(budget);
        let (mut width, mut slice) = (WIDTH, SLICE);
        let rounds = if self.options.effort == Effort::Heuristic { 4 } else { u32::MAX };
        let mut round = 0;
        while self.low() < self.high && round < rounds && !budget.is_over() {
            self.descend(width, budget);
            if self.options.effort == Effort::Exact {
                self.exact(slice, budget);
            }
            width.states *= 2;
            width.steps_max = width.steps_max * 7 / 5;
            slice = slice.saturating_mul(4);
            round += 1;
        }
        self.stats.work = budget.spent() - start;
        let status = match &self.best {
            Some(_) if self.low() >= self.high => Status::Optimal,
            Some(_) => Status::Feasible,
            None if self.low() >= self.high => Status::Infeasible,
            None => Status::Unknown,
        };
        if status == Status::Infeasible {
            self.bound.cycle_time_min = u64::MAX;
        }
        WorkerOutcome { status, best: self.best, bound: self.bound, stats: self.stats }
    }

    /// Some line, at a cycle time that grows until the narrow beam meets one.
    fn first_line(&mut self, budget: &mut Budget<'_, '_>) {
        let mut excess = 1;
        while self.best.is_none() && !budget.is_over() {
            let at = (self.low() + excess - 1).min(self.high - 1);
            if self.low() >= self.high || self.by_beam(at, WIDTH, budget) == Answer::Yes || at + 1 >= self.high {
                return;
            }
            excess = (excess * 2).max(self.low() / 16);
        }
    }

    /// Raises the bound by prices of tasks alone, halving the distance to the best line.
    fn tighten(&mut self, budget: &mut Budget<'_, '_>) {
        let (mut from, mut to) = (self.low(), self.high);
        while from < to && !budget.is_over() {
            let middle = from + (to - from) / 2;
            match self.table(middle, budget) {
                None => from = self.low(),
                Some(_) => to = middle,
            }
        }
    }

    /// Beams just below the best and windows of lines as good, in turn, until [`TURNS`] of them in a row meet nothing.
    ///
    /// As long as beams meet a line, each goes twice as far below the best.
    fn descend(&mut self, width: Width, budget: &mut Budget<'_, '_>) {
        let (mut below, mut failed) = (1, 0);
        while failed < TURNS && self.low() < self.high && !budget.is_over() {
            let at = self.high.saturating_sub(below).max(self.low());
            if self.by_beam(at, width, budget) == Answer::Yes {
                (below, failed) = (below * 2, 0);
            } else if below > 1 {
                below = 1;
            } else if self.by_windows(failed == 0, width, budget) == Answer::Yes {
                failed = 0;
            } else {
                failed += 1;
            }
        }
    }

    /// Windows of the best line, when `best` is wanted, and of other lines as good, laid out anew within one tick less.
    fn by_windows(&mut self, best: bool, width: Width, budget: &mut Budget<'_, '_>) -> Answer {
        for start in 0..1 + width.states / WIDTH.states {
            if self.low() >= self.high || budget.is_over() {
                return Answer::Open;
            }
            let below = (self.high - 1) as u32;
            let from = if best && start == 0 { self.best.clone() } else { self.another(budget) };
            let Some(from) = from else { continue };
            if let Some(found) = window::mend::<W>(self.line, &from, below, width, budget) {
                self.offer(found, budget);
                return Answer::Yes;
            }
        }
        Answer::Open
    }

    /// Some line as good as the best, by a narrow beam with other prices.
    fn another(&mut self, budget: &mut Budget<'_, '_>) -> Option<WorkerAssignment> {
        let table = self.table(self.high, budget)?;
        let prices = self.shaken();
        let width = Width { states: 2 * WIDTH.states, lookahead: self.lookahead(), ..WIDTH };
        if self.beams.is_multiple_of(2) {
            return beam::search::<W>(self.line, &table, &prices, width, budget);
        }
        let reversed = self.reversed.clone();
        beam::search::<W>(&reversed, &table, &prices, width, budget).map(|found| found.mirrored())
    }

    /// The lowest open value for the proof, the highest for a better line.
    fn exact(&mut self, slice: u64, budget: &mut Budget<'_, '_>) {
        while self.low() < self.high && !budget.is_over() {
            let top = self.high - 1;
            let answer = self.by_search(self.low(), slice, budget);
            let last =
                answer == Answer::Open && (top <= self.low() || self.by_search(top, slice, budget) == Answer::Open);
            if last {
                return;
            }
        }
    }

    fn table(&mut self, cycle_time: u64, budget: &mut Budget<'_, '_>) -> Option<Rc<Table>> {
        let cycle_time = u32::try_from(cycle_time).expect("times add up to less than 2^30");
        if let Some(known) = self.tables.iter().find(|t| t.cycle_time == cycle_time) {
            return Some(Rc::clone(known));
        }
        match Table::new(self.line, cycle_time, &self.prices) {
            Ok(table) => {
                budget.step(table.steps);
                let table = Rc::new(table);
                self.tables.push(Rc::clone(&table));
                if self.tables.len() > TABLES {
                    self.tables.remove(0);
                }
                Some(table)
            }
            Err((refuted, steps)) => {
                budget.step(steps);
                let proof = refuted.map_or(WorkerProof::Fixing, |r| WorkerProof::TaskPrices { prices: r.prices });
                self.raise(u64::from(cycle_time) + 1, proof);
                None
            }
        }
    }

    fn raise(&mut self, cycle_time_min: u64, proof: WorkerProof) {
        if cycle_time_min > self.low() {
            self.bound = WorkerBound { cycle_time_min, proof };
        }
    }

    fn offer(&mut self, found: WorkerAssignment, budget: &Budget<'_, '_>) {
        let reached = found.cycle_time(self.line);
        assert!(found.fits(self.line, self.high as u32), "an engine returned a line that does not hold");
        if reached < self.high {
            self.high = reached;
            self.best = Some(found);
            budget.tell(format!("at least {}, reached {reached}", self.low()));
        }
    }

    fn by_beam(&mut self, cycle_time: u64, width: Width, budget: &mut Budget<'_, '_>) -> Answer {
        let Some(table) = self.table(cycle_time, budget) else { return Answer::No };
        let prices = self.shaken();
        let width = Width { lookahead: self.lookahead(), ..width };
        if let Some(found) = beam::search::<W>(self.line, &table, &prices, width, budget) {
            self.offer(found, budget);
            return Answer::Yes;
        }
        let reversed = self.reversed.clone();
        if let Some(found) = beam::search::<W>(&reversed, &table, &prices, width, budget) {
            self.offer(found.mirrored(), budget);
            return Answer::Yes;
        }
        Answer::Open
    }

    fn by_search(&mut self, cycle_time: u64, slice: u64, budget: &mut Budget<'_, '_>) -> Answer {
        let Some(table) = self.table(cycle_time, budget) else { return Answer::No };
        let (line, reversed) = (self.line.clone(), self.reversed.clone());
        let memory = self.options.memory_bytes_max / 2;
        let mut engines = [
            (SearchEngine::Forward, Remember::<W>::new(&line, &table, &self.prices, memory)),
            (SearchEngine::Backward, Remember::<W>::new(&reversed, &table, &self.prices, memory)),
        ];
        let mut ended = [Ended::Paused; 2];
        let mut part = slice / 8;
        let mut left = slice;
        while left > 0 && !budget.is_over() && ended.contains(&Ended::Paused) {
            for (at, (kind, engine)) in engines.iter_mut().enumerate() {
                if ended[at] != Ended::Paused {
                    continue;
                }
                let before = budget.spent();
                ended[at] = engine.run(budget, part);
                left = left.saturating_sub(budget.spent() - before);
                self.stats.memory_full |= ended[at] == Ended::MemoryFull;
                if let Some(found) = engine.found.take() {
                    self.stats.states += engine.states();
                    self.offer(if *kind == SearchEngine::Backward { found.mirrored() } else { found }, budget);
                    return Answer::Yes;
                }
                if ended[at] == Ended::Exhausted {
                    self.stats.states += engine.states();
                    let log = SearchLog {
                        engine: *kind,
                        work: budget.spent(),
                        nodes: engine.states(),
                        root_bound: u32::try_from(self.low()).unwrap_or(u32::MAX),
                    };
                    self.raise(cycle_time + 1, WorkerProof::Search(log));
                    return Answer::No;
                }
            }
            part = part.saturating_mul(2);
        }
        self.stats.states += engines.iter().map(|(_, e)| e.states()).sum::<u64>();
        Answer::Open
    }

    fn lookahead(&self) -> i64 {
        LOOKAHEADS[self.beams as usize % LOOKAHEADS.len()]
    }

    /// The prices, each changed by up to a tenth from the second call on: other states look best.
    fn shaken(&mut self) -> Vec<u64> {
        self.beams += 1;
        if self.beams == 1 {
            return self.prices.clone();
        }
        let random = &mut self.random;
        self.prices.iter().map(|price| (price * (900 + random.below(201)) / 1000).max(1)).collect()
    }
}
