//! SALBP-E: the smallest product of stations and cycle time, by SALBP-2 over the range of stations.
//!
//! # Source
//! Scholl (1999), Balancing and Sequencing of Assembly Lines, section 4.4: SALBP-E as a sequence of
//! SALBP-2 with bounds on the product.

use super::cycle_time;
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::{Options, Outcome, Stats, Status};
use std::ops::RangeInclusive;

/// The bound is the least product not ruled out; one certificate per number of stations.
pub(super) fn best(
    instance: &Instance,
    range: RangeInclusive<u32>,
    options: &Options,
    budget: &mut Budget<'_, '_>,
) -> Outcome {
    let first = (*range.start()).max(1);
    let last = (*range.end()).min(instance.n_tasks().max(1) as u32);
    let mut outcome = Outcome {
        status: Status::Infeasible,
        best: None,
        bound: u64::MAX,
        certificates: Vec::new(),
        stats: Stats::default(),
    };
    let mut least = u64::MAX;
    for stations in first..=last {
        let share = budget.left() / u64::from(last - stations + 1);
        let found = budget.within(share, |budget| cycle_time::shortest(instance, stations, options, budget));
        outcome.bound = outcome.bound.min(u64::from(stations) * found.bound);
        outcome.certificates.extend(found.certificates);
        outcome.stats.states += found.stats.states;
        outcome.stats.memory_full |= found.stats.memory_full;
        if let Some(line) = found.best {
            // The line may use fewer stations than it may.
            let product = u64::from(line.stations) * u64::from(line.cycle_time(instance));
            let allowed = line.stations >= first;
            if allowed && product < least {
                least = product;
                outcome.best = Some(line);
            }
        }
    }
    if outcome.best.is_some() {
        outcome.status = if least <= outcome.bound { Status::Optimal } else { Status::Feasible };
    }
    outcome
}
