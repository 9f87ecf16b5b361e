//! RW0702: a person speaks for one organisation, and a node writes down only what its own organisation says.

use super::super::{Fault, Ruling, World};
use super::whole;
use crate::event::Event;
use crate::name::Node;

pub(super) fn check_rw0702_speaks_for_its_organisation(
    world: &World,
    node: &Node,
    event: &Event,
    faults: &mut Vec<Fault>,
) {
    let help = "let somebody of that organisation say it, at a node of theirs";
    match world.nodes.get(node) {
        Some(info) if info.organisation == event.organisation => {}
        Some(info) => {
            let fact = format!("the node `{node}` belongs to `{}`, not to `{}`", info.organisation, event.organisation);
            faults.push(whole(702, Ruling::Void, fact, help));
        }
        None => faults.push(whole(702, Ruling::Void, format!("the node `{node}` is not known"), help)),
    }
    if let Some(theirs) = world.people.get(&event.by).filter(|theirs| **theirs != event.organisation) {
        let fact = format!("`{}` speaks for `{theirs}`, not for `{}`", event.by, event.organisation);
        faults.push(whole(702, Ruling::Void, fact, help));
    }
}
