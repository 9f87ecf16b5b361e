//! What no line can beat: lower bounds on the number of stations, each with its reason.

pub mod blossom;
pub mod dual_feasible;
pub mod heads;
pub mod matching;
pub mod prices;
pub mod windows;

use crate::certificate::{Certificate, Proof};
use crate::instance::Instance;

/// The strongest bound that needs no search, cheapest proof first among equals.
///
/// `cycle_time` in ticks, at least the longest task time.
///
/// # Cost
/// About `n^2` for the weights and heads, plus one maximum matching.
#[must_use]
pub fn root(instance: &Instance, cycle_time: u32) -> Certificate {
    let counting = u64::from(instance.time_sum()).div_ceil(u64::from(cycle_time)) as u32;
    let mut best = Certificate {
        cycle_time,
        stations_min: counting.max(u32::from(instance.n_tasks() > 0)),
        proof: if counting == 0 { Proof::NotEmpty } else { Proof::Counting },
    };
    let mut offer = |stations_min: u32, proof: Proof| {
        if stations_min > best.stations_min {
            best = Certificate { cycle_time, stations_min, proof };
        }
    };
    if let Some((stations, function)) = dual_feasible::best(instance, cycle_time) {
        offer(stations, Proof::DualFeasible { function });
    }
    let matched = matching::bound(instance, cycle_time);
    offer(matched.stations_min(), Proof::Matching(matched));
    let heads = heads::Heads::new(instance, cycle_time);
    let (stations, task) = heads.bound(instance, cycle_time);
    offer(stations, Proof::HeadsAndTails { task });
    // Destructive improvement: raise the bound while its windows hold a contradiction.
    let mut stations = best.stations_min;
    while windows::refutes(instance, cycle_time, &heads, stations) {
        stations += 1;
        best = Certificate { cycle_time, stations_min: stations, proof: Proof::Windows };
    }
    best
}
