//! The folder of a ledger in bad shape: begun and broken off, damaged, without its key, where nothing can be written.

use crate::common::*;
use std::fs;
use store::{Ledger, Reader, own_checkpoint, verify};

#[test]
fn a_ledger_whose_making_broke_off_is_made_again() {
    let room = Room::new();
    let folder = room.path("yard");
    fs::create_dir_all(&folder).unwrap();
    for name in ["ledger.db", "ledger.db-wal", "node.key"] {
        fs::write(folder.join(name), "").unwrap();
    }
    assert_eq!(codes(&Reader::open(&folder).err().unwrap()), [761]);
    let mut ledger = room.create("yard", "maker");
    say(&mut ledger, "start s1 item=kite by=anna").unwrap();
    let refused = Ledger::create(&folder, &identity("yard", "maker")).err().unwrap();
    assert_eq!(codes(&refused), [761], "somebody writes to it");
    drop(ledger);
    let refused = Ledger::create(&folder, &identity("yard", "maker")).err().unwrap();
    assert_eq!(codes(&refused), [763], "it has begun");
    assert_eq!(Reader::open(&folder).unwrap().history(&serial("s1")).unwrap().len(), 1);
}

#[test]
fn a_key_is_never_used_for_a_second_log() {
    let room = Room::new();
    drop(room.create("yard", "maker"));
    let folder = room.path("yard");
    fs::remove_file(folder.join("ledger.db")).unwrap();
    let refused = Ledger::create(&folder, &identity("yard", "maker")).err().unwrap();
    assert_eq!(codes(&refused), [763]);
    assert_eq!(codes(&Ledger::open(&folder).err().unwrap()), [761]);
}

#[test]
fn a_log_is_read_without_its_key_and_not_written() {
    let room = Room::new();
    let ledger = room.create("yard", "maker");
    let (head, public) = (ledger.checkpoint(), ledger.public_key());
    let folder = room.path("yard");
    assert_eq!(own_checkpoint(&folder).unwrap(), (head.clone(), public), "while somebody writes");
    drop(ledger);
    fs::remove_file(folder.join("node.key")).unwrap();
    assert_eq!(codes(&Ledger::open(&folder).err().unwrap()), [761]);
    assert_eq!(own_checkpoint(&folder).unwrap(), (head, public));
    assert_eq!(verify(&folder, &[]).unwrap().findings, []);
}

#[test]
fn what_is_no_database_is_said_to_be_damaged() {
    let room = Room::new();
    drop(room.create("yard", "maker"));
    let folder = room.path("yard");
    fs::write(folder.join("ledger.db"), [7; 20_000]).unwrap();
    for refused in [Reader::open(&folder).err(), Ledger::open(&folder).err(), verify(&folder, &[]).err()] {
        assert_eq!(codes(&refused.unwrap()), [761]);
    }
}

#[cfg(unix)]
#[test]
fn a_ledger_is_read_where_nothing_can_be_written() {
    let room = Room::new();
    let folder = room.path("a %3f #yard");
    let mut ledger = Ledger::create(&folder, &identity("yard", "maker")).unwrap();
    say(&mut ledger, "start s1 item=kite by=anna").unwrap();
    drop(ledger);
    // A link to nowhere in place of SQLite's shared memory stands for a disc, also for who may write everywhere.
    std::os::unix::fs::symlink("nowhere", folder.join("ledger.db-shm")).unwrap();
    assert_eq!(Reader::open(&folder).unwrap().history(&serial("s1")).unwrap().len(), 1);
    assert_eq!(verify(&folder, &[]).unwrap().findings, []);
    assert_eq!(own_checkpoint(&folder).unwrap().0.head.size, 2);
    // With writes that lie beside it, the file alone would tell an older story.
    fs::write(folder.join("ledger.db-wal"), "something").unwrap();
    assert_eq!(codes(&Reader::open(&folder).err().unwrap()), [761]);
}
