//! `sum of floor[c, o] * lines[c, o, u] over all lines at s  <=  floor_m2[s]`; lines stay, so the last period says it for all.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (site, row) in data.ring.sites.enumerate() {
        let lines = data.lines.iter().enumerate().filter(|(_, l)| l.site == site && l.floor_m2 > 0.0);
        let terms: Vec<_> = lines.filter_map(|(at, l)| build.term(Key::Lines(at), l.floor_m2)).collect();
        if !terms.is_empty() {
            build.row(Group::Floor(site), f64::NEG_INFINITY, row.floor_m2 + 1e-6, terms);
        }
    }
}
