//! RW0713: only who is concerned settles a dispute, and the serial ends up with one of them.

use super::super::{Fault, Ruling, World};
use super::one;
use crate::event::{Act, Event, Outcome};

pub(super) fn check_rw0713_settles_a_dispute(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let Act::Settle { outcome } = &event.act else { return };
    for serial in &event.serials {
        let Some(unit) = world.units.get(serial) else { continue };
        let Some(dispute) = &unit.dispute else {
            let fact = format!("`{serial}` is {}, not disputed", unit.state.word());
            faults.push(one(713, serial, Ruling::Void, fact, "only a dispute is settled"));
            continue;
        };
        let stranger = |who: &crate::name::Organisation| !dispute.parties.contains(who);
        if stranger(&event.organisation) {
            let fact = format!("`{}` is no party to the dispute about `{serial}`", event.organisation);
            faults.push(one(713, serial, Ruling::Void, fact, "let the parties to the dispute settle it"));
        } else if let Outcome::With { holder } = outcome
            && stranger(holder)
        {
            let fact = format!("`{holder}` is no party to the dispute about `{serial}`");
            faults.push(one(713, serial, Ruling::Void, fact, "it ends up with one of the parties, or is lost"));
        }
    }
}
