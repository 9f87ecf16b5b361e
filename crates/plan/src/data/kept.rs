//! The plan as it stood: what a new plan keeps, and what moving from it costs.

use model::Ring;
use rules::moves::{self, Decision};
use std::collections::BTreeMap;
use units::Quantity;

/// The plan to keep, where the ring has one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kept {
    plan: BTreeMap<Decision, Quantity>,
    /// Frozen decisions that cannot stay, and what is left of them.
    pub(crate) given_way: BTreeMap<Decision, Quantity>,
    /// First period that is not frozen.
    pub(crate) free_from: usize,
    /// Most moves from there on.
    pub(crate) moves_max: Option<i64>,
    /// Cost of each.
    pub(crate) move_cost: f64,
    /// Whether a plan is kept at all.
    pub(crate) is_kept: bool,
}

impl Kept {
    pub(crate) fn new(ring: &Ring) -> Self {
        if !moves::has_kept_plan(ring) {
            return Self::default();
        }
        let n = ring.settings.n_periods;
        Self {
            plan: moves::kept(ring),
            given_way: BTreeMap::new(),
            free_from: (0..n).find(|t| !moves::is_frozen(ring, *t)).unwrap_or(n),
            moves_max: ring.settings.moves_max,
            move_cost: ring.settings.move_cost.as_f64(),
            is_kept: true,
        }
    }

    /// How many the plan to keep decides.
    pub(crate) fn planned(&self, decision: Decision) -> Quantity {
        self.plan.get(&decision).copied().unwrap_or_default()
    }

    /// What a frozen decision is held at.
    pub(crate) fn held(&self, decision: Decision) -> Quantity {
        self.given_way.get(&decision).copied().unwrap_or_else(|| self.planned(decision))
    }

    /// All decisions of the plan to keep, in order.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Decision, Quantity)> + '_ {
        self.plan.iter().map(|(decision, quantity)| (*decision, *quantity))
    }

    /// True when moves are counted or cost something.
    pub(crate) fn counts(&self) -> bool {
        self.is_kept && (self.moves_max.is_some() || self.move_cost > 0.0)
    }

    /// True when a decision is frozen.
    pub(crate) fn is_frozen(&self, decision: Decision) -> bool {
        self.is_kept && decision.period() < self.free_from
    }
}
