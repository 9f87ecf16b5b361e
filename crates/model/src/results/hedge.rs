//! A programme chosen for what may stop: the futures it was weighed in, what it costs there, and how far that is proven.

use super::{Programme, Status};
use crate::ids::RecoveryId;
use crate::tables::outages::Target;
use units::Money;

/// One stop: what, from which day of the horizon on, for how many days at zero output; then recovery by its profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Stop {
    /// What stops.
    pub target: Target,
    /// First day, from 0.
    pub from: i64,
    /// Days at zero output, 1 or more.
    pub days: i64,
    /// How output comes back; none for the site's own profile.
    pub recovery: Option<RecoveryId>,
}

/// One way things may go, with its weight: what stops beside the dated outages of the ring.
#[derive(Debug, Clone, PartialEq)]
pub struct Future {
    /// Stops, in order of the ring's outages.
    pub stops: Vec<Stop>,
    /// Probability, `0..=1`; those of all futures add up to 1.
    pub weight: f64,
}

/// How much the worst futures weigh.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tail {
    /// Weight of the mean of the worst futures in the objective, `0..=1`; the rest is the expected cost.
    pub weight: f64,
    /// Share of the futures that counts as the worst, above 0 and at most 1.
    pub share: f64,
}

/// What a choice of sites, lines and people costs over futures; smallest lots and rounding are left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spread {
    /// Mean by weight.
    pub expected: Money,
    /// Mean of the worst share.
    pub worst: Money,
    /// Expected and worst by the tail's weight.
    pub objective: Money,
}

/// A future with what it costs, first stage included.
#[derive(Debug, Clone, PartialEq)]
pub struct FutureCost {
    /// What stops, and how likely that is.
    pub future: Future,
    /// Cost with the sites, lines and people chosen for the futures.
    pub cost: Money,
    /// Cost with those of the plan that knows of no stops.
    pub plain: Money,
}

/// A mean with its uncertainty, from futures that nothing was chosen for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// Mean.
    pub mean: f64,
    /// Half the width of the 95 % interval.
    pub half_width: f64,
    /// Half the width that the plain mean of the same futures would have: what the reduction of variance is worth.
    pub half_width_plain: f64,
}

impl Estimate {
    /// Full width of the interval over the mean; 0 when the mean is 0.
    #[must_use]
    pub fn width_share(&self) -> f64 {
        if self.mean.abs() <= 0.0 { 0.0 } else { 2.0 * self.half_width / self.mean.abs() }
    }
}

/// The choice tried in futures drawn afresh, the same ones for both plans.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OutOfSample {
    /// Futures drawn.
    pub futures: usize,
    /// Expected cost of the hedged choice.
    pub hedged: Estimate,
    /// What the plan that knows of no stops costs more.
    pub saved: Estimate,
}

/// A programme chosen for what may stop.
#[derive(Debug, Clone, PartialEq)]
pub struct Hedge {
    /// How the search for sites, lines and people ended.
    pub status: Status,
    /// The programme of the undisturbed ring with these sites, lines and people; its bound is that of any programme.
    pub programme: Programme,
    /// How much the worst futures weigh.
    pub tail: Tail,
    /// Over the futures, as chosen.
    pub hedged: Spread,
    /// Over the futures, with the plan that knows of no stops.
    pub plain: Spread,
    /// Least objective proven, of any choice that meets the rules of the undisturbed ring.
    pub bound: Money,
    /// Every future, in the order drawn.
    pub futures: Vec<FutureCost>,
    /// Futures drawn afresh; none when nothing was drawn.
    pub check: Option<OutOfSample>,
    /// What the reader should know, in sentences.
    pub notes: Vec<String>,
}

impl Hedge {
    /// Objective less bound, over the objective; 0 when both are 0.
    #[must_use]
    pub fn gap(&self) -> f64 {
        let (objective, bound) = (self.hedged.objective.as_f64(), self.bound.as_f64());
        if objective.abs() <= 0.0 { 0.0 } else { ((objective - bound) / objective.abs()).max(0.0) }
    }
}
