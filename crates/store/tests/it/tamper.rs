//! Changes made behind the program's back, in the database itself: each is found and the first record named.

use crate::common::*;
use custody::audit::{Harm, Kept};
use custody::checkpoint::{Head, Key};
use custody::encode::{decode, encode};
use custody::hash::{Hash, unhex};
use custody::record::Record;
use custody::tree::root;
use rusqlite::{Connection, params};
use std::path::Path;
use store::{leaves, verify};

/// Records of the sample log, and of the older state that the partner kept a checkpoint of.
const SIZE: u64 = 61;
const KEPT: u64 = 41;

/// A log of 61 records, and what a partner kept when it had 41.
fn sample(room: &Room) -> (Kept, Kept) {
    let mut ledger = room.create("yard", "maker");
    let mut kept = None;
    for i in 0..SIZE - 1 {
        if ledger.size() == KEPT {
            let checkpoint = ledger.checkpoint();
            let hashes = leaves(&room.path("yard"), KEPT).unwrap();
            let exact = Kept::with_leaves(checkpoint.clone(), hashes).unwrap();
            kept = Some((Kept { checkpoint, leaves: None }, exact));
        }
        say(&mut ledger, &format!("start s{i:03} item=kite by=anna")).unwrap();
    }
    assert_eq!(ledger.size(), SIZE);
    kept.unwrap()
}

/// How the log is changed: its rows, by somebody with the key or without.
struct Change {
    rows: Vec<Vec<u8>>,
    harm: Harm,
    first: u64,
    with_key: bool,
}

fn change(rows: &[Vec<u8>], dice: &mut Dice) -> Change {
    let mut rows = rows.to_vec();
    let with_key = dice.roll(2) == 0;
    // Who has the key can hide what came after the checkpoint; nothing can show that.
    let reach = if with_key { KEPT } else { SIZE };
    let at = 1 + dice.roll(reach - 1);
    let i = at as usize;
    let (harm, first) = match dice.roll(5) {
        0 => {
            edit(&mut rows[i], dice);
            (Harm::Edited, at)
        }
        1 => {
            rows.remove(i);
            (if at == SIZE - 1 { Harm::Truncated } else { Harm::Deleted }, at)
        }
        2 => {
            let mut strange = rows[1 + dice.roll(SIZE - 1) as usize].clone();
            edit(&mut strange, dice);
            rows.insert(i, strange);
            (Harm::Inserted, at)
        }
        3 => {
            let other = 1 + (at - 1 + 1 + dice.roll(SIZE - 3)) % (SIZE - 1);
            rows.swap(i, other as usize);
            (Harm::Reordered, at.min(other))
        }
        _ => {
            rows.truncate(i);
            (Harm::Truncated, at)
        }
    };
    if with_key {
        rechain(&mut rows, first as usize);
    }
    Change { rows, harm, first, with_key }
}

/// Changes something a record says, so that it still reads.
fn edit(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let mut record: Record = decode(bytes).unwrap();
    match dice.roll(4) {
        0 => record.record_time += 1 + dice.roll(1_000_000) as i64,
        1 => record.prev.0[dice.roll(32) as usize] ^= 1 << dice.roll(8),
        2 => {
            // A byte of the raw form; most often it no longer reads.
            let place = dice.roll(bytes.len() as u64) as usize;
            bytes[place] ^= 1 << dice.roll(8);
            return;
        }
        _ => {
            let custody::record::Body::Event { event } = &mut record.body else { panic!("an event") };
            event.serials[0] = serial(&format!("x{}", dice.roll(1_000_000)));
        }
    }
    *bytes = encode(&record);
}

/// Numbers and chains the rows anew, as the owner of the key can.
fn rechain(rows: &mut [Vec<u8>], from: usize) {
    for i in from..rows.len() {
        let mut record: Record = decode(&rows[i]).unwrap_or_else(|_| decode(&rows[i - 1]).unwrap());
        record.node = identity("yard", "maker").node;
        record.seq = i as u64;
        record.clock = i as u64 + 1;
        record.prev = Hash::leaf(&rows[i - 1]);
        rows[i] = encode(&record);
    }
}

/// Writes rows into the database, and with the key a head that fits them.
fn put(connection: &Connection, folder: &Path, rows: &[Vec<u8>], with_key: bool) {
    connection.execute("delete from log", []).unwrap();
    for (seq, bytes) in rows.iter().enumerate() {
        connection.execute("insert into log values (?, ?)", params![(1_i64 << 40) | seq as i64, bytes]).unwrap();
    }
    if with_key {
        let seed = std::fs::read_to_string(folder.join("node.key")).unwrap();
        let key = Key::new(&unhex(seed.trim()).unwrap().try_into().unwrap());
        let hashes: Vec<Hash> = rows.iter().map(|bytes| Hash::leaf(bytes)).collect();
        let who = identity("yard", "maker");
        let head = Head { ring: who.ring, node: who.node, size: rows.len() as u64, root: root(&hashes) };
        let mark = key.sign(&head);
        let text = custody::checkpoint::Checkpoint { head, marks: vec![mark] }.text();
        connection.execute("update meta set value = ? where name = 'head'", [text.as_bytes()]).unwrap();
    }
}

