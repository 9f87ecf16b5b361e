//! RW0709: what is inside something else goes where that goes, until it is removed.

use super::super::{Fault, Ruling, World};
use super::{one, whole};
use crate::event::{Act, Event};
use crate::world::State;

pub(super) fn check_rw0709_not_inside(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    if let Act::Install { parent, .. } | Act::Remove { parent } = &event.act
        && let Some(unit) = world.units.get(parent)
    {
        if !matches!(unit.state, State::InWork | State::InRepair) {
            let fact = format!("`{parent}` is {}; it is opened only in work or in repair", unit.state.word());
            faults.push(whole(709, Ruling::Void, fact, "take it into repair first"));
        }
        // A circle would need the parent inside one of the serials.
        let mut above = unit.parent.as_ref();
        while let Some(next) = above {
            if event.serials.binary_search(next).is_ok() {
                let fact = format!("`{parent}` is itself inside `{next}`");
                faults.push(whole(709, Ruling::Void, fact, "name another parent"));
                break;
            }
            above = world.units.get(next).and_then(|unit| unit.parent.as_ref());
        }
    }
    if matches!(event.act, Act::Start { .. } | Act::Receive { .. }) {
        return;
    }
    for serial in &event.serials {
        let inside = world.units.get(serial).and_then(|unit| unit.parent.as_ref());
        match (&event.act, inside) {
            (Act::Remove { parent }, inside) if inside != Some(parent) => {
                let fact = format!("`{serial}` is not inside `{parent}`");
                faults.push(one(
                    709,
                    serial,
                    Ruling::Void,
                    fact,
                    "`ringworks ledger history` shows what is inside what",
                ));
            }
            (Act::Remove { .. }, _) | (_, None) => {}
            (_, Some(parent)) => {
                let fact = format!("`{serial}` is inside `{parent}`");
                faults.push(one(709, serial, Ruling::Dispute, fact, "remove it first, or name what it is inside"));
            }
        }
    }
}
