//! SALBP-2: the shortest cycle time, by asking for feasibility between two bounds that close in.
//!
//! # Source
//! Scholl and Klein (1999), EJOR 114(1): search with iterated SALBP-F.

use super::stations::Search;
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof};
use crate::instance::Instance;
use crate::problem::{Assignment, Effort, Options, Outcome, Stats, Status};

/// The first slice of one question, in steps; it quadruples with every round.
const SLICE: u64 = 400_000;

/// `stations` at least 1.
pub(super) fn shortest(instance: &Instance, stations: u32, options: &Options, budget: &mut Budget<'_, '_>) -> Outcome {
    let mut hunt = Hunt {
        instance,
        stations,
        options,
        unit: instance.times().iter().copied().fold(0, gcd).max(1),
        low: 0,
        certificate: None,
        best: Assignment::new(vec![0; instance.n_tasks()]),
        high: instance.time_sum(),
        stats: Stats::default(),
    };
    hunt.low = hunt.first_bound();
    hunt.run(budget);
    let best = hunt.best;
    Outcome {
        status: if hunt.low >= hunt.high { Status::Optimal } else { Status::Feasible },
        best: Some(best),
        bound: u64::from(hunt.low),
        certificates: hunt.certificate.into_iter().collect(),
        stats: hunt.stats,
    }
}

struct Hunt<'a> {
    instance: &'a Instance,
    stations: u32,
    options: &'a Options,
    /// Every station time is a multiple of this.
    unit: u32,
    /// No line is faster.
    low: u32,
    /// Why: nothing fits `stations` stations one tick below `low`.
    certificate: Option<Certificate>,
    best: Assignment,
    /// The cycle time of `best`.
    high: u32,
    stats: Stats,
}

impl Hunt<'_> {
    /// The longest task or an equal share of the work.
    fn first_bound(&mut self) -> u32 {
        let share = self.instance.time_sum().div_ceil(self.stations.max(1));
        let longest = self.instance.time_max();
        let low = share.div_ceil(self.unit) * self.unit;
        if low > 0 {
            let task = self.instance.times().iter().position(|&t| t == longest);
            let proof =
                if longest >= low { Proof::TaskTooLong { task: task.unwrap_or(0) as u32 } } else { Proof::Counting };
            self.certificate =
                Some(Certificate { cycle_time: low.max(longest) - 1, stations_min: self.stations + 1, proof });
        }
        low.max(longest)
    }

    fn run(&mut self, budget: &mut Budget<'_, '_>) {
        // Rules first: a good line at every probe of a bisection.
        let rules = Options { effort: Effort::Heuristic, ..self.options.clone() };
        let (mut from, mut to) = (self.low, self.high);
        while from < to && !budget.is_over() {
            let middle = self.on_grid(from + (to - from) / 2);
            match self.ask(middle, &rules, u64::MAX, budget) {
                Answer::Yes => to = self.high.min(middle),
                Answer::No => from = middle + self.unit,
                Answer::Open => from = middle + self.unit,
            }
            to = to.min(self.high);
        }
        if self.options.effort == Effort::Heuristic {
            return;
        }
        let mut slice = SLICE;
        while self.low < self.high && !budget.is_over() {
            // From above for better lines, from below for the proof, meeting at the last open value.
            let top = self.high - self.unit;
            let open = matches!(self.ask(top, self.options, slice, budget), Answer::Open);
            if self.low < self.high && (open || self.low < top) {
                self.ask(self.low, self.options, slice, budget);
            }
            slice = slice.saturating_mul(4);
        }
    }

    /// The nearest multiple of `unit` that is not above `cycle_time`.
    fn on_grid(&self, cycle_time: u32) -> u32 {
        (cycle_time / self.unit * self.unit).max(self.low)
    }

    fn ask(&mut self, cycle_time: u32, options: &Options, slice: u64, budget: &mut Budget<'_, '_>) -> Answer {
        let mut search = Search::new(self.instance, cycle_time);
        budget.within(slice, |budget| {
            search.run(self.stations, options, budget);
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
