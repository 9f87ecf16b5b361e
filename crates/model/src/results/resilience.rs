//! What stops cost a programme, and how long deliveries hold without what stops.

use crate::ids::*;
use crate::tables::outages::Target;
use units::Money;

/// A programme under stops: time to recover against time to survive, and what has no second source.
///
/// Looked at in the programme's last weeks, when what is ordered runs: what then leaves each day, what is on hand and
/// on its way. `docs/resilience.md` gives the model; nothing here says how likely a stop is.
#[derive(Debug, Clone, PartialEq)]
pub struct Resilience {
    /// First period of the window looked at.
    pub from: PeriodId,
    /// Longest time looked at, days.
    pub horizon_days: f64,
    /// Days for which the programme keeps up its deliveries when nothing stops; none when beyond the horizon.
    pub undisturbed_days: Option<f64>,
    /// What leaves for customers each day.
    pub rates: Vec<DeliveryRate>,
    /// Effects of stops: single ones first, in order of their targets, then pairs.
    pub stops: Vec<StopEffect>,
    /// What a stop of one supplier, site or region takes away altogether, sorted.
    pub single_sources: Vec<SingleSource>,
}

/// What a customer is handed each day.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryRate {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Pieces a day, `> 0`.
    pub pieces_day: f64,
}

/// What one stop, or two at once, do.
#[derive(Debug, Clone, PartialEq)]
pub struct StopEffect {
    /// What stops: one target or two, in order.
    pub targets: Vec<Target>,
    /// Time to recover, days: until all is back in full. None where neither `outages.csv` nor the user tells.
    pub recover_days: Option<f64>,
    /// Days of full output missed by then; what is lost is counted for these.
    pub missed_days: Option<f64>,
    /// Time to survive, days: how long every delivery holds. None when beyond the horizon.
    pub survive_days: Option<f64>,
    /// Least value of the deliveries lost, at the customers' own `unmet_cost`; known with the time to recover.
    pub lost_value: Option<Money>,
    /// Pieces lost.
    pub lost: Vec<LostDelivery>,
    /// Deliveries that end altogether once stocks are used up.
    pub ended: Vec<(CustomerId, ItemId)>,
}

/// Pieces a customer goes without.
#[derive(Debug, Clone, PartialEq)]
pub struct LostDelivery {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Pieces, `> 0`.
    pub pieces: f64,
}

/// What stops of single places do to a plan, in a few numbers: the plan's place on the frontier of cost against resilience.
///
/// Over all stops of one site or zone, docs/decide.md.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure {
    /// Stops looked at.
    pub stops: usize,
    /// Least share of the value of deliveries due until all is back that is still handed over, `0..=1`; 1 without stops.
    pub kept_worst: f64,
    /// Mean of these shares.
    pub kept_mean: f64,
    /// Fewest days for which all deliveries hold; none when they hold beyond the horizon.
    pub survive_least: Option<f64>,
    /// Sites and zones after whose stop a delivery ends altogether.
    pub single_points: usize,
    /// Items and bought components with one source only.
    pub single_sources: usize,
}

/// What has only one source.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SingleSource {
    /// An item that is made at one site only.
    Site(ItemId, SiteId),
    /// A bought component with one supplier only.
    Supplier(Component, SupplierId),
    /// A bought component with several suppliers, all of one region.
    Region(Component, String),
}

impl StopEffect {
    /// True when deliveries do not hold until all is back; false when they do, or when the time to recover is not known.
    #[must_use]
    pub fn falls_short(&self) -> bool {
        self.lost_value.is_some_and(|value| !value.is_zero())
    }

    /// True for a single stop that ends a delivery altogether.
    #[must_use]
    pub fn is_single_point_of_failure(&self) -> bool {
        self.targets.len() == 1 && !self.ended.is_empty()
    }
}
