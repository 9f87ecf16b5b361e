//! `sum of lines[c, o, u'] over o and u' <= u  <=  lines_max[c] * sum of open[s, v] over v ready by u`, and `sum of open[s, v] <= 1`.
//!
//! A line is ordered only at a site that is ready. Summing the orders so far makes the relaxation tighter than a row
//! for each order, and it says the same because sites stay open.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for site in data.ring.sites.ids() {
        let slots = || data.slots.iter().filter(move |s| s.site == site);
        let once: Vec<_> = slots().filter_map(|s| build.term(Key::Open(site, s.opened), 1.0)).collect();
        if once.is_empty() {
            continue;
        }
        let least = if rules::standing::site_ready(data.ring, site).is_some() { 1.0 } else { 0.0 };
        build.row(Group::Nature, least, 1.0, once);
        for capability in data.capabilities().into_iter().filter(|c| data.site_of(*c) == site) {
            let mut orders: Vec<usize> =
                data.lines_of(capability).filter(|(_, l)| l.stands.is_none()).map(|(_, l)| l.ordered).collect();
            orders.sort_unstable();
            orders.dedup();
            let most = most_lines(build, capability);
            for u in orders {
                let mut terms: Vec<_> = data
                    .lines_of(capability)
                    .filter(|(_, l)| l.stands.is_none() && l.ordered <= u)
                    .filter_map(|(at, _)| build.term(Key::Lines(at), 1.0))
                    .collect();
                let ready = slots().filter(|s| s.ready <= u);
                terms.extend(ready.filter_map(|s| build.term(Key::Open(site, s.opened), -most)));
                build.row(Group::Nature, f64::NEG_INFINITY, 0.0, terms);
            }
        }
    }
}

/// Lines of a row that can be had at all: `lines_max`, or as many as fit the floor.
fn most_lines(build: &Build<'_>, capability: model::ids::CapabilityId) -> f64 {
    let data = build.data;
    let highest = data.lines_of(capability).filter_map(|(at, _)| build.col(Key::Lines(at)));
    highest.map(|col| build.program.cols()[col.index()].high).fold(0.0, f64::max)
}
