//! Every sequence of six events by four people of three organisations on a small case, and what holds after each.

use super::tests::Bench;
use super::*;
use crate::event::{Act, Event};

/// Who can speak where.
const PEOPLE: [(&str, &str); 4] = [("a", "anna"), ("a2", "alma"), ("b", "ben"), ("c", "cleo")];

/// Everything that can be said about one serial and one consignment.
fn lines() -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    for (node, by) in PEOPLE {
        for text in [
            "start s item=kite",
            "inspect s result=passed",
            "inspect s result=failed",
            "release s",
            "hold s reason=x",
            "lift s",
            "ship s consignment=C to=ministry seal=1",
            "ship s consignment=C to=club seal=1",
            "ship s consignment=C to=maker seal=1",
            "receive s consignment=C from=maker seal=1",
            "receive s consignment=C from=ministry seal=1",
            "receive s consignment=C from=maker seal=2",
            "receive consignment=C from=maker seal=1 count=0",
            "accept s",
            "serve s",
            "draw s exercise=e",
            "return s",
            "repair s",
            "write-off s reason=x",
            "scrap s reason=x",
            "settle s outcome=with:maker",
            "settle s outcome=lost",
        ] {
            lines.push((node, format!("{text} by={by}")));
        }
        // Somebody who tries to speak for the other party, too.
        let other = if by == "anna" { "ben" } else { "anna" };
        lines.push((node, format!("receive s consignment=C from=maker seal=1 by={other}")));
        lines.push((node, format!("ship s consignment=C to=ministry seal=1 by={other}")));
    }
    lines
}

/// The steps between states that the ledger's documentation lists, written down again.
fn step_is_listed(was: Option<State>, act: &Act, is: State) -> bool {
    use State::*;
    match act {
        Act::Start { .. } => was.is_none() && is == InWork,
        Act::Inspect { passed: true } => {
            matches!(was, Some(InWork | AwaitingRelease | InRepair)) && is == AwaitingRelease
        }
        Act::Inspect { passed: false } | Act::Hold { .. } => {
            matches!(was, Some(InWork | AwaitingRelease | InStock | InService | InRepair)) && is == Held
        }
        Act::Lift {} => was == Some(Held) && matches!(is, AwaitingRelease | InWork),
        Act::Release {} => was == Some(AwaitingRelease) && is == InStock,
        // A receipt may have come first; then the release completes the hand-over at once.
        Act::Ship { .. } => was == Some(InStock) && matches!(is, InTransit | InStock | Disputed),
        Act::Receive { .. } => {
            was.is_none_or(|was| matches!(was, InTransit)) && matches!(is, InStock | Disputed) || was == Some(is)
        }
        Act::Accept {} => was == Some(InStock) && is == InStock,
        Act::Serve {} => was == Some(InStock) && is == InService,
        Act::Draw { .. } => was == Some(InService) && is == Drawn,
        Act::Return {} => was == Some(Drawn) && is == InService,
        Act::Repair {} => matches!(was, Some(AwaitingRelease | Held | InStock | InService | Drawn)) && is == InRepair,
        Act::WriteOff { .. } => matches!(was, Some(Held | InStock | InService | Drawn | InRepair)) && is == WrittenOff,
        Act::Scrap { .. } => matches!(was, Some(InWork | AwaitingRelease | Held | InRepair)) && is == Scrapped,
        Act::Settle { .. } => was == Some(Disputed) && matches!(is, Disputed | Held | WrittenOff),
        _ => false,
    }
}

fn unit(world: &World) -> Option<&Unit> {
    world.units.values().next()
}

