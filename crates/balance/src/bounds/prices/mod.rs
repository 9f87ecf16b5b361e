//! Prices of tasks such that no station is worth more than one: the best there are, by column generation.
//!
//! Give every task a price. If no set of tasks that fits one station costs more than `scale`, a line needs at least
//! `sum of prices / scale` stations. The best prices are the dual of covering the tasks by stations, a linear
//! programme whose columns are found one by one: the station that costs most at the present prices enters. Counting,
//! dual feasible functions and the fractional matching are prices too, but chosen beforehand.
//!
//! # Source
//! Gilmore and Gomory (1961), Operations Research 9(6), for cutting stock; for lines Peeters and Degraeve (2006), "An
//! linear programming based lower bound for the simple assembly line balancing problem", EJOR 168(3); the bound from
//! prices that are not yet best: Farley (1990), Operations Research 38(5).
//! # Differs from the source
//! A station is any set of tasks that fit and fit pair by pair together with what precedence forces between them.
//! Prices are rounded to whole numbers and weighed again exactly, so that no rounding enters the bound.

mod cover;
mod station;

pub use station::Stations;

use crate::budget::Budget;
use crate::instance::Instance;
use cover::Cover;

/// Prices and what a station costs at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceProof {
    /// One per task.
    pub prices: Vec<u64>,
    /// No station costs more.
    pub scale: u64,
}

impl PriceProof {
    /// Stations needed at least.
    #[must_use]
    pub fn stations_min(&self) -> u32 {
        let sum: u64 = self.prices.iter().sum();
        sum.div_ceil(self.scale.max(1)) as u32
    }
}

/// The price of a whole station before rounding.
const UNIT: f64 = 4_294_967_296.0;

/// Tasks looked at for one station.
const STEPS_PER_STATION: u64 = 400_000;

/// The largest line whose programme is solved: its inverse takes eight bytes for each two tasks.
pub const TASKS_MAX: usize = 1_200;

/// The best prices that the budget allows, or those that prove `wanted` stations as soon as there are some.
///
/// `cycle_time` in ticks, at least the longest task. None when stations hold too many tasks to find the dearest one.
#[must_use]
pub fn best(instance: &Instance, cycle_time: u32, wanted: u32, budget: &mut Budget<'_, '_>) -> Option<PriceProof> {
    let n = instance.n_tasks();
    if n == 0 || n > TASKS_MAX {
        return None;
    }
    let stations = Stations::new(instance, cycle_time);
    budget.step((n * n) as u64 / 64 + 1);
    let mut cover = Cover::new(n);
    let mut best: Option<PriceProof> = None;
    loop {
        while cover.release() {
            budget.step((n * n) as u64 / 64 + 1);
        }
        let prices: Vec<u64> = cover.prices().iter().map(|&p| (p.max(0.0) * UNIT) as u64).collect();
        let floor = UNIT as u64;
        let mut steps = STEPS_PER_STATION.min(budget.left());
        let before = steps;
        let found = stations.dearest(&prices, floor, &mut steps);
        if !budget.step(before - steps + 1) {
            return best;
        }
        let Some(found) = found else { return best };
        let scale = found.last().map_or(floor, |(value, _)| *value);
        let proof = PriceProof { prices, scale };
        // a / b > c / d
        let worth = |p: &PriceProof| p.prices.iter().sum::<u64>() as f64 / p.scale as f64;
        if best.as_ref().is_none_or(|b| worth(&proof) > worth(b)) {
            best = Some(proof);
        }
        let enough = best.as_ref().is_some_and(|b| b.stations_min() >= wanted);
        let tight = scale as f64 <= UNIT * (1.0 + 1e-6);
        if enough || tight {
            return best;
        }
        // The dearest first; those found on the way while they still pay.
        let mut entered = false;
        for (_, load) in found.iter().rev().take(8) {
            let price: f64 = load.iter().map(|&t| cover.prices()[t as usize]).sum();
            if price > 1.0 + 1e-7 {
                budget.step((n * n) as u64 / 64 + 1);
                entered |= cover.enter(load);
            }
        }
        if !entered {
            return best;
        }
    }
}
