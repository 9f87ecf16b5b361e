//! RW0708: nobody signs both sides of a hand-over.

use super::super::{Fault, Ruling, World};
use super::whole;
use crate::event::{Act, Event};

pub(super) fn check_rw0708_two_people(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let other = match &event.act {
        Act::Ship { consignment, .. } => world.hands.get(consignment).and_then(|hand| hand.received.as_ref()),
        Act::Receive { consignment, .. } => world.hands.get(consignment).and_then(|hand| hand.shipped.as_ref()),
        _ => None,
    };
    if let Some(side) = other.filter(|side| side.by == event.by || side.organisation == event.organisation) {
        let fact = format!("`{}` for `{}` signed the other side of this hand-over", side.by, side.organisation);
        faults.push(whole(708, Ruling::Void, fact, "let somebody of the other party sign this side"));
    }
}
