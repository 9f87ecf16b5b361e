//! `sum of support_hours_per_line over lines away from home with first_piece <= t < first_piece + support_periods  <=  support_hours`.

use crate::build::Build;
use crate::key::{Group, Key};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let Some(most) = data.ring.settings.support_hours else {
        return;
    };
    for t in 0..data.n {
        let hours = data
            .lines
            .iter()
            .enumerate()
            .map(|(at, l)| (at, rules::support::hours(data.ring, l.site, l.support_from, t)));
        let terms: Vec<_> =
            hours.filter(|(_, h)| *h > 0.0).filter_map(|(at, h)| build.term(Key::Lines(at), h)).collect();
        if !terms.is_empty() {
            build.row(Group::Support, f64::NEG_INFINITY, most, terms);
        }
    }
}
