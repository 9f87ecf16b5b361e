//! People who are already there are used once: those of the opening table by skill, those in training once they are ready,
//! named people under one of their skills.
//!
//! Each place taken by such a person must have a person of its own: a matching of places to people, earliest first.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::ids::{SiteId, SkillId};
use model::results::programme::Trained;
use rules::people;
use units::Id;

/// Checks every site.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for site in s.ring.sites.ids() {
        let mut left: Vec<i64> = s.ring.skills.ids().map(|k| people::opening(s.ring, site, k)).collect();
        let mut crowd = Crowd::new(s, site);
        let there = s.programme.people.iter().filter(|r| r.site == site && r.trained == Trained::Already);
        for row in there {
            for _ in 0..row.people {
                let pool = &mut left[row.skill.index()];
                if *pool > 0 {
                    *pool -= 1;
                } else if !crowd.take(row.skill, row.ready.index()) {
                    let fact = format!(
                        "more people of skill `{}` count as already at {} by period {} than there are",
                        s.ring.skills[row.skill].key,
                        s.site_name(site),
                        shown(row.ready.index())
                    );
                    faults.tell(PROGRAMME, "people already there are used once", fact);
                    break;
                }
            }
        }
    }
}

/// Named people of a site and the places they take.
struct Crowd {
    /// Skills and the first period at work.
    people: Vec<(Vec<SkillId>, usize)>,
    /// Places taken: skill and period.
    places: Vec<(SkillId, usize)>,
    /// The place of each person.
    holds: Vec<Option<usize>>,
}

impl Crowd {
    fn new(s: &Subject<'_>, site: SiteId) -> Self {
        let from = |p: &model::tables::people::Person| {
            let days = p.from.map_or(0, |day| day.days_since(s.ring.settings.start).max(0));
            s.ring.settings.periods_of_days(days as f64)
        };
        let here = s.ring.people.iter().filter(|p| p.site == site);
        let mut people: Vec<_> = here.map(|p| (p.skills.clone(), from(p))).collect();
        for (skill, _, count, from) in rules::standing::trainees(s.ring, site) {
            people.extend((0..count).map(|_| (vec![skill], from)));
        }
        Self { holds: vec![None; people.len()], people, places: Vec::new() }
    }

    /// Finds a person for one more place, moving others along an augmenting path; false when there is none.
    fn take(&mut self, skill: SkillId, period: usize) -> bool {
        self.places.push((skill, period));
        let mut seen = vec![false; self.people.len()];
        let found = self.seat(self.places.len() - 1, &mut seen);
        if !found {
            self.places.pop();
        }
        found
    }

    fn seat(&mut self, place: usize, seen: &mut [bool]) -> bool {
        let (skill, period) = self.places[place];
        for person in 0..self.people.len() {
            let (skills, from) = &self.people[person];
            if seen[person] || *from > period || !skills.contains(&skill) {
                continue;
            }
            seen[person] = true;
            if self.holds[person].is_none_or(|other| self.seat(other, seen)) {
                self.holds[person] = Some(place);
                return true;
            }
        }
        false
    }
}
