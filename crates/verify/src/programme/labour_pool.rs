//! Sum over skills of people at work or in training at a site <= `labour_pool`. Nobody leaves unreplaced: the last period is the most.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};

/// Checks every site.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for (site, row) in s.ring.sites.enumerate() {
        let people: i64 = s.programme.people.iter().filter(|r| r.site == site).map(|r| r.people).sum();
        if people > row.labour_pool {
            let fact = format!("{people} people are employed at {}, {} at most", s.site_name(site), row.labour_pool);
            faults.tell(PROGRAMME, "people do not exceed the labour pool", fact);
        }
    }
}
