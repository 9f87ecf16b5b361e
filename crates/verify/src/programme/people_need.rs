//! For every site, skill and period `p`: people ready at `p` = need of the lines whose people are due at `p`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::ids::{SiteId, SkillId};
use rules::people;
use std::collections::BTreeMap;
use units::Id;

/// Checks every site, skill and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut over: BTreeMap<(SiteId, SkillId, usize), i64> = BTreeMap::new();
    for row in &s.programme.lines {
        let (site, due) = (s.site(row.capability), rules::line::people_due(s.ring, row));
        if due < s.n {
            for (skill, n) in people::of_line(s.ring, site, s.option(row.capability, row.option)) {
                *over.entry((site, skill, due)).or_default() -= n * row.count;
            }
        }
    }
    for row in &s.programme.people {
        *over.entry((row.site, row.skill, row.ready.index())).or_default() += row.people;
    }
    for ((site, skill, period), difference) in over.into_iter().filter(|(_, d)| *d != 0) {
        let word = if difference > 0 { "more" } else { "fewer" };
        let fact = format!(
            "{} people {word} of skill `{}` are ready at {} in period {} than its lines need",
            difference.abs(),
            s.ring.skills[skill].key,
            s.site_name(site),
            shown(period)
        );
        faults.tell(PROGRAMME, "people ready are those the lines of that period need", fact);
    }
}
