//! Sum over lines at sites that are not home of the hours they take in a period <= `training.support_hours`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};

/// Checks every period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let Some(most) = s.ring.settings.support_hours else {
        return;
    };
    for period in 0..s.n {
        let lines = s.programme.lines.iter();
        let taken: f64 = lines.map(|r| r.count as f64 * rules::line::support_of(s.ring, r, period)).sum();
        if taken > most + 1e-6 {
            let fact =
                format!("lines take {taken} hours of remote support in period {}, {most} at most", shown(period));
            faults.tell(PROGRAMME, "remote support is enough for the young lines", fact);
        }
    }
}
