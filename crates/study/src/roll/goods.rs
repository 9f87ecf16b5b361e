//! Pieces and parts that are at sites on the day, and those on their way.

use super::At;
use model::ids::{Component, ItemId, Node, SiteId};
use model::tables::opening::Opening;
use rules::{components, lag};
use std::collections::BTreeMap;
use units::{Id, Quantity};

impl At<'_> {
    /// `opening.csv` of the day.
    pub(super) fn opening(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for ((site, component), pieces) in self.stock() {
            rows.push(self.row("stock", &self.ring().sites[site].key, self.ring().component_key(component), pieces));
        }
        for row in self.ring().opening.iter() {
            if let Opening::Experience(site, item, pieces) = row {
                let (site, item) = (&self.ring().sites[*site].key, &self.ring().items[*item].key);
                rows.push(self.row("experience", site, item, *pieces));
            }
        }
        rows.extend(self.people_there());
        rows.extend(self.with_customers());
        rows
    }

    /// `under_way.csv` of the day.
    pub(super) fn under_way(&self) -> Vec<Vec<String>> {
        let mut due: BTreeMap<(SiteId, Component, usize), Quantity> = BTreeMap::new();
        for site in self.ring().sites.ids() {
            for (component, period, pieces) in lag::opening_stock(self.ring(), site) {
                if period >= self.periods {
                    *due.entry((site, component, period)).or_default() += pieces;
                }
            }
        }
        for order in &self.before.programme.orders {
            let arrives = order.period.index() + lag::of_order(self.ring(), order.supply);
            if order.period.index() < self.periods && arrives >= self.periods {
                let component = self.ring().supply[order.supply].component;
                *due.entry((order.site, component, arrives)).or_default() += order.quantity;
            }
        }
        for sent in &self.before.programme.shipments {
            let lane = &self.ring().lanes[sent.lane];
            let arrives = sent.period.index() + lag::of_lane(self.ring(), sent.lane);
            if let Node::Site(to) = lane.to
                && sent.period.index() < self.periods
                && arrives >= self.periods
            {
                *due.entry((to, Component::Item(sent.item), arrives)).or_default() += sent.quantity;
            }
        }
        let mut rows: Vec<Vec<String>> = due
            .into_iter()
            .filter(|(_, pieces)| !pieces.is_zero())
            .map(|((site, component, period), pieces)| {
                let (site, thing) = (&self.ring().sites[site].key, self.ring().component_key(component));
                self.coming("goods", site, thing, period, pieces)
            })
            .collect();
        rows.extend(self.people_in_training());
        rows.extend(self.to_customers());
        rows
    }

    /// What lies at each site at the end of the period before the day, zeroes left out.
    fn stock(&self) -> BTreeMap<(SiteId, Component), Quantity> {
        let ring = self.ring();
        let mut parts: BTreeMap<(SiteId, Component), i128> = BTreeMap::new();
        let mut add = |site, component, millionths: i128| *parts.entry((site, component)).or_default() += millionths;
        let wide = |pieces: Quantity| i128::from(pieces.ticks());
        for site in ring.sites.ids() {
            let there = lag::opening_stock(ring, site).filter(|(_, period, _)| *period < self.periods);
            there.for_each(|(component, _, pieces)| add(site, component, wide(pieces) * 1_000));
        }
        for order in &self.before.programme.orders {
            if order.period.index() + lag::of_order(ring, order.supply) < self.periods {
                add(order.site, ring.supply[order.supply].component, wide(order.quantity) * 1_000);
            }
        }
        for made in self.before.programme.make.iter().filter(|m| m.period.index() < self.periods) {
            let row = &ring.capability[made.capability];
            let day = ring.settings.first_day(made.period.index());
            for (component, each) in components::used(ring, row.item, row.line_type, day) {
                add(row.site, component, -wide(made.quantity) * wide(each));
            }
        }
        parts.retain(|(_, component), _| components::is_bought(ring, *component));
        let whole = |millionths: i128| Quantity::from_ticks(i64::try_from(millionths.div_euclid(1_000)).unwrap_or(0));
        let mut all: BTreeMap<(SiteId, Component), Quantity> =
            parts.into_iter().map(|(place, millionths)| (place, whole(millionths))).collect();
        let last = |row: &&model::results::programme::Stock| row.period.index() + 1 == self.periods;
        for row in self.before.programme.stock.iter().filter(last) {
            let place: (SiteId, ItemId) = (row.site, row.item);
            *all.entry((place.0, Component::Item(place.1))).or_default() += row.quantity;
        }
        all.retain(|_, pieces| *pieces > Quantity::ZERO);
        all
    }

    /// A row of `opening.csv`.
    pub(super) fn row(&self, kind: &str, place: &str, thing: &str, pieces: Quantity) -> Vec<String> {
        let cells = [kind, place, thing, &pieces.to_string(), "", "as planned"];
        cells.map(str::to_owned).to_vec()
    }

    /// A row of `under_way.csv`, for a period from the old first day.
    pub(super) fn coming(&self, kind: &str, place: &str, thing: &str, period: usize, pieces: Quantity) -> Vec<String> {
        let cells = [kind, place, thing, &self.day(period), &pieces.to_string(), "as planned"];
        cells.map(str::to_owned).to_vec()
    }
}
