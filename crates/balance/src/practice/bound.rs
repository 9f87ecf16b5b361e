//! What the tasks left must cost at least: the floors of all aims, kept as running sums.

use super::aim::{Aim, Floor};
use super::job::{AIMS_MAX, Job};
use super::memory::Costs;
use crate::bits::ones;

/// The floors of the first aims of a job.
#[derive(Debug)]
pub(super) struct Bounds<'a> {
    aims: Vec<&'a dyn Aim>,
    floors: Vec<Vec<Floor>>,
    terms: usize,
    times: &'a [u32],
    copies_first: bool,
}

/// Weights of a set of tasks, term by term, and its ticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sums {
    time: u64,
    weights: Vec<u64>,
}

impl<'a> Bounds<'a> {
    /// For the first `levels` aims.
    pub(super) fn new(job: &Job<'a>, levels: usize) -> Self {
        let aims: Vec<&dyn Aim> = job.aims[..levels].to_vec();
        let floors: Vec<Vec<Floor>> = aims.iter().map(|a| a.floors(job)).collect();
        let terms = floors.iter().flatten().map(|f| f.terms.len()).sum();
        let copies_first = aims.first().is_some_and(|a| a.counts_copies());
        Self { aims, floors, terms, times: job.instance.times(), copies_first }
    }

    /// The sums of a set of tasks.
    pub(super) fn sums(&self, set: &[u64]) -> Sums {
        let mut sums = Sums { time: 0, weights: vec![0; self.terms] };
        for task in ones(set) {
            sums.time += u64::from(self.times[task]);
            for (sum, term) in sums.weights.iter_mut().zip(self.each_term()) {
                *sum += term.weight[task];
            }
        }
        sums
    }

    fn each_term(&self) -> impl Iterator<Item = &super::aim::Term> {
        self.floors.iter().flatten().flat_map(|f| &f.terms)
    }

    /// The sums without some tasks.
    pub(super) fn less(&self, sums: &Sums, tasks: &[u32]) -> Sums {
        let mut rest = sums.clone();
        for &task in tasks {
            rest.time -= u64::from(self.times[task as usize]);
            for (sum, term) in rest.weights.iter_mut().zip(self.each_term()) {
                *sum -= term.weight[task as usize];
            }
        }
        rest
    }

    /// `spent` and the least that the rest adds, aim by aim; `best` is the best line known.
    pub(super) fn total(&self, spent: &Costs, rest: &Sums, best: Option<&Costs>) -> Costs {
        let mut total = *spent;
        let mut at = 0;
        for (level, floors) in self.floors.iter().enumerate() {
            let mut least = 0;
            for floor in floors {
                let weights = &rest.weights[at..at + floor.terms.len()];
                least = floor.terms.iter().zip(weights).map(|(term, &w)| term.at(w)).sum::<u64>().max(least);
                at += floor.terms.len();
            }
            // Where copies come first, a line that may still be best has exactly the copies left that the best one has.
            if let (true, 1.., Some(best)) = (self.copies_first, level, best) {
                let copies = best[0].saturating_sub(spent[0]);
                least = least.max(self.aims[level].floor_in_copies(rest.time, copies));
            }
            total[level] += least;
        }
        total
    }

    /// About what a line through here will cost, in shares of what the whole line must cost; the first aim counts most.
    pub(super) fn guess(&self, spent: &Costs, rest: &Sums, root: &Costs) -> f64 {
        let mut guess = 0.0;
        let mut at = 0;
        for (level, floors) in self.floors.iter().enumerate() {
            let mut least = 0.0f64;
            for floor in floors {
                let weights = &rest.weights[at..at + floor.terms.len()];
                let sum =
                    floor.terms.iter().zip(weights).map(|(term, &w)| term.price as f64 * w as f64 / term.unit as f64);
                least = least.max(sum.sum());
                at += floor.terms.len();
            }
            guess += (spent[level] as f64 + least) / (root[level].max(1) as f64) / f64::from(1u32 << (2 * level));
        }
        guess
    }
}

/// No cost at all.
pub(super) const NOTHING: Costs = [0; AIMS_MAX];
