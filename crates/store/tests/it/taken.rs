//! What a pull and a bundle bring: what is new, what is committed to, what is meant for the receiver; and no more.

use crate::common::*;
use std::collections::BTreeMap;
use store::{Reader, pack, verify};

#[test]
fn a_log_given_whole_is_taken_on_from_where_one_is() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    for n in 1..=3 {
        say(&mut yard, &format!("start s{n} item=kite by=anna")).unwrap();
        yard.flush().unwrap();
        let whole = pack(&room.path("yard"), &BTreeMap::new(), false).unwrap();
        let pulled = depot.pull(&whole).unwrap();
        assert!(pulled.refused.is_empty(), "{:?}", pulled.refused);
        assert_eq!(pulled.taken.iter().map(|(_, n)| n).sum::<u64>(), if n == 1 { 2 } else { 1 });
        assert!(depot.pull(&whole).unwrap().taken.is_empty(), "nothing is doubled");
    }
    assert_eq!(depot.world().started(), 3);
    drop(depot);
    assert_eq!(verify(&room.path("depot"), &[]).unwrap().findings, []);
}

#[test]
fn a_private_value_that_nobody_committed_to_is_not_kept() {
    let room = Room::new();
    let (mut yard, mut mill) = (room.create("yard", "maker"), room.create("mill", "maker"));
    let receipt = say(&mut yard, "start s1 item=kite by=anna private=price:120").unwrap();
    yard.flush().unwrap();
    let sound = pack(&room.path("yard"), &BTreeMap::new(), true).unwrap();
    let mut forged = sound.clone();
    forged.disclosed[0].value = "90".to_owned();
    let kept = || Reader::open(&room.path("mill")).unwrap().private(&receipt.id).unwrap();
    mill.pull(&forged).unwrap();
    assert_eq!(kept(), []);
    mill.pull(&sound).unwrap();
    assert_eq!(kept()[0].value, "120");
}

#[test]
fn a_release_to_somebody_else_is_not_brought_along() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    for line in ["start s1 item=kite", "inspect s1 result=passed", "release s1"] {
        say(&mut yard, &format!("{line} by=anna")).unwrap();
    }
    let shipped = say(&mut yard, "ship s1 consignment=C1 to=club seal=7 by=anna").unwrap();
    let giver = yard.world().nodes[&yard.identity().node].clone();
    for id in [&shipped.id, &custody::event::RecordId { seq: 3, ..shipped.id.clone() }] {
        let bundle = yard.bundle(id).unwrap();
        assert_eq!(codes(&depot.bring(&bundle, &giver).unwrap_err()), [764], "{id}");
    }
    assert!(depot.world().units.get(&serial("s1")).is_none());
}

#[test]
fn records_of_several_logs_are_folded_in_their_common_order() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    let mut hall = room.create("hall", "club");
    let all = |ledger: &mut store::Ledger, node: &str| {
        ledger.flush().unwrap();
        pack(&room.path(node), &BTreeMap::new(), false).unwrap()
    };
    for line in ["start s1 item=kite", "inspect s1 result=passed", "release s1"] {
        say(&mut yard, &format!("{line} by=anna")).unwrap();
    }
    depot.pull(&all(&mut yard, "yard")).unwrap();
    hall.pull(&all(&mut depot, "depot")).unwrap();
    say(&mut yard, "ship s1 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    depot.pull(&all(&mut yard, "yard")).unwrap();
    say(&mut depot, "receive s1 consignment=C1 from=maker seal=7 by=ben").unwrap();
    say(&mut depot, "accept s1 by=ben").unwrap();
    // Both logs go on at once, and the receiver's name comes first.
    let pulled = hall.pull(&all(&mut depot, "depot")).unwrap();
    assert_eq!((pulled.conflicts, pulled.taken.len()), (0, 2));
    assert_eq!(hall.world().units.get(&serial("s1")).unwrap().owner.as_str(), "ministry");
    drop(hall);
    assert_eq!(verify(&room.path("hall"), &[]).unwrap().findings, []);
}
