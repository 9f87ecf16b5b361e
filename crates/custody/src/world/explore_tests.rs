//! Every sequence of six events by four people of three organisations on small cases, and what holds after each.

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

/// Everything that can be said about a piece that goes into another, and about consignments of one, the other and both.
fn lines_of_two() -> Vec<(&'static str, String)> {
    let texts = [
        "install t into=s",
        "remove t from=s",
        "inspect s result=passed",
        "inspect s result=failed",
        "inspect t result=passed",
        "release s",
        "release t",
        "hold s reason=x",
        "hold t reason=x",
        "lift s",
        "lift t",
        "pack s consignment=C",
        "unpack s consignment=C",
        "ship s consignment=C to=ministry seal=1",
        "ship s,t consignment=C to=ministry seal=1",
        "ship t consignment=D to=ministry seal=1",
        "receive s consignment=C from=maker seal=1",
        "receive s,t consignment=C from=maker seal=1",
        "receive t consignment=C from=maker seal=1",
        "receive t consignment=D from=maker seal=1 condition=damaged",
        "accept s",
        "repair s",
        "settle s outcome=with:maker",
        "settle t outcome=lost",
    ];
    let said = |(node, by): (&'static str, &str)| texts.map(|text| (node, format!("{text} by={by}")));
    PEOPLE.into_iter().flat_map(said).collect()
}

/// The steps of one serial that the ledger's documentation lists, written down again. A serial that came along inside
/// another is looked at by [`holds_after`].
fn step_is_listed(was: Option<&Unit>, act: &Act, is: &Unit) -> bool {
    use State::*;
    let (before, was, is) = (was.and_then(|unit| unit.before.as_ref()), was.map(|unit| unit.state), is.state);
    match act {
        Act::Start { .. } => was.is_none() && is == InWork,
        Act::Install { .. } => was == Some(InStock) && matches!(is, InWork | InRepair),
        Act::Remove { .. } => matches!(was, Some(InWork | InRepair)) && is == AwaitingRelease,
        Act::Inspect { passed: true } => {
            matches!(was, Some(InWork | AwaitingRelease | InRepair)) && is == AwaitingRelease
        }
        Act::Inspect { passed: false } | Act::Hold { .. } => {
            matches!(was, Some(InWork | AwaitingRelease | InStock | InService | InRepair)) && is == Held
        }
        Act::Lift {} => was == Some(Held) && matches!(is, AwaitingRelease | InWork),
        Act::Release {} => was == Some(AwaitingRelease) && is == InStock,
        Act::Pack { .. } | Act::Unpack { .. } | Act::Accept {} => was == Some(InStock) && is == InStock,
        // A receipt may have come first; then the release completes the hand-over at once.
        Act::Ship { .. } => was == Some(InStock) && matches!(is, InTransit | InStock | Disputed),
        // What the giver did not list stays what it is, or is in dispute when it is the giver's.
        Act::Receive { .. } => matches!(is, InStock | Disputed) && was != Some(Disputed) || was == Some(is),
        Act::Serve {} => was == Some(InStock) && is == InService,
        Act::Draw { .. } => was == Some(InService) && is == Drawn,
        Act::Return {} => was == Some(Drawn) && is == InService,
        Act::Repair {} => matches!(was, Some(AwaitingRelease | Held | InStock | InService | Drawn)) && is == InRepair,
        Act::WriteOff { .. } => matches!(was, Some(Held | InStock | InService | Drawn | InRepair)) && is == WrittenOff,
        Act::Scrap { .. } => matches!(was, Some(InWork | AwaitingRelease | Held | InRepair)) && is == Scrapped,
        Act::Settle { .. } => was == Some(Disputed) && matches!(is, Disputed | Held | WrittenOff),
        Act::Correct { .. } => before.is_some_and(|before| before.state == is),
    }
}

fn holds_after(before: &World, event: &Event, world: &World) {
    let sum: u64 = State::ALL.iter().map(|state| world.count(*state)).sum();
    assert_eq!(sum, world.started(), "started is the sum of the states");
    for state in State::ALL {
        let n = world.units.values().filter(|unit| unit.state == state).count() as u64;
        assert_eq!(world.count(state), n, "each serial is counted in its state");
    }
    for (serial, is) in world.units.iter() {
        let was = before.units.get(serial);
        if event.serials.contains(serial) {
            assert!(step_is_listed(was, &event.act, is), "{serial}: {was:?} {:?} {is:?}", event.act);
        }
        if let (Act::Ship { .. }, Some(was)) = (&event.act, was)
            && (event.serials.contains(serial) || was.parent.as_ref().is_some_and(|p| event.serials.contains(p)))
        {
            assert_eq!((was.state, &was.holder), (State::InStock, &event.organisation), "nothing leaves unreleased");
        }
        if let Some(parent) = is.parent.as_ref().and_then(|parent| world.units.get(parent)) {
            assert_eq!((is.state, &is.holder, &is.owner), (parent.state, &parent.holder, &parent.owner), "goes along");
        }
        if let Some(was) = was.filter(|was| was.holder != is.holder) {
            let agreed = world.hands.values().any(|hand| matches!(hand.verdict, Verdict::Agreed | Verdict::Counted));
            let (gave, got) = (&was.holder, &is.holder);
            assert!(agreed || matches!(event.act, Act::Settle { .. }), "custody passes by two accounts that agree");
            assert_ne!(gave, got);
        }
        if let Some(was) = was.filter(|was| was.owner != is.owner) {
            let is_inside = is.parent.is_some() || matches!(event.act, Act::Install { .. });
            assert!(is_inside || matches!(event.act, Act::Accept {}), "title passes by acceptance alone: {was:?}");
        }
    }
    for hand in world.hands.values() {
        if let (Some(shipped), Some(received)) = (&hand.shipped, &hand.received) {
            assert_ne!(shipped.by, received.by, "nobody signs both sides");
            assert_ne!(shipped.organisation, received.organisation);
            assert_eq!(shipped.other, received.organisation, "who it was released to receives it");
        }
    }
    let accepted: u64 = world.accepted.values().sum();
    let more = if matches!(event.act, Act::Accept {}) { event.serials.len() as u64 } else { 0 };
    assert_eq!(accepted, before.accepted.values().sum::<u64>() + more, "acceptances only grow");
}

/// A record that cannot be refused, because it comes from another node, leaves nothing undecided.
fn contradicts(before: &World, faults: &[Fault], record: &Record) {
    let mut world = before.clone();
    let changed = world.fold(record);
    // A release that stands may make void a receipt that came before it.
    let at_least = faults.len();
    assert!(changed.conflicts.len() >= at_least && changed.conflicts.len() <= at_least + 1, "every conflict is told");
    let faults: Vec<&Fault> = faults.iter().filter(|fault| fault.ruling != Ruling::Stands).collect();
    let sum: u64 = State::ALL.iter().map(|state| world.count(*state)).sum();
    assert_eq!(sum, world.started(), "nothing is lost or doubled");
    if faults.is_empty() {
        let event = record.event().expect("an event");
        assert!(world.people[&event.by].contains(&event.organisation), "what stands has its effect");
        return;
    }
    assert_eq!(world.started(), before.started(), "a contradiction starts nothing");
    let of_whole = faults.iter().any(|fault| fault.serial.is_none());
    let n_serials = record.event().map_or(0, |event| event.serials.len());
    if faults.iter().all(|fault| fault.ruling == Ruling::Void) {
        assert!(world == *before || !of_whole && faults.len() < n_serials, "a void event has no effect");
    }
    for fault in faults.iter().filter(|fault| fault.ruling == Ruling::Dispute) {
        let named = record.event().into_iter().flat_map(|event| &event.serials);
        for serial in named.filter(|serial| fault.serial.as_ref().is_none_or(|one| one == *serial)) {
            let Some(unit) = world.units.get(serial) else { continue };
            let is_void =
                faults.iter().any(|f| f.ruling == Ruling::Void && f.serial.as_ref().is_none_or(|s| s == serial));
            assert!(unit.state == State::Disputed || is_void, "what contradicts is in dispute");
        }
    }
    for unit in world.units.values().filter(|unit| unit.parent.is_none()) {
        let somebody = unit.dispute.as_ref().is_some_and(|dispute| !dispute.parties.is_empty());
        assert_eq!(unit.state == State::Disputed, somebody, "a dispute is a state that somebody can end");
    }
}

/// Worlds that differ only in which record did what are one.
fn key(world: &World) -> Vec<u8> {
    let mut units: BTreeMap<Serial, Unit> = world.units.rows().iter().cloned().collect();
    units.values_mut().for_each(|unit| unit.last.seq = 0);
    let mut hands: BTreeMap<HandOver, Hand> = world.hands.rows().iter().cloned().collect();
    for hand in hands.values_mut() {
        let two = [&mut hand.shipped, &mut hand.received].into_iter().flatten();
        two.chain(hand.early.values_mut()).for_each(|side| side.record.seq = 0);
    }
    let people: BTreeMap<Person, BTreeSet<Organisation>> = world.people.rows().iter().cloned().collect();
    crate::encode::encode(&(units, (hands, (people, world.accepted.clone()))))
}

/// What was explored.
#[derive(Debug, Default)]
struct Explored {
    worlds: usize,
    steps: u64,
    refused: u64,
    corrections: u64,
}

/// All that can be said in every world that six events lead to, and corrections of whatever happened last.
fn explore(start: &Bench, lines: &[(&'static str, String)]) -> Explored {
    let events: Vec<(Node, Event)> =
        lines.iter().map(|(node, line)| (Node::new(node).unwrap(), start.event(node, line))).collect();
    let corrections = PEOPLE.map(|(node, by)| {
        (Node::new(node).unwrap(), start.event(node, &format!("correct s wrong=a/0 reason=slip by={by}")))
    });
    let mut layer = vec![start.world.clone()];
    let mut explored = Explored { worlds: 1, ..Explored::default() };
    for depth in 0..6_u64 {
        let mut next = BTreeMap::new();
        for world in &layer {
            let last = world.units.get(&Serial::new("s").unwrap()).map(|unit| unit.last.clone());
            let mut all = events.clone();
            for (node, event) in &corrections {
                let (Some(last), Act::Correct { reason, .. }) = (last.clone(), &event.act) else { continue };
                let act = Act::Correct { wrong: last, reason: reason.clone() };
                all.push((node.clone(), Event { act, ..event.clone() }));
            }
            for (node, event) in &all {
                let mut after = world.clone();
                let body = Body::Event { event: Box::new(event.clone()) };
                let version = crate::record::Version;
                let prev = crate::hash::Hash::default();
                let (seq, clock) = (100 + depth, 100 + depth);
                let record = Record { version, node: node.clone(), seq, prev, clock, record_time: 0, body };
                let faults = world.check(node, event);
                if !faults.is_empty() {
                    explored.refused += 1;
                    contradicts(world, &faults, &record);
                    continue;
                }
                after.fold_checked(&record);
                holds_after(world, event, &after);
                explored.steps += 1;
                explored.corrections += u64::from(matches!(event.act, Act::Correct { .. }));
                next.entry(key(&after)).or_insert(after);
            }
        }
        layer = next.into_values().collect();
        explored.worlds += layer.len();
    }
    explored
}

#[test]
fn six_events_by_four_people_of_three_organisations() {
    let Explored { worlds, steps, refused, corrections } = explore(&Bench::new(), &lines());
    // What was explored; fewer would mean that something possible is refused.
    assert!(worlds > 5_000 && steps > 15_000 && refused > 100_000, "{worlds} worlds, {steps} steps, {refused} refused");
    assert!(corrections > 1_000, "{corrections} corrections");
}

#[test]
fn six_events_about_two_pieces_one_of_which_may_be_inside_the_other() {
    let mut start = Bench::new();
    for line in ["start s,t item=kite by=anna", "inspect t result=passed by=anna", "release t by=anna"] {
        start.does("a", line);
    }
    let Explored { worlds, steps, refused, corrections } = explore(&start, &lines_of_two());
    assert!(worlds > 2_000 && steps > 10_000 && refused > 100_000, "{worlds} worlds, {steps} steps, {refused} refused");
    assert!(corrections > 500, "{corrections} corrections");
}
