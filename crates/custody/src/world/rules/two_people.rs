//! RW0708: nobody signs both sides of a hand-over.

use super::super::{Fault, Ruling, World};
use super::whole;
use crate::event::{Act, Event};
use crate::name::HandOver;

pub(super) fn check_rw0708_two_people(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    // An account that came before the release is looked at when the release comes: see `World::apply`.
    let Act::Receive { consignment, from, .. } = &event.act else { return };
    let hand = world.hands.get(&HandOver::new(from, consignment));
    let other = hand.and_then(|hand| hand.shipped.as_ref());
    if let Some(side) = other.filter(|side| side.by == event.by || side.organisation == event.organisation) {
        let fact = format!("`{}` for `{}` signed the other side of this hand-over", side.by, side.organisation);
        faults.push(whole(708, Ruling::Void, fact, "let somebody of the other party sign this side"));
    }
}
