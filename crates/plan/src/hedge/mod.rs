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
//! Cuts are taken at relaxed points first, and then at whole ones: over few lines, then over all that may be good. HiGHS
//! solves each master with whole columns anew, because it takes no cuts while it searches. More than forty futures share columns for their costs (without a tail).
//! Of large rings the futures are first seen over blocks of periods, whose cuts hold and are cheap.
//!
//! # Not handled
//! Futures are known as a whole when the second stage is decided (two stages, not many). Contracts, workshare and ceilings
//! are rules for the undisturbed ring, which must be able to keep them; in a future, what is not delivered has the
//! customers' price. Purchases do not count against ceilings while the first stage is sought. Smallest lots as in the plan:
//! placed afterwards.

mod estimate;
mod future;
mod master;
mod monolith;
mod programme;
mod proxy;
mod search;
mod split;
mod stage;
#[cfg(test)]
mod tests;
mod trial;
mod whole;
mod workers;

pub use future::{enumerated, sampled, stated, targets};
pub use model::results::hedge::{Future, Stop, Tail};
pub use programme::{Check, programme};
pub use search::{hedge, monolith};
pub(crate) use split::detail as purchases;

use crate::problem::{FirstStage, Problem};
use crate::recourse::Fixed;
use model::results::Status;
use model::results::hedge::OutOfSample;
use trial::Trial;

/// Added to the seed of the futures a choice is made for, it gives that of futures drawn afresh.
pub const FRESH: u64 = 1_000_003;

/// How hard to try.
#[derive(Debug, Clone, PartialEq)]
pub struct HedgeOptions {
    /// Relative gap between objective and bound at which the search ends, `0..1`.
    pub gap: f64,
    /// Most rounds of cuts at relaxed points, and most at whole ones.
    pub rounds_max: u32,
    /// Most simplex iterations of one master with whole columns; one over few lines has a fifth of them.
    pub iterations_max: u64,
    /// How much the worst futures weigh.
    pub tail: Tail,
    /// Rows of a future above which cuts are first sought over blocks of periods.
    pub blocks_above: usize,
    /// Threads; they change the time, not the result.
    pub threads: usize,
    /// Sites and lines to start from, such as those of the plan that knows of no stops.
    pub start: Option<FirstStage>,
}

impl Default for HedgeOptions {
    fn default() -> Self {
        let tail = Tail { weight: 0.0, share: 0.1 };
        let blocks_above = 2_000;
        Self { gap: 0.01, rounds_max: 100, iterations_max: 100_000, tail, blocks_above, threads: 2, start: None }
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
    /// Sites, lines and people.
    fixed: Fixed,
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

/// Cost of the second stage of a first stage in other futures: the test of a hedge on futures it was not made for.
///
/// # Cost
/// One linear program a future, over the sites in use; memory for one a thread.
#[must_use]
pub fn costs_in(problem: &Problem<'_>, hedged: &Hedged, futures: &[Future], threads: usize) -> Option<Vec<f64>> {
    Trial::of(problem, &hedged.first, &hedged.fixed, threads).costs(futures)
}

/// Expected cost of a first stage in futures drawn afresh, first stage included, with its 95 % interval.
#[must_use]
pub fn out_of_sample(
    problem: &Problem<'_>,
    hedged: &Hedged,
    (seed, count): (u64, u32),
    threads: usize,
) -> Option<OutOfSample> {
    trial::out_of_sample(&Trial::of(problem, &hedged.first, &hedged.fixed, threads), None, seed, count)
}
