//! SALBP-E: the smallest product of stations and cycle time, by SALBP-2 for every number of stations at once.
//!
//! # Source
//! Scholl (1999), Balancing and Sequencing of Assembly Lines, section 4.4: SALBP-E as a sequence of
//! SALBP-2 with bounds on the product.
//! # Differs from the source
//! All numbers of stations take turns in growing slices of work; each is asked only for cycle times that would
//! beat the best product so far.

use super::cycle_time::{Hunt, SLICE};
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::{Assignment, Effort, Options, Outcome, Stats, Status};
use std::ops::RangeInclusive;

/// Each number of stations gets half the work of the one before it in order of promise, so often at most.
const RANKS: usize = 4;

/// The bound is the least product not ruled out; one certificate per number of stations.
pub(super) fn best(
    instance: &Instance,
    range: RangeInclusive<u32>,
    options: &Options,
    budget: &mut Budget<'_, '_>,
) -> Outcome {
    let first = (*range.start()).max(1);
    let last = (*range.end()).min(instance.n_tasks().max(1) as u32);
    let mut turns = Turns { instance, first, best: None, least: u64::MAX };
    let reversed = instance.reversed();
    let mut hunts: Vec<Hunt<'_>> = (first..=last).map(|m| Hunt::new(instance, &reversed, m, options)).collect();
    // Before any has had its turn: one station that does everything, parted.
    hunts.iter().take(1).for_each(|hunt| turns.offer(&hunt.best));
    let promise = |hunt: &Hunt<'_>| u64::from(hunt.stations) * u64::from(hunt.low);
    let mut order: Vec<usize> = (0..hunts.len()).collect();
    order.sort_by_key(|&h| (promise(&hunts[h]), h));
    // A good line often closes most of the others before they are asked.
    for h in order {
        let below = turns.below(hunts[h].stations);
        hunts[h].rules(below, budget);
        turns.offer(&hunts[h].best);
    }
    let mut slice = SLICE;
    while options.effort == Effort::Exact && !budget.is_over() {
        let mut open: Vec<usize> = (0..hunts.len()).filter(|&h| turns.is_open(&hunts[h])).collect();
        if open.is_empty() {
            break;
        }
        // The most promising product first, and most of the work for it.
        open.sort_by_key(|&h| (promise(&hunts[h]), h));
        for (rank, h) in open.into_iter().enumerate() {
            let part = slice >> rank.min(RANKS);
            turns.take(&mut hunts[h], part, budget);
        }
        slice = slice.saturating_mul(2);
    }
    let mut stats = Stats::default();
    for hunt in &hunts {
        let of_hunt = hunt.stats();
        stats.states += of_hunt.states;
        stats.memory_full |= of_hunt.memory_full;
    }
    let products = hunts.iter().map(|h| u64::from(h.stations) * u64::from(h.low));
    let bound = products.min().unwrap_or(u64::MAX).min(turns.least);
    let status = match &turns.best {
        None => Status::Infeasible,
        Some(_) if hunts.iter().any(|h| turns.is_open(h)) => Status::Feasible,
        Some(_) => Status::Optimal,
    };
    let bound = if status == Status::Optimal { turns.least } else { bound };
    Outcome {
        status,
        best: turns.best,
        bound,
        certificates: hunts.into_iter().filter_map(|h| h.certificate).collect(),
        stats,
    }
}

/// What the hunts share: the best product.
struct Turns<'a> {
    instance: &'a Instance,
    /// Fewest stations allowed.
    first: u32,
    best: Option<Assignment>,
    least: u64,
}

impl Turns<'_> {
    /// The cycle time from which on so many stations no longer beat the best product.
    fn below(&self, stations: u32) -> u32 {
        self.least.div_ceil(u64::from(stations)).min(u64::from(u32::MAX)) as u32
    }

    fn is_open(&self, hunt: &Hunt<'_>) -> bool {
        hunt.is_open(self.below(hunt.stations))
    }

    /// A number of stations has its turn: questions, then annealing and a walk.
    fn take(&mut self, hunt: &mut Hunt<'_>, slice: u64, budget: &mut Budget<'_, '_>) {
        // At the bound first: found there, no other number of stations is better.
        hunt.ask(self.below(hunt.stations), slice, budget);
        self.offer(&hunt.best);
        hunt.improve(self.below(hunt.stations), slice, budget);
        self.offer(&hunt.best);
    }

    /// A line of fewer stations than asked for counts with those it has, but no fewer than allowed.
    fn offer(&mut self, line: &Assignment) {
        let line = at_least(self.instance, line, self.first);
        let product = u64::from(line.stations) * u64::from(line.cycle_time(self.instance));
        if line.stations >= self.first && product < self.least {
            self.least = product;
            self.best = Some(line);
        }
    }
}

/// The line with stations parted until there are `stations`, as far as there are tasks: the last task of a station in
/// topological order gets the next one to itself.
fn at_least(instance: &Instance, line: &Assignment, stations: u32) -> Assignment {
    let mut line = line.clone();
    while line.stations < stations {
        let mut tasks = vec![0u32; line.stations as usize];
        for &station in &line.station_of {
            tasks[station as usize] += 1;
        }
        let Some(full) = tasks.iter().position(|&t| t > 1) else { break };
        let inside = |&&t: &&u32| line.station_of[t as usize] as usize == full;
        let Some(&last) = instance.order().iter().rev().find(inside) else { break };
        for (task, station) in line.station_of.iter_mut().enumerate() {
            *station += u32::from(*station as usize > full || task == last as usize);
        }
        line.stations += 1;
    }
    line
}
