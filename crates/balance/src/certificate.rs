//! Why a line cannot be shorter: a claim and its proof, as plain data that others can check.

use crate::bounds::dual_feasible::DualFunction;
use crate::bounds::matching::MatchingProof;
use crate::bounds::prices::PriceProof;

/// "At `cycle_time` ticks, at least `stations_min` stations are needed", with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Cycle time of the claim, in ticks. Where a shortest cycle time is proven, it is the one below: one tick, or one
    /// greatest common divisor of the task times, of which every station time is a multiple.
    pub cycle_time: u32,
    /// Stations needed at least.
    pub stations_min: u32,
    /// The reason.
    pub proof: Proof,
}

/// Reasons, from those checked in a line of arithmetic to those that need the search again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// There is a task, so there is a station; or there is none.
    NotEmpty,
    /// The sum of task times over the cycle time, rounded up.
    Counting,
    /// The sum of weights over the station weight, rounded up.
    DualFeasible {
        /// The weighing rule.
        function: DualFunction,
    },
    /// Long tasks less the most pairs of them, with the witness that no more pairs exist.
    Matching(MatchingProof),
    /// Prices of tasks of which no station is worth more than so much.
    Prices(PriceProof),
    /// The line needed before, in and after one task.
    HeadsAndTails {
        /// The task.
        task: u32,
    },
    /// Fewer stations leave windows that cannot hold their tasks (recomputed, no witness).
    Windows,
    /// One task alone is longer than the cycle time; no number of stations helps.
    TaskTooLong {
        /// The task.
        task: u32,
    },
    /// One station fewer was searched to exhaustion.
    Search(SearchLog),
}

/// What an exhausted search looked at, enough to run it again and compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchLog {
    /// The engine that finished the proof.
    pub engine: SearchEngine,
    /// Work steps of that engine.
    pub work: u64,
    /// States or nodes it opened.
    pub nodes: u64,
    /// The bound before the search, which needs no search.
    pub root_bound: u32,
}

/// The exact engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchEngine {
    /// Branch, bound and remember from the first station.
    Forward,
    /// Branch, bound and remember from the last station.
    Backward,
    /// Acyclic pairing of long tasks.
    Pairing,
}
