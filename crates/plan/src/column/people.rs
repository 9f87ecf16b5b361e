//! People: `there[pool, k, p]` from those who are there already, `hired[s, k, p, way]`, both whole, and `at_work[s, t]`.

use crate::build::{Build, Spend};
use crate::key::Key;
use model::ids::{SiteId, SkillId};
use model::settings::CostKind;
use rules::{cost, training};
use std::collections::BTreeSet;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let due: BTreeSet<(SiteId, SkillId, usize)> = data
        .lines
        .iter()
        .filter(|l| l.due < data.n)
        .flat_map(|l| l.people.iter().map(|(skill, _)| (l.site, *skill, l.due)))
        .collect();
    for (site, skill, ready) in &due {
        for (at, pool) in data.pools.iter().enumerate() {
            if pool.site == *site && pool.from <= *ready && pool.skills.contains(skill) {
                build.whole(Key::There(at, *skill, *ready), pool.count as f64, &[]);
            }
        }
        let row = &data.ring.skills[*skill];
        for way in training::ways(row) {
            let Some(start) = training::start(row, way, *ready) else {
                continue;
            };
            let mut spend: Vec<Spend> = vec![
                (CostKind::Hiring, start.hire_from, cost::people::hiring(data.ring, *skill)),
                (CostKind::Training, start.train_from, cost::people::training(way)),
            ];
            spend.extend(
                (start.train_from..*ready)
                    .map(|t| (CostKind::Wages, t, cost::people::wages(data.ring, &data.time, *site, *skill, t))),
            );
            build.whole(Key::Hired(*site, *skill, *ready, way.trained), f64::INFINITY, &spend);
        }
    }
    let sites: BTreeSet<SiteId> = data.lines.iter().map(|l| l.site).collect();
    for site in sites {
        for t in 0..data.n {
            build.real(Key::AtWork(site, t), data.ring.sites[site].labour_pool as f64, &[]);
        }
    }
}
