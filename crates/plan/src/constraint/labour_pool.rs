//! `at_work[s, t] + trainees of s in t  <=  labour_pool[s]`, with `at_work[s, t] = at_work[s, t-1] + people of lines due at t`.

use crate::build::Build;
use crate::key::{Group, Key, Series};
use crate::lp::Col;
use rules::training;
use std::collections::BTreeMap;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let mut trainees: BTreeMap<(usize, usize), Vec<Col>> = BTreeMap::new();
    for (key, col) in build.columns() {
        if let Key::Hired(site, skill, ready, trained) = key {
            let row = &data.ring.skills[skill];
            let way = training::ways(row).into_iter().find(|w| w.trained == trained);
            if let Some(start) = way.and_then(|w| training::start(row, w, ready)) {
                for t in start.train_from..ready {
                    trainees.entry((units::Id::index(site), t)).or_default().push(col);
                }
            }
        }
    }
    for (site, row) in data.ring.sites.enumerate() {
        for t in 0..data.n {
            let Some(now) = build.col(Key::AtWork(site, t)) else {
                break;
            };
            let mut terms = vec![(now, 1.0)];
            if t > 0 {
                terms.extend(build.term(Key::AtWork(site, t - 1), -1.0));
            }
            for (at, line) in data.lines.iter().enumerate().filter(|(_, l)| l.site == site && l.due == t) {
                let people: i64 = line.people.iter().map(|(_, n)| n).sum();
                terms.extend(build.term(Key::Lines(at), -(people as f64)));
            }
            build.row_in((Series::AtWork(site), t), Group::Nature, 0.0, 0.0, terms);
            let mut terms: Vec<_> =
                trainees.get(&(units::Id::index(site), t)).into_iter().flatten().map(|c| (*c, 1.0)).collect();
            terms.push((now, 1.0));
            let at = (Series::LabourPool(site), t);
            build.row_in(at, Group::LabourPool(site), f64::NEG_INFINITY, row.labour_pool as f64, terms);
        }
    }
}
