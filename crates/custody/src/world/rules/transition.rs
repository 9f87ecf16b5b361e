//! RW0706: the states an act may start from.

use super::super::{Fault, Ruling, World};
use super::one;
use crate::event::{Act, Event};
use crate::world::State;

/// The states an act may find a serial in; `None` where another rule says it.
#[must_use]
pub(super) fn allowed(act: &Act) -> Option<&'static [State]> {
    use State::{AwaitingRelease, Drawn, Held, InRepair, InService, InStock, InWork};
    Some(match act {
        Act::Install { .. } | Act::Unpack { .. } | Act::Accept {} | Act::Serve {} => &[InStock],
        Act::Inspect { passed: true } => &[InWork, AwaitingRelease, InRepair],
        Act::Inspect { passed: false } => &[InWork, AwaitingRelease, InStock, InService, InRepair],
        Act::Release {} => &[AwaitingRelease],
        Act::Hold { .. } => &[InWork, AwaitingRelease, InStock, InService, InRepair],
        Act::Lift {} => &[Held],
        Act::Draw { .. } => &[InService],
        Act::Return {} => &[Drawn],
        Act::Repair {} => &[AwaitingRelease, Held, InStock, InService, Drawn],
        Act::WriteOff { .. } => &[Held, InStock, InService, Drawn, InRepair],
        Act::Scrap { .. } => &[InWork, AwaitingRelease, Held, InRepair],
        Act::Start { .. }
        | Act::Remove { .. }
        | Act::Pack { .. }
        | Act::Ship { .. }
        | Act::Receive { .. }
        | Act::Correct { .. }
        | Act::Settle { .. } => return None,
    })
}

pub(super) fn check_rw0706_transition(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let Some(allowed) = allowed(&event.act) else { return };
    for serial in &event.serials {
        let Some(unit) = world.units.get(serial).filter(|unit| !allowed.contains(&unit.state)) else { continue };
        let fact = format!("`{serial}` is {}: `{}` is not possible", unit.state.word(), event.act.word());
        let help = match unit.state {
            State::Disputed => "settle the dispute first: both parties write `settle`",
            State::InTransit => "it must be received first",
            State::WrittenOff | State::Scrapped => "what is gone stays gone; a mistake is undone with `correct`",
            _ => "docs/ledger.md shows which event follows which state",
        };
        faults.push(one(706, serial, Ruling::Dispute, fact, help));
    }
}
