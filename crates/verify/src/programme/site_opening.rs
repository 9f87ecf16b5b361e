//! `v` is a period of decision, not before `open_from`; `ready = v + periods(open_days)`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use rules::line;
use units::Id;

const RULE: &str = "sites are opened in a period of decision, not before their first day";

/// Checks every opening.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for row in &s.programme.sites {
        let (name, period) = (s.site_name(row.site), row.period.index());
        if !line::may_open(s.ring, row.site, period) {
            faults.tell(PROGRAMME, RULE, format!("{name} is opened in period {}, when it may not be", shown(period)));
        }
        let ready = line::site_ready(s.ring, row.site, period);
        if row.ready.index() != ready {
            let (said, is) = (shown(row.ready.index()), shown(ready));
            faults.tell(PROGRAMME, RULE, format!("{name} is said to be ready in period {said}, but is in period {is}"));
        }
    }
}
