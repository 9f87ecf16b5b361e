//! RW0704 and RW0705: a serial is started once, and nothing happens to one that was not.

use super::super::{Fault, Ruling, World};
use super::one;
use crate::event::{Act, Event};
use crate::name::Serial;

pub(super) fn check_rw0704_started_once(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    if !matches!(event.act, Act::Start { .. }) {
        return;
    }
    for serial in &event.serials {
        if let Some(unit) = world.units.get(serial) {
            let fact = format!("`{serial}` was started before, by `{}`; it is {}", unit.holder, unit.state.word());
            faults.push(one(704, serial, Ruling::Dispute, fact, "give the new piece a serial that nobody has used"));
        }
    }
}

pub(super) fn check_rw0705_known(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    // What a receiver found is its own account, known or not.
    if matches!(event.act, Act::Start { .. } | Act::Receive { .. }) {
        return;
    }
    let unknown = |serial: &Serial| !world.units.contains_key(serial);
    let help = "start the serial first, or pull the log of the node that did";
    for serial in event.serials.iter().filter(|serial| unknown(serial)) {
        faults.push(one(705, serial, Ruling::Void, format!("`{serial}` was never started"), help));
    }
    if let Act::Install { parent, .. } | Act::Remove { parent } = &event.act
        && unknown(parent)
    {
        faults.push(super::whole(705, Ruling::Void, format!("`{parent}` was never started"), help));
    }
}
