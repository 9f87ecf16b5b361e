//! RW0710: a correction names the last event of each of its serials, said by the same organisation, of a kind that can
//! be undone. What two parties did together is not undone by one of them.

use super::super::{Fault, Ruling, World};
use super::one;
use crate::event::{Act, Event};

pub(super) fn check_rw0710_can_be_corrected(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let Act::Correct { wrong, .. } = &event.act else { return };
    for serial in &event.serials {
        let Some(unit) = world.units.get(serial) else { continue };
        let (fact, help) = if unit.last != *wrong {
            let fact = format!("`{wrong}` is not the last event of `{serial}`, which is `{}`", unit.last);
            (fact, "correct the last event first; an older one stands under what followed")
        } else if unit.before.is_none() {
            let fact = format!("what `{wrong}` did to `{serial}` cannot be undone by one party");
            (fact, "write what is true as an event of its own: remove, ship back, scrap, or settle the dispute")
        } else {
            continue;
        };
        faults.push(one(710, serial, Ruling::Void, fact, help));
    }
}