fn holds_after(before: &World, event: &Event, world: &World) {
    let sum: u64 = State::ALL.iter().map(|state| world.count(*state)).sum();
    assert_eq!(sum, world.started(), "started is the sum of the states");
    let (was, is) = (unit(before), unit(world));
    if let Some(is) = is {
        assert!(step_is_listed(was.map(|u| u.state), &event.act, is.state), "{:?} {:?} {:?}", was, event.act, is.state);
    }
    if let (Act::Ship { .. }, Some(was)) = (&event.act, was) {
        assert_eq!((was.state, &was.holder), (State::InStock, &event.organisation), "nothing leaves unreleased");
    }
    for hand in world.hands.values() {
        if let (Some(shipped), Some(received)) = (&hand.shipped, &hand.received) {
            assert_ne!(shipped.by, received.by, "nobody signs both sides");
            assert_ne!(shipped.organisation, received.organisation);
        }
    }
    if let (Some(was), Some(is)) = (was, is)
        && was.holder != is.holder
    {
        let agreed = world.hands.values().any(|hand| hand.verdict == Verdict::Agreed);
        assert!(agreed || matches!(event.act, Act::Settle { .. }), "custody passes by two accounts that agree");
    }
}

/// A record that cannot be refused, because it comes from another node, leaves nothing undecided.
fn contradicts(before: &World, faults: &[Fault], record: &Record) {
    let mut world = before.clone();
    let changed = world.fold(record);
    assert_eq!(changed.conflicts.len(), faults.len(), "every conflict is told");
    let sum: u64 = State::ALL.iter().map(|state| world.count(*state)).sum();
    assert_eq!((sum, world.started()), (before.started(), before.started()), "nothing is lost or doubled");
    if faults.iter().all(|fault| fault.ruling == Ruling::Void) {
        assert_eq!(world, *before, "a void event has no effect");
    } else if let Some(unit) = unit(&world) {
        assert_eq!(unit.state, State::Disputed, "what contradicts is in dispute");
        assert!(unit.dispute.as_ref().is_some_and(|dispute| !dispute.parties.is_empty()));
    }
}

/// Worlds that differ only in which record did what are one.
fn key(world: &World) -> Vec<u8> {
    let mut units: BTreeMap<Serial, Unit> = world.units.rows().iter().cloned().collect();
    units.values_mut().for_each(|unit| unit.last.seq = 0);
    let mut hands: BTreeMap<Consignment, Hand> = world.hands.rows().iter().cloned().collect();
    for hand in hands.values_mut() {
        for side in [&mut hand.shipped, &mut hand.received].into_iter().flatten() {
            side.record.seq = 0;
        }
    }
    let people: BTreeMap<Person, Organisation> = world.people.rows().iter().cloned().collect();
    crate::encode::encode(&(units, (hands, (people, world.accepted.clone()))))
}

#[test]
fn six_events_by_four_people_of_three_organisations() {
    let start = Bench::new();
    let lines = lines();
    let events: Vec<(Node, Event)> =
        lines.iter().map(|(node, line)| (Node::new(node).unwrap(), start.event(node, line))).collect();
    let mut layer = vec![start.world.clone()];
    let (mut worlds, mut steps, mut refused) = (1, 0_u64, 0_u64);
    for depth in 0..6_u64 {
        let mut next = BTreeMap::new();
        for world in &layer {
            for (node, event) in &events {
                let mut after = world.clone();
                let body = Body::Event { event: Box::new(event.clone()) };
                let version = crate::record::Version;
                let prev = crate::hash::Hash::default();
                let record = Record {
                    version,
                    node: node.clone(),
                    seq: 10 + depth,
                    prev,
                    clock: 10 + depth,
                    record_time: 0,
                    body,
                };
                let faults = world.check(node, event);
                if !faults.is_empty() {
                    refused += 1;
                    contradicts(world, &faults, &record);
                    continue;
                }
                after.fold_checked(&record);
                holds_after(world, event, &after);
                steps += 1;
                next.entry(key(&after)).or_insert(after);
            }
        }
        layer = next.into_values().collect();
        worlds += layer.len();
    }
    // What was explored; fewer would mean that something possible is refused.
    assert!(worlds > 5_000 && steps > 15_000 && refused > 100_000, "{worlds} worlds, {steps} steps, {refused} refused");
}
