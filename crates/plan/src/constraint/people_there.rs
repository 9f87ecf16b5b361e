//! `sum of there[pool, k, p] over k and p  <=  people of the pool`: each is used once.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (at, pool) in data.pools.iter().enumerate() {
        let mut terms = Vec::new();
        for skill in &pool.skills {
            terms.extend((0..data.n).filter_map(|p| build.term(Key::There(at, *skill, p), 1.0)));
        }
        if !terms.is_empty() {
            build.row(Group::PeopleThere, f64::NEG_INFINITY, pool.count as f64, terms);
        }
    }
}
