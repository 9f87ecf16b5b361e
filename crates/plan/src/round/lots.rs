//! Smallest lots: orders raised to them, and a last lot given up when an earlier order can hold what it was needed for.
//!
//! A lot is the least of an order and not a multiple, and parts cost nothing to keep. So as soon as a site needs more of a
//! component than one lot, nothing need be bought too much: the rest that is smaller than a lot rides on an earlier order.

use super::orders::Placed;
use crate::build::Build;
use model::ids::{Component, SiteId, SupplyId};
use std::collections::{BTreeMap, BTreeSet};

/// Orders with lots, and what they buy beyond all needs.
pub(super) struct Raised {
    pub(super) orders: Placed,
    pub(super) beyond: Option<Beyond>,
}

/// The order that buys too much.
pub(super) struct Beyond {
    /// Period and source of the last order.
    last: (usize, SupplyId),
    /// Thousandths that it buys beyond all needs.
    spare: i64,
}

/// Raises orders to the smallest lot of their source; what is too much covers the next needs. `in_lot` learns whose.
pub(super) fn raise(build: &Build<'_>, placed: Placed, in_lot: &mut BTreeSet<SupplyId>) -> Raised {
    let data = build.data;
    let lot = |supply: SupplyId| data.ring.supply[supply].lot_min.ticks();
    let sources: BTreeSet<SupplyId> = placed.keys().map(|(_, s)| *s).collect();
    if sources.iter().all(|s| lot(*s) == 0) {
        return Raised { orders: placed, beyond: None };
    }
    // In order of arrival, so that what is too much early is there for whatever comes later.
    let mut rows: Vec<(usize, usize, SupplyId, i64)> = placed
        .into_iter()
        .map(|((t, supply), pieces)| (t + data.parts.sources[supply].lag, t, supply, pieces))
        .collect();
    rows.sort();
    let (mut orders, mut spare, mut last) = (Placed::new(), 0, None);
    for (_, t, supply, pieces) in rows {
        let needed = (pieces - spare).max(0);
        spare -= pieces - needed;
        if needed == 0 {
            continue;
        }
        let ordered = needed.max(lot(supply));
        if ordered > needed {
            in_lot.insert(supply);
        }
        spare += ordered - needed;
        *orders.entry((t, supply)).or_default() += ordered;
        last = Some((t, supply));
    }
    let beyond = last.filter(|_| spare > 0).map(|last| Beyond { last, spare });
    Raised { orders, beyond }
}

/// Gives up a last order that buys too much: an earlier one at the same site takes what is needed of it, where that is
/// cheaper and within its source's capacity.
pub(super) fn give_up_last(
    build: &Build<'_>,
    (site, component): (SiteId, Component),
    beyond: &Beyond,
    all: &mut BTreeMap<(SupplyId, SiteId, usize), i64>,
    asked: &mut BTreeMap<(SupplyId, usize), i64>,
) {
    let data = build.data;
    let (period, supply) = beyond.last;
    let Some(ordered) = all.get(&(supply, site, period)).copied() else {
        return;
    };
    let needed = ordered - beyond.spare;
    let arrives = |supply: SupplyId, t: usize| t + data.parts.sources[supply].lag;
    let saved = |other: SupplyId| {
        data.parts.sources[supply].price * ordered as f64 - data.parts.sources[other].price * needed as f64
    };
    let earlier = all.keys().filter(|(other, at, t)| {
        let same = *at == site && data.ring.supply[*other].component == component;
        let another = (*other, *t) != (supply, period) && arrives(*other, *t) <= arrives(supply, period);
        let room = |most: i64| asked.get(&(*other, *t)).copied().unwrap_or(0) + needed <= most;
        same && another && data.parts.sources[*other].capacity.is_none_or(|most| room(most.ticks()))
    });
    let best = earlier.max_by(|a, b| saved(a.0).total_cmp(&saved(b.0)).then(a.2.cmp(&b.2))).copied();
    let Some(best) = best.filter(|b| saved(b.0) > 0.0) else {
        return;
    };
    all.remove(&(supply, site, period));
    *asked.entry((supply, period)).or_default() -= ordered;
    *all.entry(best).or_default() += needed;
    *asked.entry((best.0, best.2)).or_default() += needed;
}
