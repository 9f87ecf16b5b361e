//! What of the purchases a point asks to be modelled more closely: sources beyond their capacity, ceilings beyond reach.

use crate::build::{Build, Detail};
use crate::key::Key;
use model::ids::{SiteId, SupplyId};
use std::collections::BTreeMap;

/// The detail a point was made with, and what it lacks.
pub(crate) fn of_point(build: &Build<'_>, point: &[f64]) -> Detail {
    let data = build.data;
    let mut detail = build.detail.clone();
    let mut asked: BTreeMap<(SupplyId, usize), f64> = BTreeMap::new();
    let mut spent: BTreeMap<(SiteId, usize), f64> = BTreeMap::new();
    for (key, col) in build.columns() {
        let Key::Make(capability, t) = key else {
            continue;
        };
        let (made, site) = (point[col.index()], data.site_of(capability));
        for (component, each) in &data.recipes[capability].uses(t).bought {
            if build.is_ordered(site, *component) {
                continue;
            }
            if let Some(buy) = data.parts.buy(*component, t) {
                let pieces = made * each.as_f64();
                *asked.entry((buy.supply, buy.ordered)).or_insert(0.0) += pieces;
                *spent.entry((site, buy.ordered)).or_insert(0.0) += pieces * buy.price;
            }
        }
    }
    for ((supply, _), pieces) in asked {
        if data.parts.sources[supply].capacity.is_some_and(|most| pieces > most.as_f64() + 1e-6) {
            detail.ordered.insert(data.ring.supply[supply].component);
        }
    }
    let settings = &data.ring.settings;
    for ceiling in build.ceilings.iter().filter(|c| c.covers_parts() && !build.detail.parts_in_budgets) {
        let budget = &data.ring.partners[ceiling.partner].budgets[ceiling.index];
        let inside = |t: usize| (budget.from..=budget.to).contains(&settings.first_day(t));
        let other: f64 = build.terms_of(ceiling).iter().map(|(c, f)| point[c.index()] * f).sum();
        let parts: f64 = spent.iter().filter(|((_, t), _)| inside(*t)).map(|(_, amount)| amount).sum();
        let orders: f64 = build
            .columns()
            .filter_map(|(k, c)| match k {
                Key::Order(supply, _, t) if inside(t) => Some(point[c.index()] * data.parts.sources[supply].price),
                _ => None,
            })
            .sum();
        if ceiling.constant + other + parts + orders > ceiling.most * (1.0 + 1e-9) {
            detail.parts_in_budgets = true;
        }
    }
    detail
}
