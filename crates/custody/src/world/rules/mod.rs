//! The rules an event must keep, one per file, and the order they are asked in.
//!
//! Later rules trust that the earlier ones hold, so the first group that finds something ends the questions.

mod consignment;
mod correction;
mod holds;
mod inside;
mod known;
mod settles;
mod ships;
mod speaks_for;
mod transition;
mod two_people;
mod well_formed;

use super::{Fault, Ruling, World};
use crate::event::Event;
use crate::name::{Node, Serial};

/// Asks all rules.
pub(super) fn check(world: &World, node: &Node, event: &Event, faults: &mut Vec<Fault>) {
    well_formed::check_rw0701_well_formed(event, faults);
    speaks_for::check_rw0702_node_speaks_for_its_organisation(world, node, event, faults);
    if !faults.is_empty() {
        return;
    }
    known::check_rw0704_started_once(world, event, faults);
    known::check_rw0705_known(world, event, faults);
    two_people::check_rw0708_two_people(world, event, faults);
    consignment::check_rw0712_consignment(world, event, faults);
    holds::check_rw0703_holds_it(world, event, faults);
    inside::check_rw0709_not_inside(world, event, faults);
    correction::check_rw0710_can_be_corrected(world, event, faults);
    settles::check_rw0713_settles_a_dispute(world, event, faults);
    ships::check_rw0707_ships_released(world, event, faults);
    transition::check_rw0706_transition(world, event, faults);
    // What is wrong with the event as a whole goes before what is wrong with one serial, and one fault each is enough.
    if faults.iter().any(|fault| fault.serial.is_none()) {
        faults.retain(|fault| fault.serial.is_none());
    }
    let mut told: Vec<Option<Serial>> = Vec::new();
    faults.retain(|fault| {
        let new = !told.contains(&fault.serial);
        told.push(fault.serial.clone());
        new
    });
    // Beside the others, since it stands in the way of a new event only.
    speaks_for::check_rw0702_person_speaks_for_one_organisation(world, event, faults);
}

/// A fault of the event as a whole.
fn whole(code: u16, ruling: Ruling, fact: impl Into<String>, help: &'static str) -> Fault {
    Fault { code, serial: None, ruling, fact: fact.into(), help }
}

/// A fault of one serial.
fn one(code: u16, serial: &Serial, ruling: Ruling, fact: impl Into<String>, help: &'static str) -> Fault {
    Fault { code, serial: Some(serial.clone()), ruling, fact: fact.into(), help }
}
