//! Bought components that need columns: use of stock on hand, and orders where a source's capacity binds.

use crate::build::Build;
use crate::key::Key;
use model::ids::{Component, SiteId};
use model::settings::CostKind;
use std::collections::BTreeSet;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    keep(build);
    for (site, component) in used(build) {
        if build.is_ordered(site, component) {
            for (supply, source) in data.parts.sources.enumerate() {
                if data.ring.supply[supply].component != component || build.detail.left_out.contains(&supply) {
                    continue;
                }
                for t in (0..data.n).filter(|t| source.takes[*t]) {
                    build.real(Key::Order(supply, site, t), f64::INFINITY, &[(CostKind::Parts, t, source.price)]);
                }
            }
            for t in 0..data.n {
                build.real(Key::PartStock(site, component, t), f64::INFINITY, &[]);
            }
        } else {
            let price = data.parts.one_price(component);
            for (at, (period, pieces)) in data.parts.deliveries(site, component).into_iter().flatten().enumerate() {
                let saves = [(CostKind::Parts, period, -price)];
                build.real(Key::FromStock(site, component, at), pieces.as_f64(), &saves);
            }
        }
    }
}

/// Sites and bought components that pieces made there use, or that are kept there.
pub(crate) fn used(build: &Build<'_>) -> BTreeSet<(SiteId, Component)> {
    let data = build.data;
    let rows = data.capabilities().into_iter();
    let used = rows.flat_map(|c| data.recipes[c].all_bought().map(move |part| (data.site_of(c), part)));
    let kept = data
        .ring
        .sites
        .ids()
        .flat_map(|site| rules::safety::bought(data.ring, site).map(move |(component, ..)| (site, component)));
    used.chain(kept).collect()
}

/// What parts that are kept cost, where no order has a column of its own.
fn keep(build: &mut Build<'_>) {
    let data = build.data;
    for site in data.ring.sites.ids() {
        for (component, from, pieces) in rules::safety::bought(data.ring, site) {
            if build.is_ordered(site, component) {
                continue;
            }
            match data.parts.buy(component, from) {
                Some(buy) => build.spend_always(CostKind::Parts, buy.ordered, pieces.as_f64() * buy.price),
                // Before any order can arrive: from what is there, whose column pays this back.
                None => build.spend_always(CostKind::Parts, from, pieces.as_f64() * data.parts.one_price(component)),
            }
        }
    }
}
