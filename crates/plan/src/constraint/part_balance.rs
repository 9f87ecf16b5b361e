//! `arrivals + opening so far  >=  use so far + kept so far`, for each bought component and site.
//!
//! Where neither a source's capacity nor stock on hand binds, purchases ride on the pieces made (`data::parts`) and no
//! row is needed. Deliveries on hand or due, at one price, need `from_stock[j] + from_stock[j+1] + .. <= use from the period of
//! j on`, and until the first order can arrive `use so far <= deliveries so far`. Otherwise `in_stock[t] = in_stock[t-1] + ordered for t + opening due in t - used`.

use crate::build::Build;
use crate::column;
use crate::key::{Group, Key, Series};
use crate::lp::Col;
use model::ids::{Component, SiteId};
use units::Quantity;

pub(super) fn add(build: &mut Build<'_>) {
    for (site, component) in column::used_parts(build) {
        if build.is_ordered(site, component) {
            add_balance(build, site, component);
        } else {
            let deliveries = build.data.parts.deliveries(site, component).unwrap_or_default();
            if !deliveries.is_empty() || kept(build, site, component, build.data.n) > 0.0 {
                add_deliveries(build, site, component, &deliveries);
            }
        }
    }
}

/// Pieces of a component that are kept at a site from before a period on: bought once, never used.
fn kept(build: &Build<'_>, site: SiteId, component: Component, before: usize) -> f64 {
    let own = rules::safety::bought(build.data.ring, site).filter(|(c, from, _)| *c == component && *from < before);
    own.map(|(_, _, pieces)| pieces.as_f64()).sum()
}

/// Pieces used in a period, as terms.
fn uses(build: &Build<'_>, site: SiteId, component: Component, t: usize) -> Vec<(Col, f64)> {
    let data = build.data;
    let mut terms = Vec::new();
    for capability in data.capabilities().into_iter().filter(|c| data.site_of(*c) == site) {
        let pieces = data.recipes[capability].pieces_of(component, t);
        if !pieces.is_zero() {
            terms.extend(build.term(Key::Make(capability, t), pieces.as_f64()));
        }
    }
    terms
}

/// What is used of a delivery and of all later ones is used from its period on; before the first order can arrive, nothing else
/// is there.
fn add_deliveries(build: &mut Build<'_>, site: SiteId, component: Component, deliveries: &[(usize, Quantity)]) {
    let data = build.data;
    for (at, (due, _)) in deliveries.iter().enumerate() {
        let mut later: Vec<(Col, f64)> = Vec::new();
        for t in *due..data.n {
            later.extend(uses(build, site, component, t).into_iter().map(|(c, f)| (c, -f)));
        }
        let rest = (at..deliveries.len()).filter_map(|j| build.term(Key::FromStock(site, component, j), 1.0));
        later.extend(rest);
        let kept_later = kept(build, site, component, data.n) - kept(build, site, component, *due);
        build.row(Group::Nature, f64::NEG_INFINITY, kept_later, later);
    }
    let mut so_far: Vec<(Col, f64)> = Vec::new();
    for t in (0..data.n).take_while(|t| data.parts.buy(component, *t).is_none()) {
        let now = uses(build, site, component, t);
        let stays = kept(build, site, component, t + 1);
        if !now.is_empty() || stays > 0.0 {
            so_far.extend(now);
            let there: f64 = deliveries.iter().filter(|(due, _)| *due <= t).map(|(_, pieces)| pieces.as_f64()).sum();
            build.row(Group::PartsInTime(component), f64::NEG_INFINITY, there - stays, so_far.clone());
        }
    }
}

fn add_balance(build: &mut Build<'_>, site: SiteId, component: Component) {
    let data = build.data;
    for t in 0..data.n {
        let mut terms: Vec<_> = uses(build, site, component, t).into_iter().map(|(c, f)| (c, -f)).collect();
        terms.extend(build.term(Key::PartStock(site, component, t), -1.0));
        if t > 0 {
            terms.extend(build.term(Key::PartStock(site, component, t - 1), 1.0));
        }
        for (supply, source) in data.parts.sources.enumerate() {
            if data.ring.supply[supply].component == component {
                let ordered = t.checked_sub(source.lag);
                terms.extend(ordered.and_then(|o| build.term(Key::Order(supply, site, o), 1.0)));
            }
        }
        let opening = data.parts.opening(site, component).and_then(|rows| rows.get(&t)).copied();
        let stays = kept(build, site, component, t + 1) - kept(build, site, component, t);
        let opening = opening.unwrap_or_default().as_f64() - stays;
        build.row_in((Series::PartStock(site, component), t), Group::PartsInTime(component), -opening, -opening, terms);
    }
}
