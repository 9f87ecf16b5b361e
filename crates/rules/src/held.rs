//! What customers hold and have accepted on the first day, and what is on its way to them.

use crate::lag;
use model::Ring;
use model::ids::{CustomerId, ItemId};
use model::tables::opening::Opening;
use model::tables::under_way::UnderWay;
use units::Quantity;

/// Units of an item that are at a customer, not handed over yet, or arrive there: period and pieces.
pub fn arriving(ring: &Ring, customer: CustomerId, item: ItemId) -> impl Iterator<Item = (usize, Quantity)> + '_ {
    let held = ring.opening.iter().filter_map(move |row| match row {
        Opening::Held(at, what, pieces) if (*at, *what) == (customer, item) => Some((0, *pieces)),
        _ => None,
    });
    let comes = ring.under_way.iter().filter_map(move |row| match row {
        UnderWay::Units(to, what, pieces, due) if (*to, *what) == (customer, item) => {
            Some((lag::period_from_start(ring, *due)?, *pieces))
        }
        _ => None,
    });
    held.chain(comes)
}

/// Units of an item in a customer's pool on the first day, or on their way back to it: period and pieces.
pub fn pool(ring: &Ring, customer: CustomerId, item: ItemId) -> impl Iterator<Item = (usize, Quantity)> + '_ {
    let there = ring.opening.iter().filter_map(move |row| match row {
        Opening::Pool(of, what, pieces) if (*of, *what) == (customer, item) => Some((0, *pieces)),
        _ => None,
    });
    let back = ring.under_way.iter().filter_map(move |row| match row {
        UnderWay::Pool(to, what, pieces, due) if (*to, *what) == (customer, item) => {
            Some((lag::period_from_start(ring, *due)?, *pieces))
        }
        _ => None,
    });
    there.chain(back)
}

/// Replenishment that a customer has accepted before the first day, all items together.
#[must_use]
pub fn accepted(ring: &Ring, customer: CustomerId) -> Quantity {
    let taken = |row: &Opening| match row {
        Opening::Accepted(by, _, pieces) if *by == customer => *pieces,
        _ => Quantity::ZERO,
    };
    ring.opening.iter().map(taken).sum()
}

/// All that a contract's floor is a share of: accepted before the first day, and due over the horizon.
#[must_use]
pub fn under_contract(ring: &Ring, customer: CustomerId) -> Quantity {
    let due: Quantity = ring.demand.iter().filter(|d| d.customer == customer).map(|d| d.quantity).sum();
    accepted(ring, customer) + due
}
