//! Changes made behind the program's back, in the database itself: each is found and the first record named.

use crate::changes::change;
use crate::common::*;
use custody::audit::{Harm, Kept};
use custody::checkpoint::{Head, Key};
use custody::hash::{Hash, unhex};
use custody::tree::root;
use rusqlite::{Connection, params};
use std::path::Path;
use store::{Ledger, leaves, verify};

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
            let hashes = leaves(&room.path("yard"), &ledger.identity().node, KEPT).unwrap();
            let exact = Kept::with_leaves(checkpoint.clone(), hashes).unwrap();
            kept = Some((Kept { checkpoint, leaves: None }, exact));
        }
        say(&mut ledger, &format!("start s{i:03} item=kite by=anna")).unwrap();
    }
    assert_eq!(ledger.size(), SIZE);
    kept.unwrap()
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
        let change = change(&rows, KEPT, &mut dice);
        if !change.shows(&rows, KEPT) {
            continue;
        }
        connection.execute("update meta set value = ? where name = 'head'", [&head]).unwrap();
        put(&connection, &folder, &change.rows, change.with_key);
        let what = format!("round {round}: {:?} at {}, with key {}", change.harm, change.first, change.with_key);
        let loose = verify(&folder, std::slice::from_ref(&kept)).unwrap().findings;
        assert!(!loose.is_empty(), "not found: {what}");
        let tight = verify(&folder, std::slice::from_ref(&exact)).unwrap().findings;
        assert!(change.is_named_by(&tight, &rows, KEPT), "{what}: {tight:?}");
    }
    // And the sound log again.
    connection.execute("update meta set value = ? where name = 'head'", [&head]).unwrap();
    put(&connection, &folder, &rows, false);
    assert_eq!(verify(&folder, &[kept, exact]).unwrap().findings, Vec::new(), "no false alarm");
}

#[test]
fn random_changes_are_found_and_named() {
    // In the database; `tamper_memory` makes many more in memory.
    tamper(150, 1);
}

#[test]
fn every_table_that_does_not_follow_is_found_and_made_anew() {
    let room = Room::new();
    sample(&room);
    let folder = room.path("yard");
    let mut ledger = Ledger::open(&folder).unwrap();
    say_all(
        &mut ledger,
        &[
            "install into=s001 lots=motor:L7:4 by=anna",
            "inspect s001,s002 result=passed by=anna",
            "release s001,s002 by=anna",
            "ship s001,s002 consignment=C1 to=ministry seal=7 by=anna",
        ],
    );
    ledger.append_document("{}", &["x".to_owned()], NOW).unwrap();
    for i in 0..300 {
        say(&mut ledger, &format!("start t{i:03} item=kite by=anna")).unwrap();
    }
    drop(ledger);
    assert_eq!(verify(&folder, &[]).unwrap().findings, Vec::new());
    let connection = Connection::open(folder.join("ledger.db")).unwrap();
    for (table, change) in [
        ("unit", "delete from unit where serial = 's007'"),
        ("unit", "update unit set state = 3 where serial = 's007'"),
        ("unit", "update unit set holder = 'club' where serial = 's007'"),
        ("unit", "update unit set bytes = (select bytes from unit where serial = 's008') where serial = 's007'"),
        (
            "unit",
            "insert into unit select 'zz', item, state, holder, owner, parent, bytes from unit where serial = 's007'",
        ),
        ("hand", "update hand set verdict = 'agreed'"),
        ("person", "insert into person values ('ben', 'ministry')"),
        ("accepted", "insert into accepted values ('ministry', 1)"),
        ("conflict", "insert into conflict (bytes) values (x'00')"),
        ("trail", "update trail set key = key - 1 where serial = 's007'"),
        ("link", "update link set before = x'0101' where key = (select max(key) from link)"),
        ("link", "delete from link where key = (select min(key) from link)"),
        ("client", "delete from client where hash = (select min(hash) from client)"),
        ("client", "update client set key = key + 1 where hash = (select max(hash) from client)"),
        ("lot", "update lot set thousandths = 3000"),
        ("lot", "delete from lot"),
        ("mention", "delete from mention where name = 'x'"),
        ("tile", "update tile set hash = zeroblob(32)"),
        ("meta", "update meta set value = value - 1 where name = 'clock'"),
    ] {
        assert_eq!(connection.execute(change, []).unwrap(), 1, "{change}");
        let verified = verify(&folder, &[]).unwrap();
        assert_eq!(
            verified.findings.iter().map(|finding| finding.harm).collect::<Vec<_>>(),
            [Harm::Derived],
            "{change}"
        );
        assert_eq!(verified.derived, [table], "{change}");
        Ledger::open(&folder).unwrap().rebuild().unwrap();
        assert_eq!(verify(&folder, &[]).unwrap().findings, Vec::new(), "{change}");
    }
}

#[test]
fn a_checkpoint_of_somebody_else_is_no_evidence() {
    let room = Room::new();
    let (mut kept, _) = sample(&room);
    kept.checkpoint.marks = vec![Key::new(&[9; 32]).sign(&kept.checkpoint.head)];
    let verified = verify(&room.path("yard"), &[kept]).unwrap();
    assert_eq!((verified.findings.len(), verified.not_signed.len()), (0, 1));
}
