//! `make[c, t]  <=  sum of capacity[c, o, u](t) * lines[c, o, u]`: each line learns from its own first output on.

use crate::build::Build;
use crate::key::{Group, Key, Series};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for capability in data.capabilities() {
        for t in 0..data.n {
            let Some(make) = build.col(Key::Make(capability, t)) else {
                continue;
            };
            let mut terms = vec![(make, 1.0)];
            for (at, line) in data.lines_of(capability) {
                terms.extend(build.term(Key::Lines(at), -line.capacity_in(t).as_f64()));
            }
            build.row_in((Series::Capacity(capability), t), Group::Nature, f64::NEG_INFINITY, 0.0, terms);
        }
    }
}
