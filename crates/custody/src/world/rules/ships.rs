//! RW0707: nothing ships that is held or was not released.

use super::super::{Fault, Ruling, World};
use super::one;
use crate::event::{Act, Event};
use crate::world::State;

pub(super) fn check_rw0707_ships_released(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    if !matches!(event.act, Act::Ship { .. } | Act::Pack { .. }) {
        return;
    }
    for serial in &event.serials {
        let Some(unit) = world.units.get(serial) else { continue };
        let help = match unit.state {
            State::InStock => continue,
            State::Held => "lift the hold and release it first",
            State::InWork | State::InRepair => "inspect and release it first",
            State::AwaitingRelease => "release it first",
            _ => "only what is in stock is handed over",
        };
        let fact = format!("`{serial}` is {} and cannot leave", unit.state.word());
        faults.push(one(707, serial, Ruling::Dispute, fact, help));
    }
}
