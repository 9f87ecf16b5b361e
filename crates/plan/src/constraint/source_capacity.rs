//! `sum of order[source, s, t] over s  <=  capacity[source]`.

use crate::build::Build;
use crate::key::{Group, Key, Series};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (supply, source) in data.parts.sources.enumerate() {
        let Some(most) = source.capacity else {
            continue;
        };
        for t in 0..data.n {
            let sites = data.ring.sites.ids();
            let terms: Vec<_> = sites.filter_map(|s| build.term(Key::Order(supply, s, t), 1.0)).collect();
            if !terms.is_empty() {
                let at = (Series::Source(supply), t);
                build.row_in(at, Group::SourceCapacity(supply), f64::NEG_INFINITY, most.as_f64(), terms);
            }
        }
    }
}
