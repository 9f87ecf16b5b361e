//! `sum of qualified[s, i] over s  >=  qualified_sites_min`, with `qualified[s, i] <= 1` and `<= lines at s that make i, approved in the horizon`.

use crate::build::Build;
use crate::data::Line;
use crate::key::{Group, Key};
use crate::lp::Col;
use model::tables::capability::LineType;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let least = data.ring.settings.qualified_sites_min as f64;
    for (item, _) in data.ring.made_within(data.ring.settings.product) {
        let mut sites: Vec<(Col, f64)> = Vec::new();
        for site in data.ring.sites.ids() {
            let holds = |capability| {
                let row = &data.ring.capability[capability];
                row.item == item
                    || row.line_type == LineType::Complete
                        && data.ring.made_within(row.item).iter().any(|(i, _)| *i == item)
            };
            // A line that stands may come to count too late, when its people do.
            let in_time = |l: &Line| l.timing.output_from < data.ring.settings.n_periods;
            let own =
                data.lines.iter().enumerate().filter(|(_, l)| l.site == site && in_time(l) && holds(l.capability));
            let mut terms: Vec<_> = own.filter_map(|(at, _)| build.term(Key::Lines(at), -1.0)).collect();
            if terms.is_empty() {
                continue;
            }
            let share = build.real(Key::Qualified(site, item), 1.0, &[]);
            sites.push((share, 1.0));
            terms.push((share, 1.0));
            build.row(Group::Nature, f64::NEG_INFINITY, 0.0, terms);
        }
        build.row(Group::Qualified(item), least, f64::INFINITY, sites);
    }
}
