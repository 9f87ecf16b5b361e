//! People of a point: who is there already, who is hired and trained where.

use crate::build::Build;
use crate::key::Key;
use model::ids::{PeriodId, SiteId, SkillId};
use model::results::programme::{Staffing, Trained};
use rules::training;
use std::collections::BTreeMap;
use units::Id;

pub(super) fn staffing(build: &Build<'_>, point: &[f64]) -> Vec<Staffing> {
    let data = build.data;
    let mut there: BTreeMap<(SiteId, SkillId, usize), i64> = BTreeMap::new();
    let mut rows = Vec::new();
    for (key, col) in build.columns() {
        let people = point[col.index()].round() as i64;
        if people <= 0 {
            continue;
        }
        match key {
            Key::There(pool, skill, ready) => {
                *there.entry((data.pools[pool].site, skill, ready)).or_default() += people;
            }
            Key::Hired(site, skill, ready, trained) => {
                let row = &data.ring.skills[skill];
                let way = training::ways(row).into_iter().find(|w| w.trained == trained);
                let start = way.and_then(|w| training::start(row, w, ready));
                let start = start.expect("columns exist only for ways that start in time");
                rows.push(Staffing {
                    site,
                    skill,
                    ready: PeriodId::from_index(ready),
                    trained,
                    people,
                    hire_from: PeriodId::from_index(start.hire_from),
                    train_from: PeriodId::from_index(start.train_from),
                });
            }
            _ => {}
        }
    }
    rows.extend(there.into_iter().map(|((site, skill, ready), people)| {
        let ready = PeriodId::from_index(ready);
        Staffing { site, skill, ready, trained: Trained::Already, people, hire_from: ready, train_from: ready }
    }));
    rows.sort();
    rows
}
