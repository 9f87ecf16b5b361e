//! Prices of the workers left, made for the tasks left: the bound of [`super::multipliers`] state by state.
//!
//! Prices that are best for the whole line are not best once some workers and tasks are gone. Any prices prove a bound,
//! so a state may have its own; they start from those of the state before and are improved by a few steps.
//!
//! # Source
//! The relaxation and the steps of [`super::multipliers`]; asking for it anew at every state is ours.
//! # Cost
//! `rounds x tasks left x workers left` multiplications.

use super::knapsack::Table;
use super::line::NEVER;
use super::multipliers::PRICE_SUM;

/// What the prices of all workers left add up to.
const SUM: f64 = PRICE_SUM as f64;

/// Improves prices of states of one line at one cycle time.
pub(super) struct Reprice {
    workers: usize,
    /// Task by task, the time of each worker; infinite where ruled out.
    times: Vec<f64>,
    loads: Vec<f64>,
    trial: Vec<f64>,
}

impl Reprice {
    pub(super) fn new(table: &Table, tasks: usize, workers: usize) -> Self {
        let time = |w: usize, t: usize| match table.of(w)[t] {
            NEVER => f64::INFINITY,
            time => f64::from(time),
        };
        let times = (0..tasks).flat_map(|t| (0..workers).map(move |w| time(w, t))).collect();
        Self { workers, times, loads: vec![0.0; workers], trial: vec![0.0; workers] }
    }

    /// Changes the prices of the workers `left` (all above zero) so that the bound for the tasks of `rest` rises;
    /// returns that bound in ticks, infinite when nobody left can do one of them. Stops early above `enough`.
    pub(super) fn improve(
        &mut self,
        rest: &[u32],
        left: &[u32],
        prices: &mut [f64],
        (rounds, pace): (u32, f64),
        enough: f64,
    ) -> f64 {
        self.trial.copy_from_slice(prices);
        scale(&mut self.trial, left);
        let mut best = f64::NEG_INFINITY;
        for round in 0..=rounds {
            for &w in left {
                self.loads[w as usize] = 0.0;
            }
            let mut cost = 0.0;
            for &task in rest {
                let times = &self.times[task as usize * self.workers..(task as usize + 1) * self.workers];
                let (mut least, mut by) = (f64::INFINITY, usize::MAX);
                for &w in left {
                    let price = times[w as usize] * self.trial[w as usize];
                    if price < least {
                        least = price;
                        by = w as usize;
                    }
                }
                if by == usize::MAX {
                    return f64::INFINITY;
                }
                cost += least;
                self.loads[by] += times[by];
            }
            let bound = cost / SUM;
            if bound > best {
                best = bound;
                prices.copy_from_slice(&self.trial);
            }
            if best > enough || round == rounds || bound <= 0.0 {
                break;
            }
            let step = pace / (1.0 + f64::from(round) / 4.0);
            for &w in left {
                let price = &mut self.trial[w as usize];
                *price *= 1.0 + step * (self.loads[w as usize] / bound - 1.0).clamp(-0.9, 2.0);
                *price = price.max(SUM / 1e5);
            }
            scale(&mut self.trial, left);
        }
        best
    }
}

/// Makes the prices of those left add up to [`SUM`].
fn scale(prices: &mut [f64], left: &[u32]) {
    let sum: f64 = left.iter().map(|&w| prices[w as usize]).sum();
    let by = SUM / sum;
    for &w in left {
        prices[w as usize] *= by;
    }
}
