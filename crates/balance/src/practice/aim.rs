//! What an aim of a line is: something every station costs, and what the tasks left must cost at least.

use super::job::{Job, Load, Place};
use super::rule::Sight;

/// Something to be made small; the cost of a line is the sum over its stations.
///
/// A search relies on two things, which tests check: a station without one of its tasks costs no more, and no way of
/// doing a set of tasks costs less than each of its [`Floor`]s.
pub trait Aim: std::fmt::Debug {
    /// What is counted, a word or two.
    fn name(&self) -> &'static str;

    /// What a station costs.
    fn cost(&self, load: &Load<'_>, place: Place) -> u64;

    /// Bounds on what any stations cost that hold a set of tasks.
    fn floors(&self, job: &Job<'_>) -> Vec<Floor>;

    /// A further bound for tasks of `time` ticks in exactly `copies` station copies; 0 says nothing.
    fn floor_in_copies(&self, _time: u64, _copies: u64) -> u64 {
        0
    }

    /// True when the cost counts station copies, so that what it leaves bounds the copies still to come.
    fn counts_copies(&self) -> bool {
        false
    }

    /// What of a place the cost asks for.
    fn looks_at(&self) -> Sight {
        Sight::Nothing
    }
}

/// A bound that follows from sums over tasks: the sum over terms of `price * ceil(weight of the tasks / unit)`.
#[derive(Debug, Clone)]
pub struct Floor {
    /// The terms.
    pub terms: Vec<Term>,
}

/// One term of a [`Floor`].
#[derive(Debug, Clone)]
pub struct Term {
    /// Weight of each task.
    pub weight: Vec<u64>,
    /// Weight of what costs one price, at least 1.
    pub unit: u64,
    /// The price.
    pub price: u64,
}

impl Term {
    /// The term for tasks of a total weight.
    #[must_use]
    pub fn at(&self, weight: u64) -> u64 {
        self.price * weight.div_ceil(self.unit)
    }
}

impl Floor {
    /// A bound of one term.
    #[must_use]
    pub fn one(weight: Vec<u64>, unit: u64, price: u64) -> Self {
        Self { terms: vec![Term { weight, unit: unit.max(1), price }] }
    }
}
