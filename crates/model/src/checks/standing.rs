//! Checks of what stands on the first day, and of the plan as it stood.

use crate::ids::PeriodId;
use crate::ring::Ring;
use crate::tables::kept::Kept;
use diag::{Code, Diagnostic, Place};
use units::Id;

pub(super) fn check_rw0234_standing_lines_can_stand(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut lines = vec![0; ring.capability.len()];
    for (id, row) in ring.standing_lines.enumerate() {
        let capability = &ring.capability[row.capability];
        let (site, item) = (&ring.sites[capability.site].key, &ring.items[capability.item].key);
        let mut tell = |column: &str, fact: String, help: &str| {
            let place = Place::cell("standing_lines", id.index(), column);
            faults.push(Diagnostic::error(Code(234), fact, help).at(place, "here"));
        };
        if ring.standing_sites.iter().all(|s| s.site != capability.site) {
            let help = "add the site to standing_sites.csv, or remove the line";
            tell("site", format!("a line for `{item}` stands at `{site}`, which is not open"), help);
        }
        if row.output_from < row.first_piece {
            let help = "let `output_from` be the day of `first_piece` or later";
            tell("output_from", format!("the output of a line for `{item}` counts before its first piece"), help);
        }
        let so_far = &mut lines[row.capability.index()];
        *so_far += row.lines;
        if *so_far > capability.lines_max {
            let fact = format!("{so_far} lines for `{item}` stand at `{site}`, {} at most", capability.lines_max);
            tell("lines", fact, "raise `lines_max` in capability.csv, or mend the number of lines");
        }
    }
    faults
}

pub(super) fn check_rw0235_kept_plan_is_in_the_horizon(ring: &Ring) -> Vec<Diagnostic> {
    let n = ring.settings.n_periods;
    let period = |kept: &Kept| -> PeriodId {
        match kept {
            Kept::Site(_, period) | Kept::Line(_, _, period, _) | Kept::Make(_, period, _) => *period,
        }
    };
    let late = ring.kept.enumerate().filter(|(_, kept)| period(kept).index() >= n);
    late.map(|(id, kept)| {
        let fact = format!("the plan as it stood decides in period {}, the ring has {n}", period(kept).index() + 1);
        Diagnostic::error(Code(235), fact, "remove the row, or lengthen the horizon")
            .at(Place::cell("kept", id.index(), "period"), "past the last period")
    })
    .collect()
}
