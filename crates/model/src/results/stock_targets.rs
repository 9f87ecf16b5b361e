//! Where safety stock should stand, by guaranteed service times.

use crate::ids::*;
use units::Money;

/// Safety stock of a programme's parts and items, placed at least holding cost.
///
/// `docs/resilience.md` gives the model; `cost` and `bound` are for a year.
#[derive(Debug, Clone, PartialEq)]
pub struct StockTargets {
    /// First period of the window whose deliveries are looked at.
    pub from: PeriodId,
    /// Standard deviations of demand that stock covers, `> 0`.
    pub safety_factor: f64,
    /// Coefficient of variation of the demand of one day, `>= 0`, as the user states it.
    pub demand_variation: f64,
    /// Holding cost of all safety stock in a year.
    pub cost: Money,
    /// Least holding cost proven of any placement.
    pub bound: Money,
    /// Targets, one for each stage, suppliers first.
    pub targets: Vec<StockTarget>,
}

/// What is kept of one component at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct StockTarget {
    /// The site; none for what a customer is handed.
    pub site: Option<SiteId>,
    /// The customer, for what one is handed.
    pub customer: Option<CustomerId>,
    /// The part or item.
    pub component: Component,
    /// Days from order to arrival, or to make and ready a piece.
    pub time_days: i64,
    /// Days within which all inputs are there.
    pub incoming_days: i64,
    /// Days within which the next stage is served.
    pub promised_days: i64,
    /// Safety stock, pieces.
    pub pieces: f64,
    /// Holding cost of one piece in a year.
    pub holding: f64,
}
