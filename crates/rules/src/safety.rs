//! Least stock that a plan keeps: what, where, from which period on.

use crate::components;
use model::Ring;
use model::ids::{Component, ItemId, Node, SafetyStockId, SiteId};
use units::Quantity;

/// A row of `safety_stock.csv` as a plan keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Least {
    /// The row.
    pub row: SafetyStockId,
    /// Where.
    pub place: Node,
    /// What.
    pub component: Component,
    /// First period at whose end it is kept.
    pub from: usize,
    /// Least stock.
    pub pieces: Quantity,
}

/// Every row that matters within the horizon.
pub fn all(ring: &Ring) -> impl Iterator<Item = Least> + '_ {
    ring.safety_stock.enumerate().filter_map(move |(row, stock)| {
        let days = stock.from.days_since(ring.settings.start).max(0);
        let from = ring.settings.periods_of_days(days as f64);
        let least = Least { row, place: stock.place, component: stock.component, from, pieces: stock.quantity };
        (from < ring.settings.n_periods && !stock.quantity.is_zero()).then_some(least)
    })
}

/// Bought components kept at a site: what, from which period on, pieces.
///
/// Parts that are kept are bought once and never used: the same as a use in the first period in which they must be there.
pub fn bought(ring: &Ring, site: SiteId) -> impl Iterator<Item = (Component, usize, Quantity)> + '_ {
    let here = all(ring).filter(move |least| least.place == Node::Site(site));
    here.filter(|least| components::is_bought(ring, least.component)).map(|l| (l.component, l.from, l.pieces))
}

/// Made items kept at sites.
pub fn made(ring: &Ring) -> impl Iterator<Item = (Least, SiteId, ItemId)> + '_ {
    all(ring).filter_map(|least| match (least.place, least.component) {
        (Node::Site(site), Component::Item(item)) if !components::is_bought(ring, least.component) => {
            Some((least, site, item))
        }
        _ => None,
    })
}
