//! The price of a worker's time: the bound that needs no precedence, from the dual of sharing tasks freely.
//!
//! For any prices `p_w >= 0` of a tick of worker `w`, all tasks together cost at least `sum_i min_w p_w t_wi`, and a
//! line of cycle time `c` has `c sum_w p_w` to spend. So `c >= sum_i min_w p_w t_wi / sum_w p_w`: a bound checked by
//! adding up, whatever the prices. The best prices are the dual of the linear relaxation of unrelated machines.
//!
//! # Source
//! The relaxation R||Cmax as a bound of ALWABP: Borba and Ritt (2014), section 3. Prices by subgradient
//! (Held, Wolfe and Crowder 1974, Mathematical Programming 6), in multiplicative steps.

use super::line::{NEVER, WorkerLine};

/// Prices add up to about this.
pub(super) const PRICE_SUM: u64 = 1 << 20;

/// Rounds of price changes.
const ROUNDS: u32 = 600;

/// The bound that prices prove, in ticks; infinite prices are never needed.
#[must_use]
pub(super) fn bound(line: &WorkerLine, prices: &[u64]) -> u64 {
    let cost: u64 = (0..line.n_tasks()).map(|task| cheapest(line, prices, task).1).sum();
    cost.div_ceil(prices.iter().sum::<u64>().max(1))
}

/// The worker who does a task at the least cost, and that cost.
fn cheapest(line: &WorkerLine, prices: &[u64], task: usize) -> (usize, u64) {
    let cost = |w: usize| match line.time(w, task) {
        NEVER => None,
        time => Some((u64::from(time) * prices[w], w)),
    };
    let (cost, worker) = (0..line.n_workers()).filter_map(cost).min().expect("every task has a worker");
    (worker, cost)
}

/// Good prices, one per worker, at least 1.
#[must_use]
pub(super) fn prices(line: &WorkerLine) -> Vec<u64> {
    let m = line.n_workers();
    let mut real = vec![1.0 / m as f64; m];
    let mut best = whole(&real);
    let mut best_bound = exact_bound(line, &best);
    for round in 0..ROUNDS {
        let prices = whole(&real);
        let value = exact_bound(line, &prices);
        if value > best_bound {
            best_bound = value;
            best = prices.clone();
        }
        let mut loads = vec![0.0; m];
        for task in 0..line.n_tasks() {
            let (worker, _) = cheapest(line, &prices, task);
            loads[worker] += f64::from(line.time(worker, task));
        }
        // Whoever has more than the bound becomes dearer.
        let mean = value.max(1e-9);
        let step = 0.25 / (1.0 + f64::from(round) / 12.0);
        for (price, load) in real.iter_mut().zip(&loads) {
            *price *= 1.0 + step * (load / mean - 1.0).clamp(-0.9, 3.0);
            *price = price.max(1e-5);
        }
        let sum: f64 = real.iter().sum();
        for price in &mut real {
            *price /= sum;
        }
    }
    best
}

fn whole(real: &[f64]) -> Vec<u64> {
    real.iter().map(|&p| ((p * PRICE_SUM as f64) as u64).max(1)).collect()
}

/// The bound before rounding up.
fn exact_bound(line: &WorkerLine, prices: &[u64]) -> f64 {
    let cost: u64 = (0..line.n_tasks()).map(|task| cheapest(line, prices, task).1).sum();
    cost as f64 / prices.iter().sum::<u64>().max(1) as f64
}
