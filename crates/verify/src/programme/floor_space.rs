//! Sum over lines at a site of `floor_m2` <= the site's floor. Lines stay, so the end of the horizon is the most.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};

/// Checks every site.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for (site, row) in s.ring.sites.enumerate() {
        let here = s.programme.lines.iter().filter(|r| s.site(r.capability) == site);
        let floor: f64 = here.map(|r| r.count as f64 * s.option(r.capability, r.option).floor_m2).sum();
        if floor > row.floor_m2 + 1e-6 {
            let fact = format!("lines at {} take {floor} m2 of {} m2", s.site_name(site), row.floor_m2);
            faults.tell(PROGRAMME, "lines fit on the floor of their site", fact);
        }
    }
}
