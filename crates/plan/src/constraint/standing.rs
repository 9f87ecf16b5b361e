//! `sum of lines[k, u] over u  =  lines of the standing row k`, `u` the period in which their people are there.
//!
//! Lines that stand run; where nobody can ever be at them there is no column and no row.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (id, row) in data.ring.standing_lines.enumerate() {
        let own = data.lines.iter().enumerate().filter(|(_, l)| l.stands == Some(id));
        let terms: Vec<(Col, f64)> = own.filter_map(|(at, _)| build.term(Key::Lines(at), 1.0)).collect();
        if !terms.is_empty() {
            let all = row.lines as f64;
            build.row(Group::Standing(id), all, all, terms);
        }
    }
}
