//! RW0712: a consignment is released once and received once, by the party it was sent to.

use super::super::{Fault, Ruling, World};
use super::{one, whole};
use crate::event::{Act, Event};
use crate::name::HandOver;
use crate::world::State;

pub(super) fn check_rw0712_consignment(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    match &event.act {
        Act::Ship { consignment, .. } => {
            let hand = world.hands.get(&HandOver::new(&event.organisation, consignment));
            if hand.is_some_and(|hand| hand.shipped.is_some()) {
                let fact = format!("the consignment `{consignment}` was released before");
                faults.push(whole(712, Ruling::Dispute, fact, "give the consignment a name that you have not used"));
            }
            for serial in &event.serials {
                let in_stock = world.units.get(serial).filter(|unit| unit.state == State::InStock);
                let packed = in_stock.and_then(|unit| unit.consignment.as_ref());
                if let Some(other) = packed.filter(|other| *other != consignment) {
                    let fact = format!("`{serial}` is packed for `{other}`");
                    faults.push(one(712, serial, Ruling::Dispute, fact, "unpack it first"));
                }
            }
        }
        Act::Receive { consignment, from, .. } => {
            let Some(hand) = world.hands.get(&HandOver::new(from, consignment)) else { return };
            if let Some(side) = hand.shipped.as_ref().filter(|side| side.other != event.organisation) {
                let fact = format!("the consignment `{consignment}` was sent to `{}`", side.other);
                faults.push(whole(712, Ruling::Void, fact, "let the party it was sent to receive it"));
            } else if hand.received.is_some() || hand.early.contains_key(&event.organisation) {
                let fact = format!("the consignment `{consignment}` of `{from}` was received before");
                let help = "what came later is a consignment of its own, or part of the dispute";
                faults.push(whole(712, Ruling::Void, fact, help));
            }
        }
        Act::Pack { .. } => {
            for serial in &event.serials {
                let in_stock = world.units.get(serial).filter(|unit| unit.state == State::InStock);
                if let Some(other) = in_stock.and_then(|unit| unit.consignment.as_ref()) {
                    let fact = format!("`{serial}` is packed for `{other}`");
                    faults.push(one(712, serial, Ruling::Dispute, fact, "unpack it first"));
                }
            }
        }
        Act::Unpack { consignment } => {
            for serial in &event.serials {
                if world.units.get(serial).is_some_and(|unit| unit.consignment.as_ref() != Some(consignment)) {
                    let fact = format!("`{serial}` is not packed for `{consignment}`");
                    faults.push(one(712, serial, Ruling::Void, fact, "name the consignment it is packed for"));
                }
            }
        }
        _ => {}
    }
}
