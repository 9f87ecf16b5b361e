//! SALBP-2: the shortest cycle time, by asking for feasibility between two bounds that close in.
//!
//! # Source
//! Scholl and Klein (1999), EJOR 114(1): search with iterated SALBP-F.
//! # Differs from the source
//! A question may stay open: each gets a slice of work, and one that stays open parts the values into a side where
//! only better lines are sought and a side where only refutations are. Slices quadruple from round to round.

use super::level::level;
use super::stations::Search;
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof};
use crate::instance::Instance;
use crate::priority::anneal::Anneal;
use crate::problem::{Assignment, Effort, Options, Outcome, Stats, Status};

/// The first slice of one question, in steps; it quadruples with every round.
pub(super) const SLICE: u64 = 400_000;

/// What annealing gets of a round, in slices of one question.
pub(super) const ANNEAL_SLICES: u64 = 4;

/// Fewer stations are searched whole, not by windows.
const LEVEL_MIN: u32 = 7;

/// `stations` at least 1.
pub(super) fn shortest(instance: &Instance, stations: u32, options: &Options, budget: &mut Budget<'_, '_>) -> Outcome {
    let mut hunt = Hunt::new(instance, stations, options);
    hunt.rules(u32::MAX, budget);
    if options.effort == Effort::Exact {
        let mut slice = SLICE;
        while hunt.is_open(u32::MAX) && !budget.is_over() {
            hunt.round(u32::MAX, slice, budget);
            hunt.anneal(u32::MAX, slice.saturating_mul(ANNEAL_SLICES), budget);
            slice = slice.saturating_mul(4);
        }
    }
    Outcome {
        status: if hunt.is_open(u32::MAX) { Status::Feasible } else { Status::Optimal },
        best: Some(hunt.best),
        bound: u64::from(hunt.low),
        certificates: hunt.certificate.into_iter().collect(),
        stats: hunt.stats,
    }
}

/// The search for the shortest cycle time with so many stations, to be continued round by round.
pub(super) struct Hunt<'a> {
    instance: &'a Instance,
    pub(super) stations: u32,
    options: &'a Options,
    /// Every station time is a multiple of this.
    unit: u32,
    /// No line is faster.
    pub(super) low: u32,
    /// Why: nothing fits `stations` stations one tick below `low`.
    pub(super) certificate: Option<Certificate>,
    pub(super) best: Assignment,
    /// The cycle time of `best`.
    pub(super) high: u32,
    pub(super) stats: Stats,
    anneal: Anneal<'a>,
}

impl<'a> Hunt<'a> {
    /// Starts from one station that does everything and the bounds that need no search.
    pub(super) fn new(instance: &'a Instance, stations: u32, options: &'a Options) -> Self {
        let best = Assignment::new(vec![0; instance.n_tasks()]);
        let mut hunt = Self {
            anneal: Anneal::new(instance, &best, stations, 0),
            instance,
            stations,
            options,
            unit: instance.times().iter().copied().fold(0, gcd).max(1),
            low: 0,
            certificate: None,
            best,
            high: instance.time_sum(),
            stats: Stats::default(),
        };
        hunt.low = hunt.first_bound();
        hunt
    }

    /// The longest task or an equal share of the work.
    fn first_bound(&mut self) -> u32 {
        let share = self.instance.time_sum().div_ceil(self.stations.max(1));
        let longest = self.instance.time_max();
        let low = share.div_ceil(self.unit) * self.unit;
        if low > 0 {
            let task = self.instance.times().iter().position(|&t| t == longest);
            // Cycle times are multiples of the unit, so the claim is about the one before.
            let (cycle_time, proof) = if longest >= low {
                (longest - 1, Proof::TaskTooLong { task: task.unwrap_or(0) as u32 })
            } else {
                (low - self.unit, Proof::Counting)
            };
            self.certificate = Some(Certificate { cycle_time, stations_min: self.stations + 1, proof });
        }
        low.max(longest)
    }

    /// True while some cycle time below both the best and `below` is neither reached nor refuted.
    pub(super) fn is_open(&self, below: u32) -> bool {
        self.low < self.high.min(below)
    }

