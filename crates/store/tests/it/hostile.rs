//! Partners who mean ill: what they send is refused or has no effect on what others did, and is told.

use crate::common::*;
use custody::audit::Kept;
use custody::bundle::Bundle;
use custody::checkpoint::{Checkpoint, Key};
use custody::encode::{Bytes, decode, encode};
use custody::hash::{Hash, unhex};
use custody::pack::Pack;
use custody::record::Record;
use custody::world::State;
use std::collections::BTreeMap;
use store::{Ledger, pack, verify};

/// A pack of everything a node holds.
fn all_of(room: &Room, node: &str) -> Pack {
    pack(&room.path(node), &BTreeMap::new(), false).unwrap()
}

fn key_of(room: &Room, node: &str) -> Key {
    let seed = std::fs::read_to_string(room.path(node).join("node.key")).unwrap();
    Key::new(&unhex(seed.trim()).unwrap().try_into().unwrap())
}

/// Changes the last record of a node's own log and signs the result, as its owner can.
fn sign_anew(room: &Room, node: &str, pack: &mut Pack, change: impl Fn(&mut Record)) {
    let stretch = pack.stretches.iter_mut().find(|stretch| stretch.node.as_str() == node).unwrap();
    let last = stretch.records.last_mut().unwrap();
    let mut record: Record = decode(&last.0).unwrap();
    change(&mut record);
    *last = Bytes(encode(&record));
    let leaves: Vec<Hash> = stretch.records.iter().map(|bytes| Hash::leaf(&bytes.0)).collect();
    let mut head = Checkpoint::read(&stretch.checkpoint).unwrap().head;
    head.root = custody::tree::root(&leaves);
    stretch.checkpoint = Checkpoint { marks: vec![key_of(room, node).sign(&head)], head }.text();
}

fn refusals(ledger: &mut Ledger, pack: &Pack) -> Vec<u16> {
    ledger.pull(pack).unwrap().refused.iter().map(|fault| fault.code.0).collect()
}

#[test]
fn a_record_far_ahead_in_the_common_order_does_not_end_all_writing() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say(&mut yard, "start s1 item=kite by=anna").unwrap();
    yard.flush().unwrap();
    for clock in [u64::MAX, 1 << 33] {
        let mut ahead = all_of(&room, "yard");
        sign_anew(&room, "yard", &mut ahead, |record| record.clock = clock);
        assert_eq!(refusals(&mut depot, &ahead), [715], "{clock}");
    }
    say(&mut depot, "start d1 item=kite by=ben").unwrap();
    let mut ahead = all_of(&room, "yard");
    sign_anew(&room, "yard", &mut ahead, |record| record.clock = 1 << 31);
    assert_eq!(refusals(&mut depot, &ahead), [0_u16; 0]);
    say(&mut depot, "start d2 item=kite by=ben").unwrap();
    drop(depot);
    assert_eq!(verify(&room.path("depot"), &[]).unwrap().findings, Vec::new());
}

#[test]
fn another_node_of_the_same_name_is_told_from_a_fork() {
    let (room, other) = (Room::new(), Room::new());
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    let mut false_yard = other.create("yard", "maker");
    say(&mut yard, "start s1 item=kite by=anna").unwrap();
    say(&mut false_yard, "start x1 item=kite by=xeno").unwrap();
    yard.flush().unwrap();
    false_yard.flush().unwrap();
    assert_eq!(refusals(&mut depot, &all_of(&room, "yard")), [0_u16; 0]);
    let refused = depot.pull(&all_of(&other, "yard")).unwrap().refused;
    assert_eq!(refused.len(), 1);
    assert!(refused[0].fact.contains("begins with another record"), "{}", refused[0].fact);
    assert!(depot.world().units.get(&serial("x1")).is_none());
}

#[test]
fn a_log_whose_head_somebody_else_signed_is_not_taken() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    say(&mut yard, "start s1 item=kite by=anna").unwrap();
    yard.flush().unwrap();
    let sound = all_of(&room, "yard");
    let head = Checkpoint::read(&sound.stretches[0].checkpoint).unwrap().head;
    let mut forged = sound.clone();
    forged.stretches[0].checkpoint =
        Checkpoint { marks: vec![Key::new(&[9; 32]).sign(&head)], head: head.clone() }.text();
    assert_eq!(refusals(&mut depot, &forged), [728]);
    assert!(!depot.world().nodes.contains_key(&head.node), "nothing of it was taken");
    assert_eq!(refusals(&mut depot, &sound), [0_u16; 0]);
    assert_eq!(refusals(&mut depot, &forged), [728], "without a new record too");
}

