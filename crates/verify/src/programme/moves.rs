//! Against the plan as it stood: frozen decisions are kept, or fall short for a cause found here; at most `moves_max` others move.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use rules::moves::{self, Cause, Decision};

/// Checks every decision that differs.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let found = moves::of(s.ring, s.programme);
    for moved in found.iter().filter(|m| m.frozen) {
        if moves::cause(s.ring, s.designs, s.programme, moved) == Cause::Better {
            let what = match moved.decision {
                Decision::Site(site, _) => format!("{} opened", s.site_name(site)),
                Decision::Line(capability, ..) => format!("lines of {} ordered", s.capability_name(capability)),
                Decision::Make(capability, _) => format!("pieces of {} made", s.capability_name(capability)),
            };
            let period = shown(moved.decision.period());
            let fact = format!("{what} in period {period}: {} now, {} frozen", moved.now, moved.kept);
            faults.tell(PROGRAMME, "what is frozen is kept where it can be", fact);
        }
    }
    let counted = moves::counted(&found);
    if let Some(most) = s.ring.settings.moves_max.filter(|most| counted > *most) {
        let fact = format!("{counted} decisions differ from the plan as it stood, {most} at most");
        faults.tell(PROGRAMME, "no more decisions move than may", fact);
    }
}
