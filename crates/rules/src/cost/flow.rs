//! Buying parts, carrying items and storing them.

use crate::value;
use model::Ring;
use model::ids::{ItemId, LaneId, SiteId, SupplyId};

/// One piece from a source, freight included, in the period it is ordered.
#[must_use]
pub fn parts(ring: &Ring, supply: SupplyId) -> f64 {
    let row = &ring.supply[supply];
    (row.price + row.freight).as_f64()
}

/// One piece carried on a lane, in the period it is sent; spent at the site the lane starts from.
#[must_use]
pub fn transport(ring: &Ring, lane: LaneId) -> f64 {
    ring.lanes[lane].cost_unit.as_f64()
}

/// One piece of an item in stock at a site at the end of a period.
#[must_use]
pub fn holding(ring: &Ring, site: SiteId, item: ItemId) -> f64 {
    let share = ring.sites[site].holding_share_year * ring.settings.period_days as f64 / 365.0;
    value::of_item(ring, item) * share
}
