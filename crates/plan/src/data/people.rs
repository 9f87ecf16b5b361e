//! People who are there already, and whether others can be found and trained in time.

use model::Ring;
use model::ids::{SiteId, SkillId};
use rules::training;
use units::Id;

/// People at a site who can be counted under any one of their skills, from a period on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pool {
    pub(crate) site: SiteId,
    /// Skills they hold, the main one first.
    pub(crate) skills: Vec<SkillId>,
    /// First period at work.
    pub(crate) from: usize,
    /// How many.
    pub(crate) count: i64,
}

/// People of the opening table and named people, alike ones together.
pub(crate) fn pools(ring: &Ring) -> Vec<Pool> {
    let mut pools: Vec<Pool> = Vec::new();
    for site in ring.sites.ids() {
        for skill in ring.skills.ids() {
            let count = rules::people::opening(ring, site, skill);
            if count > 0 {
                pools.push(Pool { site, skills: vec![skill], from: 0, count });
            }
        }
    }
    for site in ring.sites.ids() {
        for (skill, _, count, from) in rules::standing::trainees(ring, site).filter(|(_, _, count, _)| *count > 0) {
            match pools.iter_mut().find(|p| (p.site, p.from) == (site, from) && p.skills == [skill]) {
                Some(pool) => pool.count += count,
                None => pools.push(Pool { site, skills: vec![skill], from, count }),
            }
        }
    }
    for person in ring.people.iter().filter(|p| !p.skills.is_empty()) {
        let first = |day| (0..ring.settings.n_periods).find(|t| ring.settings.first_day(*t) >= day);
        let Some(from) = person.from.map_or(Some(0), first) else {
            continue;
        };
        let alike = |p: &&mut Pool| (p.site, p.from) == (person.site, from) && p.skills == person.skills;
        match pools.iter_mut().find(alike) {
            Some(pool) => pool.count += 1,
            None => pools.push(Pool { site: person.site, skills: person.skills.clone(), from, count: 1 }),
        }
    }
    pools.sort_by_key(|p| (p.site.index(), p.from));
    pools
}

/// True when somebody of a skill can be ready at a site in a period: there already, or hired and trained by then.
pub(crate) fn can_be_there(ring: &Ring, pools: &[Pool], site: SiteId, skill: SkillId, ready: usize) -> bool {
    let row = &ring.skills[skill];
    let hired = training::ways(row).into_iter().any(|way| training::start(row, way, ready).is_some());
    hired || pools.iter().any(|p| p.site == site && p.from <= ready && p.skills.contains(&skill))
}