    /// Asks bounds and rules for a good line at every probe of a bisection below `below`.
    pub(super) fn rules(&mut self, below: u32, budget: &mut Budget<'_, '_>) {
        let rules = Options { effort: Effort::Heuristic, ..self.options.clone() };
        let (mut from, mut to) = (self.low, self.high.min(below));
        while from < to && !budget.is_over() {
            let middle = self.on_grid(from + (to - from) / 2);
            from = match self.ask(middle, &rules, u64::MAX, budget) {
                Answer::Yes => from,
                Answer::No | Answer::Open => middle + self.unit,
            };
            to = to.min(self.high);
        }
    }

    /// Shakes the best line for `steps` towards cycle times below `below`.
    pub(super) fn anneal(&mut self, below: u32, steps: u64, budget: &mut Budget<'_, '_>) {
        let (low, high) = (self.low, self.high.min(below));
        if low >= high || self.stations > self.instance.n_tasks() as u32 {
            return;
        }
        let (anneal, line) = (&mut self.anneal, &self.best);
        let found = budget.within(steps, |budget| anneal.run(line, low, high, budget));
        let ended = self.anneal.line();
        self.offer(found);
        if self.stations < LEVEL_MIN {
            return;
        }
        // The best line and the one that annealing ended with; what is left over in it is often a window's worth.
        for line in [self.best.clone(), ended] {
            if self.low < self.high.min(below) {
                let (low, options) = (self.low, self.options);
                let levelled =
                    budget.within(steps, |budget| level(self.instance, &line, self.stations, low, options, budget));
                self.offer(Some(levelled));
            }
        }
    }

    fn offer(&mut self, found: Option<Assignment>) {
        let Some(found) = found else { return };
        let reached = found.cycle_time(self.instance);
        if reached < self.high {
            self.high = reached;
            self.best = found.without_gaps();
        }
    }

    /// One round of questions below `below`, each with a slice of work.
    pub(super) fn round(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        // Downwards: an open question leaves the values above it to better lines.
        let mut from = self.low;
        let mut lowest_open = self.high.min(below);
        while from < self.high.min(below) && !budget.is_over() {
            let middle = self.on_grid(from + (self.high.min(below) - 1 - from) / 2).max(from);
            from = match self.ask(middle, self.options, slice, budget) {
                Answer::Yes => from,
                Answer::No => self.low,
                Answer::Open => {
                    lowest_open = lowest_open.min(middle);
                    middle + self.unit
                }
            };
            from = from.max(self.low);
        }
        // Upwards: it leaves the values below it to refutations.
        let mut to = lowest_open.min(self.high);
        while self.low < to && !budget.is_over() {
            let middle = self.on_grid(self.low + (to - 1 - self.low) / 2);
            to = match self.ask(middle, self.options, slice, budget) {
                Answer::Yes => to.min(self.high),
                Answer::No => to,
                Answer::Open => middle,
            };
        }
    }

    /// The nearest multiple of `unit` that is not above `cycle_time`.
    fn on_grid(&self, cycle_time: u32) -> u32 {
        (cycle_time / self.unit * self.unit).max(self.low)
    }

    fn ask(&mut self, cycle_time: u32, options: &Options, slice: u64, budget: &mut Budget<'_, '_>) -> Answer {
        let mut search = Search::new(self.instance, cycle_time);
        budget.within(slice, |budget| {
            // The rules have had their say at values all around; a slice is for the search.
            if options.effort == Effort::Exact {
                search.prove(self.stations, options, budget);
            } else {
                search.run(self.stations, options, budget);
            }
        });
        self.stats.states += search.stats.states;
        self.stats.memory_full |= search.stats.memory_full;
        if search.best.stations <= self.stations {
            let reached = search.best.cycle_time(self.instance);
            if reached < self.high {
                self.high = reached;
                self.best = search.best;
            }
            return Answer::Yes;
        }
        if search.certificate.stations_min > self.stations {
            let next = cycle_time / self.unit * self.unit + self.unit;
            if next > self.low {
                self.low = next;
                self.certificate = Some(search.certificate);
            }
            return Answer::No;
        }
        Answer::Open
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Open,
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
