//! People at work on the day, and those in training.

use super::At;
use model::ids::{SiteId, SkillId};
use model::results::programme::Trained;
use rules::{people, standing};
use std::collections::BTreeMap;
use units::{Id, Quantity};

impl At<'_> {
    /// People of the opening table who stayed, and those hired since; named people stay where they are.
    pub(super) fn people_there(&self) -> Vec<Vec<String>> {
        let ring = self.ring();
        let mut there: BTreeMap<(SiteId, SkillId), i64> = BTreeMap::new();
        for site in ring.sites.ids() {
            for skill in ring.skills.ids() {
                *there.entry((site, skill)).or_default() += people::opening(ring, site, skill);
            }
            for (skill, _, people, ready) in standing::trainees(ring, site) {
                if ready <= self.periods {
                    *there.entry((site, skill)).or_default() += people;
                }
            }
        }
        for row in self.hired().filter(|row| row.ready.index() <= self.periods) {
            *there.entry((row.site, row.skill)).or_default() += row.people;
        }
        let rows = there.into_iter().filter(|(_, people)| *people > 0);
        rows.map(|((site, skill), people)| {
            self.row("people", &ring.sites[site].key, &ring.skills[skill].key, Quantity::whole(people))
        })
        .collect()
    }

    /// People who are hired and not yet at work.
    pub(super) fn people_in_training(&self) -> Vec<Vec<String>> {
        let ring = self.ring();
        let mut coming: BTreeMap<(SiteId, SkillId, Trained, usize), i64> = BTreeMap::new();
        for site in ring.sites.ids() {
            for (skill, trained, people, ready) in standing::trainees(ring, site) {
                if ready > self.periods {
                    *coming.entry((site, skill, trained, ready)).or_default() += people;
                }
            }
        }
        let begun = |row: &&model::results::programme::Staffing| {
            row.hire_from.index() < self.periods && row.ready.index() > self.periods
        };
        for row in self.hired().filter(begun) {
            *coming.entry((row.site, row.skill, row.trained, row.ready.index())).or_default() += row.people;
        }
        coming
            .into_iter()
            .map(|((site, skill, trained, ready), people)| {
                let kind = if trained == Trained::Home { "training-home" } else { "training-site" };
                let (site, skill) = (&ring.sites[site].key, &ring.skills[skill].key);
                self.coming(kind, site, skill, ready, Quantity::whole(people))
            })
            .collect()
    }

    fn hired(&self) -> impl Iterator<Item = &model::results::programme::Staffing> {
        self.before.programme.people.iter().filter(|row| row.trained != Trained::Already)
    }
}
