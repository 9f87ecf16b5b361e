//! `sum of there[pool, k, p] + sum of hired[s, k, p, way]  =  sum of people[k] * lines due at p`, for each site, skill and `p`.
//!
//! Nobody is hired beyond what the lines need, and each line has its people when they are due.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use model::ids::{SiteId, SkillId};
use model::results::programme::Trained;
use std::collections::BTreeMap;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let mut needs: BTreeMap<(SiteId, SkillId, usize), Vec<(Col, f64)>> = BTreeMap::new();
    for (at, line) in data.lines.iter().enumerate().filter(|(_, l)| l.due < data.n) {
        for (skill, people) in &line.people {
            let term = build.term(Key::Lines(at), -(*people as f64));
            needs.entry((line.site, *skill, line.due)).or_default().extend(term);
        }
    }
    for ((site, skill, ready), mut terms) in needs {
        let pools = (0..data.pools.len()).filter(|at| data.pools[*at].site == site);
        terms.extend(pools.filter_map(|at| build.term(Key::There(at, skill, ready), 1.0)));
        let ways = [Trained::Home, Trained::Site];
        terms.extend(ways.into_iter().filter_map(|w| build.term(Key::Hired(site, skill, ready, w), 1.0)));
        build.row(Group::Nature, 0.0, 0.0, terms);
    }
}
