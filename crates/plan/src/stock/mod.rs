//! Where to keep safety stock: stages that promise service times to each other, placed at least cost.
//!
//! Each stage promises the next to deliver within a whole number of periods and keeps the stock that demand up to a stated
//! bound needs over the rest of its own replenishment time: `factor * deviation * sqrt(time in + own time - time promised)`.
//!
//! # Source
//! Graves and Willems 2000, Optimizing strategic safety stock placement in supply chains, Manufacturing & Service Operations
//! Management 2(1): the dynamic program over a spanning tree, equations 6 to 11, with the correction of 2003 (5(2)).
//!
//! # Not handled
//! Networks with a circle of links (in any direction) are refused. Stage times are whole and certain. The plan does not yet
//! read these targets.

#[cfg(test)]
mod tests;
mod tree;

pub use tree::place;

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

/// Service times and the stock they need.
#[derive(Debug, Clone, PartialEq)]
pub struct Placement {
    /// Holding cost of all safety stock: the least there is.
    pub cost: f64,
    /// Time that each stage promises, periods.
    pub promised: Vec<usize>,
    /// Time within which each stage has what it needs, periods.
    pub incoming: Vec<usize>,
    /// Safety stock of each stage, pieces.
    pub stock: Vec<f64>,
}

/// Why there is no placement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A link names a stage that is not there, or leads from a stage to itself.
    NoSuchStage,
    /// The links close a circle, or join two stages twice.
    Circle,
}

impl Stage {
    /// Safety stock over a net time, pieces.
    fn stock(&self, net: usize) -> f64 {
        self.spread * (net as f64).sqrt()
    }
}
