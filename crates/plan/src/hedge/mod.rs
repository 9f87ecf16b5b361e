//! Sites, lines and people decided before anybody knows what will stop: the expected cost over futures, and its tail.
//!
//! Two stages. Sites, lines and people are decided once; what is made, sent, bought, kept and delivered is decided in each
//! [`Future`], knowing its stops. The first stage is found by cuts: each future, asked what a first stage costs it,
//! answers with its cost and with how that changes for every site and line, which bounds its cost from below everywhere.
//!
//! # Source
//! Van Slyke and Wets 1969, SIAM J. Applied Math. 17(4), and Birge and Louveaux 1988, EJOR 34(3), for a cut for each future;
//! Ben-Ameur and Neto 2007, Acceleration of cutting-plane and column generation algorithms, Networks 49(1), for asking
//! between the best point and the master's point.
//!
//! # Differs from the source
//! Cuts are taken at relaxed points first, and then at whole ones: HiGHS solves the master with whole columns anew each
//! time, because it takes no cuts while it searches.
//!
//! # Not handled
//! Futures are known as a whole when the second stage is decided (two stages, not many). Contracts, workshare and ceilings
//! are rules for the undisturbed ring; in a future, what is not delivered has the customers' price. Smallest lots as in
//! the plan: placed afterwards.

mod future;
mod master;
mod monolith;
mod search;
mod split;
#[cfg(test)]
mod tests;
mod workers;

pub use future::{Future, Stop, enumerated, sampled, targets};
pub use search::{costs_in, hedge, monolith};

use crate::problem::FirstStage;
use model::results::Status;

/// How much the worst futures weigh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tail {
    /// Weight of the mean of the worst futures in the objective, `0..=1`; the rest is the expected cost.
    pub weight: f64,
    /// Share of the futures that counts as the worst, above 0 and at most 1.
    pub share: f64,
}

/// How hard to try.
#[derive(Debug, Clone, PartialEq)]
pub struct HedgeOptions {
    /// Relative gap between objective and bound at which the search ends, `0..1`.
    pub gap: f64,
    /// Most rounds of cuts at relaxed points, and most at whole ones.
    pub rounds_max: u32,
    /// Most simplex iterations of one master with whole columns.
    pub iterations_max: u64,
    /// How much the worst futures weigh.
    pub tail: Tail,
    /// Threads; they change the time, not the result.
    pub threads: usize,
}

impl Default for HedgeOptions {
    fn default() -> Self {
        let tail = Tail { weight: 0.0, share: 0.1 };
        Self { gap: 0.01, rounds_max: 100, iterations_max: 100_000, tail, threads: 2 }
    }
}

/// Work done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HedgeStats {
    /// First-stage columns, and those of them that take whole values.
    pub first: (usize, usize),
    /// Columns and rows of one future.
    pub future: (usize, usize),
    /// Rounds of cuts at relaxed points, and at whole ones.
    pub rounds: (u32, u32),
    /// Cuts in the end.
    pub cuts: usize,
}

/// A first stage that is good over the futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Hedged {
    /// How the search ended.
    pub status: Status,
    /// Sites and lines.
    pub first: FirstStage,
    /// Values of the first stage's columns, for [`costs_in`].
    point: Vec<f64>,
    /// Cost of the first stage.
    pub cost_first: f64,
    /// Expected cost of the second stage.
    pub cost_expected: f64,
    /// Mean cost of the second stage over the worst share of the futures.
    pub cost_tail: f64,
    /// Objective: first stage, and expected cost and tail by their weights.
    pub objective: f64,
    /// Least objective proven.
    pub bound: f64,
    /// Cost of the second stage in each future.
    pub costs: Vec<f64>,
    /// Work done.
    pub stats: HedgeStats,
}

impl Hedged {
    /// Objective less bound, over the objective; 0 when both are 0.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.objective.abs() <= 0.0 { 0.0 } else { ((self.objective - self.bound) / self.objective.abs()).max(0.0) }
    }
}
