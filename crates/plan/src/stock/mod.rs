//! Where to keep safety stock: stages that promise service times to each other, placed at least cost.
//!
//! Each stage promises the next to deliver within a whole number of periods and keeps the stock that demand up to a stated
//! bound needs over the rest of its own replenishment time: `factor * deviation * sqrt(time in + own time - time promised)`.
//! Networks may be any without a directed circle: several suppliers, several customers, and ways that part and meet again.
//!
//! # Source
//! Graves and Willems 2000, Optimizing strategic safety stock placement in supply chains, Manufacturing & Service Operations
//! Management 2(1): the model and the dynamic program over a spanning tree, equations 6 to 11, with the correction of 2003
//! (5(2)). Humair and Willems 2011, Optimizing strategic safety stock placement in general acyclic networks, Operations
//! Research 59(3): branching on service times over a tree that leaves links out.
//!
//! # Differs from the source
//! The links left out are not forgotten but priced (`forest.rs`), so that most networks are proven without branching.
//!
//! # Not handled
//! Stage times are whole and certain.

mod ascent;
mod forest;
mod network;
mod of_ring;
mod place;
mod pooling;
mod repair;
#[cfg(test)]
mod tests;
mod times;

pub use of_ring::{TargetOptions, targets};
pub use place::place;
pub use pooling::{Pooled, pooled_spreads};

/// A stage of the chain: something bought, made or moved, with the stock behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// Periods the stage itself takes.
    pub time: usize,
    /// Longest time promised to customers outside, periods; none for stages that only supply others.
    pub service_max: Option<usize>,
    /// Cost of keeping one piece of safety stock, `>= 0`.
    pub holding: f64,
    /// Safety factor times the standard deviation of the demand of one period that the stage sees, pieces, `>= 0`.
    pub spread: f64,
}

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StockOptions {
    /// Relative gap at which a placement counts as proven, `0..`.
    pub gap: f64,
    /// Most solves of the tree of links, over all nodes; the same on every machine.
    pub solves_max: u64,
}

impl Default for StockOptions {
    fn default() -> Self {
        Self { gap: 1e-9, solves_max: 4_000 }
    }
}

/// Service times and the stock they need.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Holding cost of all safety stock.
    pub cost: f64,
    /// Least cost proven of any placement, at most `cost`; the same once the placement is proven best.
    pub bound: f64,
    /// Time that each stage promises, periods.
    pub promised: Vec<usize>,
    /// Time within which each stage has what it needs, periods.
    pub incoming: Vec<usize>,
    /// Safety stock of each stage, pieces.
    pub stock: Vec<f64>,
    /// Solves of the tree of links that it took.
    pub solves: u64,
}

/// Why there is no placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A link names a stage that is not there, or leads from a stage to itself.
    NoSuchStage,
    /// The links lead back to where they started.
    Circle,
}

impl Stage {
    /// Safety stock over a net time, pieces.
    fn stock(&self, net: usize) -> f64 {
        self.spread * (net as f64).sqrt()
    }
}

impl Placement {
    /// How far the cost may be from the least, relative to it.
    #[must_use]
    pub fn gap(&self) -> f64 {
        (self.cost - self.bound) / self.cost.abs().max(1e-12)
    }
}
