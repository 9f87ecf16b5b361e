//! RW0702: a node writes down only what its own organisation says, and a person speaks for one organisation.
//!
//! A node does not let a person of others speak. But a record of another node stands: ids of people are given by each
//! organisation for itself, and whoever uses the id of somebody else's person, by chance or on purpose, must not make
//! void what that person said.

use super::super::{Fault, Ruling, World};
use super::whole;
use crate::event::Event;
use crate::name::Node;

const HELP: &str = "let somebody of that organisation say it, at a node of theirs";

pub(super) fn check_rw0702_node_speaks_for_its_organisation(
    world: &World,
    node: &Node,
    event: &Event,
    faults: &mut Vec<Fault>,
) {
    match world.nodes.get(node) {
        Some(info) if info.organisation == event.organisation => {}
        Some(info) => {
            let fact = format!("the node `{node}` belongs to `{}`, not to `{}`", info.organisation, event.organisation);
            faults.push(whole(702, Ruling::Void, fact, HELP));
        }
        None => faults.push(whole(702, Ruling::Void, format!("the node `{node}` is not known"), HELP)),
    }
}

pub(super) fn check_rw0702_person_speaks_for_one_organisation(world: &World, event: &Event, faults: &mut Vec<Fault>) {
    let spoken = world.people.get(&event.by).filter(|spoken| !spoken.contains(&event.organisation));
    if let Some(theirs) = spoken.and_then(|spoken| spoken.first()) {
        let fact = format!("`{}` speaks for `{theirs}`, not for `{}`", event.by, event.organisation);
        let help = "let a person of your own sign, with an id that no other organisation uses";
        faults.push(whole(702, Ruling::Stands, fact, help));
    }
}
