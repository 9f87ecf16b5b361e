//! `sum of hired[s, k, p, way] in training in t  <=  home_places`, all sites together, and `<= site_places` at each site.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use rules::training;
use std::collections::BTreeMap;

pub(super) fn add(build: &mut Build<'_>) {
    let (data, settings) = (build.data, &build.data.ring.settings);
    let mut rows: BTreeMap<(Group, usize), Vec<(Col, f64)>> = BTreeMap::new();
    for (key, col) in build.columns() {
        let Key::Hired(site, skill, ready, trained) = key else {
            continue;
        };
        let skill = &data.ring.skills[skill];
        let way = training::ways(skill).into_iter().find(|w| w.trained == trained);
        let Some(start) = way.and_then(|w| training::start(skill, w, ready)) else {
            continue;
        };
        let group = if training::takes_home_place(data.ring, site, trained) {
            Group::HomePlaces
        } else {
            Group::SitePlaces(site)
        };
        for t in start.train_from..ready {
            rows.entry((group, t)).or_default().push((col, 1.0));
        }
    }
    for ((group, t), terms) in rows {
        let most = match group {
            Group::HomePlaces => settings.home_places,
            _ => settings.site_places,
        };
        if let Some(most) = most {
            let taken = taken_already(build, group, t);
            build.row(group, f64::NEG_INFINITY, (most.as_f64() - taken).max(0.0), terms);
        }
    }
}

/// Places taken in a period by people who are in training on the first day.
fn taken_already(build: &Build<'_>, group: Group, t: usize) -> f64 {
    let ring = build.data.ring;
    let taken = ring.sites.ids().map(|site| {
        let takes = |trained| match group {
            Group::SitePlaces(at) => at == site && training::takes_site_place(ring, site, trained),
            _ => training::takes_home_place(ring, site, trained),
        };
        training::places_taken(ring, site, t, takes)
    });
    taken.sum::<i64>() as f64
}
