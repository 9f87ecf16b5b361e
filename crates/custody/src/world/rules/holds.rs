//! RW0703: only who has a serial can say what happens to it, and only its owner takes it into service.

use super::super::{Fault, Ruling, World};
use super::{one, whole};
use crate::event::{Act, Event};

pub(super) fn check_rw0703_holds_it(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let own = &event.organisation;
    match &event.act {
        // Whether these may speak is for RW0704, RW0712 and RW0713 to say.
        Act::Start { .. } | Act::Receive { .. } | Act::Settle { .. } => return,
        Act::Install { parent, .. } | Act::Remove { parent } => {
            if let Some(unit) = world.units.get(parent).filter(|unit| unit.holder != *own) {
                let fact = format!("`{parent}` is with `{}`, not with `{own}`", unit.holder);
                faults.push(whole(703, Ruling::Void, fact, "let who has it say so"));
            }
        }
        _ => {}
    }
    for serial in &event.serials {
        let Some(unit) = world.units.get(serial) else { continue };
        if unit.holder != *own {
            let fact = format!("`{serial}` is with `{}`, not with `{own}`", unit.holder);
            faults.push(one(703, serial, Ruling::Void, fact, "let who has it say so, or receive it first"));
        } else if matches!(event.act, Act::Serve {}) && unit.owner != *own {
            let fact = format!("`{serial}` belongs to `{}`, not to `{own}`", unit.owner);
            faults.push(one(703, serial, Ruling::Void, fact, "accept it first; accepting passes the title"));
        } else if matches!(event.act, Act::Accept {}) && unit.owner == *own {
            let fact = format!("`{serial}` belongs to `{own}` already");
            faults.push(one(703, serial, Ruling::Void, fact, "a piece is accepted once by each owner"));
        }
    }
}
