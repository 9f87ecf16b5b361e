//! `sum of lines[c, o, u] over o and u  <=  lines_max[c]`.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for capability in data.capabilities() {
        let terms = data.lines_of(capability).filter_map(|(at, _)| build.term(Key::Lines(at), 1.0)).collect();
        let most = data.ring.capability[capability].lines_max as f64;
        build.row(Group::LinesMax(capability), f64::NEG_INFINITY, most, terms);
    }
}
