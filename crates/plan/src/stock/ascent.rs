//! Prices for the links left out of the forest, raised where a link is broken and lowered where it has room.
//!
//! A link `i -> j` holds when for every time `t` it is true that "`promised[i] > t`" implies "`incoming[j] > t`". Each of these has a
//! multiplier of its own; their sums up to a time are the price function of the link. This is stronger than one multiplier for
//! `promised[i] <= incoming[j]`, because it prices each time apart.
//!
//! # Source
//! Held, Wolfe and Crowder 1974, Validation of subgradient optimization, Mathematical Programming 6: the step, with
//! the direction smoothed as in Barahona and Anbil 2000, The volume algorithm, Mathematical Programming 87.

use super::forest::{Forest, Prices, Solved};
use super::network::Network;

/// Part of the new direction in the smoothed one.
const FRESH: f64 = 0.4;
/// Rounds without a better bound after which steps are shortened.
const PATIENCE: u32 = 8;

/// Multipliers of the links left out, by time, and how long the next step is.
#[derive(Debug, Clone)]
pub(super) struct Multipliers {
    /// For each link left out, by time.
    levels: Vec<Vec<f64>>,
    direction: Vec<Vec<f64>>,
    scale: f64,
    stale: u32,
    /// Best bound so far, in this window.
    pub(super) best: f64,
}

impl Multipliers {
    pub(super) fn new(network: &Network<'_>, forest: &Forest) -> Self {
        let size = |link: &usize| vec![0.0; network.costs[network.links[*link].1].len()];
        let levels: Vec<Vec<f64>> = forest.left_out.iter().map(size).collect();
        Self { direction: levels.clone(), levels, scale: 1.0, stale: 0, best: f64::NEG_INFINITY }
    }

    /// Starts again in another window, from the same prices.
    pub(super) fn restart(&mut self) {
        self.direction.iter_mut().flatten().for_each(|d| *d = 0.0);
        (self.scale, self.stale, self.best) = (0.5, 0, f64::NEG_INFINITY);
    }

    /// What the multipliers add to the cost of each time.
    pub(super) fn prices(&self, network: &Network<'_>, forest: &Forest) -> Prices {
        let mut prices = Prices::none(network);
        for (link, levels) in forest.left_out.iter().zip(&self.levels) {
            let (from, to) = network.links[*link];
            let mut sum = 0.0;
            let size = prices.promised[from].len().max(prices.incoming[to].len());
            for t in 1..size {
                sum += levels.get(t - 1).copied().unwrap_or(0.0);
                if let Some(price) = prices.promised[from].get_mut(t) {
                    *price += sum;
                }
                if let Some(price) = prices.incoming[to].get_mut(t) {
                    *price -= sum;
                }
            }
        }
        prices
    }

    /// Takes a step towards `target` from what the forest answered at the present prices.
    pub(super) fn step(&mut self, network: &Network<'_>, forest: &Forest, solved: &Solved, target: f64) {
        if solved.value > self.best + 1e-7 * self.best.abs() {
            (self.best, self.stale) = (solved.value, 0);
        } else {
            self.best = self.best.max(solved.value);
            self.stale += 1;
            if self.stale >= PATIENCE {
                (self.scale, self.stale) = (self.scale * 0.7, 0);
            }
        }
        let mut norm = 0.0;
        for (at, link) in forest.left_out.iter().enumerate() {
            let (from, to) = network.links[*link];
            let (promised, incoming) = (solved.promised[from], solved.incoming[to]);
            for (t, (way, level)) in self.direction[at].iter_mut().zip(&self.levels[at]).enumerate() {
                let here = f64::from(u8::from(promised > t)) - f64::from(u8::from(incoming > t));
                *way = FRESH * here + (1.0 - FRESH) * *way;
                if *level > 0.0 || *way > 0.0 {
                    norm += *way * *way;
                }
            }
        }
        if norm <= 1e-12 {
            return;
        }
        let step = self.scale * (target - solved.value).max(0.0) / norm;
        for (levels, ways) in self.levels.iter_mut().zip(&self.direction) {
            for (level, way) in levels.iter_mut().zip(ways) {
                *level = (*level + step * way).max(0.0);
            }
        }
    }

    /// True once steps have become too short to matter.
    pub(super) fn is_tired(&self) -> bool {
        self.scale < 0.002
    }
}
