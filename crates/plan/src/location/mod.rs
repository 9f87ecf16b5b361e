//! Where to stand: classic location problems, solved to proven gaps by methods the plan's search is built from.
//!
//! A ring without time, people and stock is a location problem. These are known from the literature with their optima, so they
//! tell how good screening of sites by prices ([`capacitated()`]), cuts with a tree over sites ([`reliable()`]) and
//! few-at-a-time programs ([`two_stage()`]) are.

mod capacitated;
mod frontier;
mod knapsack;
mod one_program;
mod reliable;
#[cfg(test)]
mod tests;
mod transport;
mod tree;
mod two_stage;

pub use capacitated::{Capacitated, LocationOptions, capacitated};
pub use frontier::{FrontierPoint, frontier};
pub use one_program::capacitated_by_highs;
pub use reliable::{Reliable, Weights, reliable};
pub use two_stage::{TwoStage, TwoStageFound, TwoStageOptions, two_stage};

/// Sites to open, what that costs, and the least it could cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Located {
    /// Sites open, by number.
    pub open: Vec<bool>,
    /// Cost of opening and serving.
    pub cost: f64,
    /// Least cost proven of any choice.
    pub bound: f64,
    /// Nodes of the search tree.
    pub nodes: u64,
}

impl Located {
    /// How far the cost may be from the least, relative to it.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.cost - self.bound) / self.cost.abs().max(1e-12)
    }
}
