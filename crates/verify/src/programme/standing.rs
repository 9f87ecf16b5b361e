//! Lines and sites that stand on the first day run: all lines of a standing row are there once, as it says; its site is open.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use rules::{people, standing};
use units::Id;

const RULE: &str = "sites and lines that stand are kept";

/// Checks every standing site and line.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for row in s.ring.standing_sites.iter() {
        if s.programme.sites.iter().all(|r| r.site != row.site) {
            faults.tell(PROGRAMME, RULE, format!("{} is open, and the programme leaves it out", s.site_name(row.site)));
        }
    }
    for row in s.programme.lines.iter() {
        let Some(id) = row.stands else { continue };
        let stands = &s.ring.standing_lines[id];
        let name = s.capability_name(row.capability);
        if (stands.capability, stands.option) != (row.capability, row.option) {
            faults.tell(PROGRAMME, RULE, format!("a line of {name} is said to stand, but another does"));
        }
        if row.ordered.index() < standing::due(s.ring, id) {
            let due = shown(standing::due(s.ring, id));
            let fact = format!("people of a standing line of {name} are due before period {due}");
            faults.tell(PROGRAMME, RULE, fact);
        }
    }
    for (id, row) in s.ring.standing_lines.enumerate() {
        let lines: i64 = s.programme.lines.iter().filter(|r| r.stands == Some(id)).map(|r| r.count).sum();
        let name = s.capability_name(row.capability);
        if lines > row.lines || lines < row.lines && can_run(s, id) {
            let fact = format!("{} standing lines of {name} are {lines} in the programme", row.lines);
            faults.tell(PROGRAMME, RULE, fact);
        }
    }
}

/// True when the people of a standing line can be there in some period.
fn can_run(s: &Subject<'_>, id: model::ids::StandingLineId) -> bool {
    let row = &s.ring.standing_lines[id];
    let site = s.site(row.capability);
    let Some(option) = rules::line::option_of(s.ring, s.designs, row.capability, row.option) else {
        return false;
    };
    let needs = people::of_line(s.ring, site, option);
    (standing::due(s.ring, id)..s.n)
        .any(|period| needs.iter().all(|(skill, _)| standing::can_be_there(s.ring, site, *skill, period)))
}
