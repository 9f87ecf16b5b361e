//! How long lanes and orders take, and in which periods they are to be had.

use crate::outage;
use model::Ring;
use model::ids::{Component, LaneId, SiteId, SupplyId};
use model::tables::opening::Opening;
use model::tables::under_way::UnderWay;
use units::{Date, Quantity};

/// Periods from sending on a lane to arrival.
#[must_use]
pub fn of_lane(ring: &Ring, lane: LaneId) -> usize {
    let row = &ring.lanes[lane];
    ring.settings.periods_of_days(row.days + row.border_hours / 24.0)
}

/// Periods from an order to its arrival at a site, by the mean lead time.
#[must_use]
pub fn of_order(ring: &Ring, supply: SupplyId) -> usize {
    ring.settings.periods_of_days(ring.supply[supply].lead_days)
}

/// Periods before its need at which an order should leave: `lead_days * (1 + lead_cover * lead_spread)`.
///
/// Bought parts cost nothing to keep, and a piece waits for the last of its parts: leaving as late as the mean allows would
/// have every second order arrive late. Where a source takes no order so early, it leaves as early as it can.
#[must_use]
pub fn of_order_covered(ring: &Ring, supply: SupplyId) -> usize {
    let row = &ring.supply[supply];
    ring.settings.periods_of_days(row.lead_days * (1.0 + ring.settings.lead_cover * row.lead_spread))
}

/// True when a lane carries in a period: no dated outage of it or of a site at its ends covers the first day.
#[must_use]
pub fn lane_carries(ring: &Ring, lane: LaneId, period: usize) -> bool {
    !outage::lane_is_stopped(ring, lane, ring.settings.first_day(period))
}

/// True when a source takes orders in a period: qualified on its first day, and its supplier not stopped then.
#[must_use]
pub fn takes_orders(ring: &Ring, supply: SupplyId, period: usize) -> bool {
    let (row, day) = (&ring.supply[supply], ring.settings.first_day(period));
    row.qualified_from.is_none_or(|from| from <= day)
        && row.until.is_none_or(|until| day <= until)
        && !outage::supplier_is_stopped(ring, row.supplier, day)
}

/// The period a day falls in, counting days before the horizon as the first period; none past the horizon.
#[must_use]
pub fn period_from_start(ring: &Ring, day: Date) -> Option<usize> {
    ring.settings.period_of(day.max(ring.settings.start))
}

/// What is there or on its way to a site on the first day: component, period, pieces; rows past the horizon left out.
pub fn opening_stock(ring: &Ring, site: SiteId) -> impl Iterator<Item = (Component, usize, Quantity)> + '_ {
    let there = ring.opening.iter().filter_map(move |row| match row {
        Opening::Stock(at, component, pieces, due) if *at == site => {
            let period = due.map_or(Some(0), |day| period_from_start(ring, day))?;
            Some((*component, period, *pieces))
        }
        _ => None,
    });
    let comes = ring.under_way.iter().filter_map(move |row| match row {
        UnderWay::Goods(at, component, pieces, due) if *at == site => {
            Some((*component, period_from_start(ring, *due)?, *pieces))
        }
        _ => None,
    });
    there.chain(comes)
}
