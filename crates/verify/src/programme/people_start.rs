//! `hire_from + hire_periods = train_from` and `train_from + training = ready`, in a way that exists; both at 0 or later.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::results::programme::Trained;
use rules::training::{self, Start};
use units::Id;

/// Checks every row of people.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for row in &s.programme.people {
        let skill = &s.ring.skills[row.skill];
        let ready = row.ready.index();
        let is = match row.trained {
            Trained::Already => Some(Start { hire_from: ready, train_from: ready }),
            by => training::ways(skill)
                .into_iter()
                .find(|w| w.trained == by)
                .and_then(|way| training::start(skill, way, ready)),
        };
        let said = Start { hire_from: row.hire_from.index(), train_from: row.train_from.index() };
        if is != Some(said) {
            let is = is.map_or_else(
                || "cannot be ready then".to_owned(),
                |i| format!("start in {} and {}", shown(i.hire_from), shown(i.train_from)),
            );
            let fact = format!(
                "people of skill `{}` ready at {} in period {} are hired from {} and trained from {}; they {is}",
                skill.key,
                s.site_name(row.site),
                shown(ready),
                shown(said.hire_from),
                shown(said.train_from)
            );
            faults.tell(PROGRAMME, "hiring and training end when people are ready", fact);
        }
    }
}
