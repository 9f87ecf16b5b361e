//! What a bought component costs at the time it is used.
//!
//! Parts cost nothing to keep, so the least a piece used in a period can cost is the least price over the sources
//! that can still bring it by then; the order is placed as late as the source allows. As long as no source's capacity
//! and no stock on hand binds, this is exact, and a made piece simply carries the price of its parts.

use super::Recipe;
use model::Ring;
use model::ids::{CapabilityId, Component, SiteId, SupplyId};
use rules::{components, cost, lag};
use std::collections::{BTreeMap, BTreeSet};
use units::{IdVec, Quantity};

/// The cheapest way to have a component by a period.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Buy {
    pub(crate) supply: SupplyId,
    /// Period of the order, as late as can be.
    pub(crate) ordered: usize,
    /// Price and freight of a piece.
    pub(crate) price: f64,
}

/// A source as the plan uses it.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) lag: usize,
    /// The lag that orders leave with where they can.
    pub(crate) lag_covered: usize,
    pub(crate) price: f64,
    /// Whether it takes orders that still arrive within the horizon, by period.
    pub(crate) takes: Vec<bool>,
    pub(crate) capacity: Option<Quantity>,
}

impl Source {
    /// When to order what is needed in a period: as late as the covered lead time allows, else as early as orders are taken;
    /// none when even the mean lead time is too long.
    pub(crate) fn order_for(&self, period: usize) -> Option<usize> {
        let by = |lag: usize| (period + 1).saturating_sub(lag);
        let covered = (0..by(self.lag_covered)).rev().find(|o| self.takes[*o]);
        covered.or_else(|| (0..by(self.lag)).find(|o| self.takes[*o]))
    }
}

/// Prices and stock of bought components.
#[derive(Debug, Clone)]
pub(crate) struct Parts {
    pub(crate) sources: IdVec<SupplyId, Source>,
    buys: BTreeMap<Component, Vec<Option<Buy>>>,
    /// Stock there or due, by site, component and period.
    opening: BTreeMap<(SiteId, Component), BTreeMap<usize, Quantity>>,
}

impl Parts {
    pub(crate) fn new(ring: &Ring, recipes: &IdVec<CapabilityId, Recipe>) -> Self {
        let n = ring.settings.n_periods;
        let sources: IdVec<SupplyId, Source> = ring
            .supply
            .enumerate()
            .map(|(id, row)| {
                let lag = lag::of_order(ring, id);
                let takes = (0..n).map(|t| t + lag < n && lag::takes_orders(ring, id, t)).collect();
                let lag_covered = lag::of_order_covered(ring, id);
                Source { lag, lag_covered, price: cost::flow::parts(ring, id), takes, capacity: row.capacity }
            })
            .collect();
        let bought: BTreeSet<Component> = recipes.iter().flat_map(Recipe::all_bought).collect();
        let mut buys: BTreeMap<Component, Vec<Option<Buy>>> = BTreeMap::new();
        for component in bought {
            let own: Vec<SupplyId> =
                ring.supply.enumerate().filter(|(_, s)| s.component == component).map(|(id, _)| id).collect();
            let best = |t: usize| {
                let mut best: Option<Buy> = None;
                for supply in &own {
                    let source = &sources[*supply];
                    if let Some(ordered) = source.order_for(t)
                        && best.is_none_or(|b| source.price < b.price)
                    {
                        best = Some(Buy { supply: *supply, ordered, price: source.price });
                    }
                }
                best
            };
            buys.insert(component, (0..n).map(best).collect());
        }
        let mut opening: BTreeMap<(SiteId, Component), BTreeMap<usize, Quantity>> = BTreeMap::new();
        for site in ring.sites.ids() {
            for (component, period, pieces) in lag::opening_stock(ring, site) {
                if components::is_bought(ring, component) && !pieces.is_zero() {
                    *opening.entry((site, component)).or_default().entry(period).or_default() += pieces;
                }
            }
        }
        Self { sources, buys, opening }
    }

    /// The cheapest way to have a component by a period; none when no source brings it by then.
    pub(crate) fn buy(&self, component: Component, period: usize) -> Option<Buy> {
        self.buys.get(&component)?[period]
    }

    /// Stock on hand or due at a site, by period.
    pub(crate) fn opening(&self, site: SiteId, component: Component) -> Option<&BTreeMap<usize, Quantity>> {
        self.opening.get(&(site, component))
    }

    /// Stock on hand or due by delivery, when the component costs the same in every period in which it can be had.
    ///
    /// Such stock needs a column for each delivery instead of one for each period: it saves its price for every piece used of
    /// it. None where nothing is there or due.
    pub(crate) fn deliveries(&self, site: SiteId, component: Component) -> Option<Vec<(usize, Quantity)>> {
        let rows = self.opening(site, component)?;
        let mut prices = self.buys.get(&component)?.iter().flatten().map(|b| b.price);
        let first = prices.next();
        let same = prices.all(|p| Some(p) == first);
        same.then(|| rows.iter().map(|(period, pieces)| (*period, *pieces)).collect())
    }

    /// The one price of a component that [`Parts::deliveries`] speaks of; zero when nobody supplies it in time.
    pub(crate) fn one_price(&self, component: Component) -> f64 {
        self.buys.get(&component).and_then(|b| b.iter().flatten().next()).map_or(0.0, |b| b.price)
    }
}