#[test]
fn a_bundle_that_its_log_does_not_hold_is_a_fork() {
    let (room, other) = (Room::new(), Room::new());
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    for line in ["start s1,s2 item=kite", "inspect s1,s2 result=passed", "release s1,s2"] {
        say(&mut yard, &format!("{line} by=anna")).unwrap();
    }
    drop(yard);
    copy(&room, &other, "yard");
    let mut yard = Ledger::open(&room.path("yard")).unwrap();
    let mut twin = Ledger::open(&other.path("yard")).unwrap();
    let shipped = say(&mut twin, "ship s1 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    say(&mut yard, "ship s2 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    yard.flush().unwrap();
    twin.flush().unwrap();
    let giver = yard.world().nodes[&yard.identity().node].clone();
    let note = twin.bundle(&shipped.id).unwrap();
    depot.bring(&note, &giver).unwrap();
    depot.bring(&note, &giver).unwrap();
    assert_eq!(state(&depot, "s1"), State::InTransit);
    assert_eq!(refusals(&mut depot, &all_of(&room, "yard")), [726], "the log says something else");
    // The other way round: what is held of the log contradicts the bundle.
    let mut second = room.create("second", "ministry");
    assert_eq!(refusals(&mut second, &all_of(&room, "yard")), [0_u16; 0]);
    assert_eq!(codes(&second.bring(&note, &giver).unwrap_err()), [726]);
    // A log under another key than the bundle's giver has.
    let third = Room::new();
    let mut impostor = third.create("yard", "maker");
    impostor.flush().unwrap();
    let mut far = room.create("far", "ministry");
    far.bring(&note, &giver).unwrap();
    assert_eq!(refusals(&mut far, &all_of(&third, "yard")), [726]);
}

#[test]
fn a_bundle_of_a_place_that_no_log_has_or_of_another_ring_is_refused() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    for line in ["start s1 item=kite", "inspect s1 result=passed", "release s1"] {
        say(&mut yard, &format!("{line} by=anna")).unwrap();
    }
    let shipped = say(&mut yard, "ship s1 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    let giver = yard.world().nodes[&yard.identity().node].clone();
    let sound = yard.bundle(&shipped.id).unwrap();
    // The last leaf of a tree whose size is a power of two and one stands beside the root of all others: any hash will do.
    let forged = |seq: u64, ring: &str| {
        let mut record: Record = decode(&sound.record.0).unwrap();
        record.seq = seq;
        let bytes = encode(&record);
        let path = vec![Hash::of(&[b"anything"])];
        let mut head = Checkpoint::read(&sound.checkpoint).unwrap().head;
        (head.size, head.root) = (seq + 1, Hash::node(path[0], Hash::leaf(&bytes)));
        head.ring = custody::name::Word::new(ring).unwrap();
        let checkpoint = Checkpoint { marks: vec![key_of(&room, "yard").sign(&head)], head }.text();
        Bundle { record: Bytes(bytes), path, checkpoint, shown: Vec::new() }
    };
    let ring = yard.identity().ring.clone();
    for seq in [1 << 40, 1 << 41, 1 << 63] {
        assert_eq!(codes(&depot.bring(&forged(seq, ring.as_str()), &giver).unwrap_err()), [715], "{seq}");
    }
    assert_eq!(codes(&depot.bring(&forged(4, "other"), &giver).unwrap_err()), [764]);
    depot.bring(&sound, &giver).unwrap();
    assert_eq!(state(&depot, "s1"), State::InTransit);
}

#[test]
fn a_forged_checkpoint_accuses_nobody() {
    let (room, other) = (Room::new(), Room::new());
    let mut yard = room.create("yard", "maker");
    say(&mut yard, "start s1 item=kite by=anna").unwrap();
    let mut head = yard.checkpoint().head;
    drop(yard);
    drop(other.create("yard", "maker"));
    head.root.0[0] ^= 1;
    let marks = vec![key_of(&other, "yard").sign(&head)];
    let forged = Kept { checkpoint: Checkpoint { marks, head: head.clone() }, leaves: None };
    let verified = verify(&room.path("yard"), &[forged]).unwrap();
    assert_eq!((verified.findings.len(), verified.not_signed.len()), (0, 1));
    // One of a log that is not here is not taken for a sound one.
    head.node = identity("depot", "ministry").node;
    let marks = vec![key_of(&other, "yard").sign(&head)];
    let verified =
        verify(&room.path("yard"), &[Kept { checkpoint: Checkpoint { marks, head }, leaves: None }]).unwrap();
    assert_eq!((verified.findings.len(), verified.not_signed.len(), verified.not_held.len()), (0, 0, 1));
}

#[test]
fn what_others_agreed_on_does_not_fall_to_a_record_placed_before_it() {
    let room = Room::new();
    let (mut yard, mut depot) = (room.create("yard", "maker"), room.create("depot", "ministry"));
    let mut field = room.create("field", "club");
    for line in ["start s1 item=kite", "inspect s1 result=passed", "release s1"] {
        say(&mut yard, &format!("{line} by=anna")).unwrap();
    }
    say(&mut yard, "ship s1 consignment=C1 to=ministry seal=7 by=anna").unwrap();
    yard.flush().unwrap();
    assert_eq!(refusals(&mut depot, &all_of(&room, "yard")), [0_u16; 0]);
    say(&mut depot, "receive s1 consignment=C1 from=maker seal=7 by=ben").unwrap();
    depot.flush().unwrap();
    // The club's clock has hardly moved, so what it writes now comes before all of it.
    say(&mut field, "receive s1 consignment=C1 from=maker seal=7 by=anna").unwrap();
    say(&mut field, "start x1 item=kite by=ben").unwrap();
    field.flush().unwrap();
    for ledger in [&mut yard, &mut depot, &mut field] {
        for node in ["yard", "depot", "field"] {
            assert_eq!(refusals(ledger, &all_of(&room, node)), [0_u16; 0]);
        }
        let unit = &ledger.world().units[&serial("s1")];
        assert_eq!((unit.state, unit.holder.as_str()), (State::InStock, "ministry"));
        ledger.flush().unwrap();
    }
    assert_eq!(yard.view().unwrap(), depot.view().unwrap());
    // And both go on as they were.
    say(&mut depot, "accept s1 by=ben").unwrap();
    say(&mut yard, "start s2 item=kite by=anna").unwrap();
}

fn copy(from: &Room, to: &Room, node: &str) {
    std::fs::create_dir(to.path(node)).unwrap();
    for file in std::fs::read_dir(from.path(node)).unwrap().map(|file| file.unwrap().path()) {
        std::fs::copy(&file, to.path(node).join(file.file_name().unwrap())).unwrap();
    }
}