/// Makes `n` changes, each to a sound log, and says how many were found and how many named exactly.
pub(crate) fn tamper(n: u64, seed: u64) {
    let room = Room::new();
    let (kept, exact) = sample(&room);
    let folder = room.path("yard");
    assert_eq!(verify(&folder, &[kept.clone(), exact.clone()]).unwrap().findings, Vec::new(), "no false alarm");
    let connection = Connection::open(folder.join("ledger.db")).unwrap();
    connection.execute_batch("pragma synchronous = off").unwrap();
    let head: Vec<u8> = connection.query_row("select value from meta where name = 'head'", [], |r| r.get(0)).unwrap();
    let mut statement = connection.prepare("select bytes from log order by key").unwrap();
    let rows: Vec<Vec<u8>> = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(statement);
    let mut dice = Dice(seed);
    for round in 0..n {
        let change = change(&rows, &mut dice);
        if change.rows == rows {
            continue;
        }
        connection.execute("update meta set value = ? where name = 'head'", [&head]).unwrap();
        put(&connection, &folder, &change.rows, change.with_key);
        let what = format!("round {round}: {:?} at {}, with key {}", change.harm, change.first, change.with_key);
        let loose = verify(&folder, std::slice::from_ref(&kept)).unwrap().findings;
        assert!(!loose.is_empty(), "not found: {what}");
        let tight = verify(&folder, std::slice::from_ref(&exact)).unwrap().findings;
        let first = &tight[0];
        let is_truncated = change.rows.len() as u64 == change.first;
        let expected = match (change.with_key, change.harm) {
            (true, _) if is_truncated => Harm::RolledBack,
            (true, _) => Harm::Forked,
            (false, harm) => harm,
        };
        if change.with_key || change.first < KEPT {
            assert_eq!(first.at.seq, change.first, "{what}: {tight:?}");
        } else {
            // Beyond the checkpoint the chain alone speaks; a changed link leaves two records to choose from.
            let to = first.before.unwrap_or(first.at.seq + 1);
            assert!((first.at.seq..to).contains(&change.first), "{what}: {tight:?}");
        }
        let one_of = |harms: &[Harm]| harms.contains(&first.harm);
        let close = match expected {
            // A stranger that does not read, or a copy of a later record, cannot be told from an edited or moved one.
            Harm::Inserted => one_of(&[Harm::Inserted, Harm::Edited, Harm::Reordered]),
            Harm::Reordered => one_of(&[Harm::Reordered, Harm::Edited]),
            Harm::Deleted => one_of(&[Harm::Deleted]),
            Harm::Truncated => one_of(&[Harm::Truncated]),
            other => one_of(&[other]),
        };
        assert!(close, "{what}: {tight:?}");
    }
    // And the sound log again.
    connection.execute("update meta set value = ? where name = 'head'", [&head]).unwrap();
    put(&connection, &folder, &rows, false);
    assert_eq!(verify(&folder, &[kept, exact]).unwrap().findings, Vec::new(), "no false alarm");
}

#[test]
fn random_changes_are_found_and_named() {
    // In the database; `custody` makes 100,000 in memory.
    tamper(150, 1);
}

#[test]
fn projections_that_do_not_follow_are_found_and_made_anew() {
    let room = Room::new();
    sample(&room);
    let connection = Connection::open(room.path("yard").join("ledger.db")).unwrap();
    connection.execute("delete from unit where serial = 's007'", []).unwrap();
    let found = verify(&room.path("yard"), &[]).unwrap().findings;
    assert_eq!(found.iter().map(|finding| finding.harm).collect::<Vec<_>>(), [Harm::Derived]);
    store::Ledger::open(&room.path("yard")).unwrap().rebuild().unwrap();
    assert_eq!(verify(&room.path("yard"), &[]).unwrap().findings, Vec::new());
}

#[test]
fn a_checkpoint_of_somebody_else_is_no_evidence() {
    let room = Room::new();
    let (mut kept, _) = sample(&room);
    kept.checkpoint.marks = vec![Key::new(&[9; 32]).sign(&kept.checkpoint.head)];
    let verified = verify(&room.path("yard"), &[kept]).unwrap();
    assert_eq!((verified.findings.len(), verified.not_signed.len()), (0, 1));
}
