//! `pool[t] = pool[t-1] + into_pool[t] + return_share * met back in t + repair_share * met repaired by t - met drawn in t >= 0`.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (at, account) in data.accounts.iter().enumerate().filter(|(_, a)| a.has_pool()) {
        for t in 0..data.n {
            let mut terms: Vec<_> = build.term(Key::Pool(at, t), -1.0).into_iter().collect();
            terms.extend(build.term(Key::IntoPool(at, t), 1.0));
            if t > 0 {
                terms.extend(build.term(Key::Pool(at, t - 1), 1.0));
            }
            for (exercise, draw, timing) in &account.exercises {
                let row = &data.ring.exercises[*exercise];
                let mut moved = 0.0;
                if *draw == t {
                    moved -= 1.0;
                }
                if timing.back == Some(t) {
                    moved += row.return_share.get();
                }
                if timing.repaired == Some(t) {
                    moved += row.repair_share.get();
                }
                terms.extend(build.term(Key::Draw(*exercise), moved));
            }
            let opening = account.pool.get(&t).map_or(0.0, |pieces| pieces.as_f64());
            build.row(Group::Nature, -opening, -opening, terms);
        }
    }
}
