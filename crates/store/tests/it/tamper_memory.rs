//! A hundred thousand changed logs, in memory: all found and named, no sound one accused, by the quick way and the careful.

use crate::changes::change;
use crate::common::*;
use custody::audit::{Auditor, Finding, Kept};
use custody::checkpoint::{Checkpoint, Head, Key};
use custody::encode::{decode, encode};
use custody::hash::{Hash, unhex};
use custody::name::Node;
use custody::record::Record;
use custody::sound::{Header, Sound};
use custody::tree::root;

/// Changes, for the long run.
const TAMPERINGS: &str = "RINGWORKS_TAMPERINGS";

/// Records of the log that is changed.
const SIZE: u64 = 61;

struct Log {
    node: Node,
    key: Key,
    rows: Vec<Vec<u8>>,
}

impl Log {
    fn new() -> Self {
        let room = Room::new();
        let mut ledger = room.create("yard", "maker");
        for i in 0..SIZE - 1 {
            say(&mut ledger, &format!("start s{i:03} item=kite by=anna")).unwrap();
        }
        let node = ledger.identity().node.clone();
        drop(ledger);
        let seed = std::fs::read_to_string(room.path("yard").join("node.key")).unwrap();
        let key = Key::new(&unhex(seed.trim()).unwrap().try_into().unwrap());
        let connection = rusqlite::Connection::open(room.path("yard").join("ledger.db")).unwrap();
        let mut statement = connection.prepare("select bytes from log order by key").unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        Self { node, key, rows }
    }

    /// The signed head over rows.
    fn head(&self, rows: &[Vec<u8>]) -> Checkpoint {
        let head = Head {
            ring: identity("yard", "maker").ring,
            node: self.node.clone(),
            size: rows.len() as u64,
            root: root(&hashes(rows)),
        };
        let mark = self.key.sign(&head);
        Checkpoint { head, marks: vec![mark] }
    }

    /// What the careful way finds.
    fn audit(&self, rows: &[Vec<u8>], own: &Checkpoint, kept: &[Kept]) -> Vec<Finding> {
        let mut auditor = Auditor::new(self.node.clone(), kept);
        for (seq, bytes) in (0..).zip(rows) {
            auditor.row(seq, bytes);
        }
        auditor.finish(Some(own), Some(&self.key.public()))
    }

    /// What the quick way says of chain and head.
    fn holds(&self, rows: &[Vec<u8>], own: &Checkpoint, kept: &[Kept]) -> bool {
        let mut sound = Sound::new(&self.node, kept);
        for (seq, bytes) in (0..).zip(rows) {
            let Ok(header) = Header::read(bytes) else { return false };
            sound.row(seq, bytes, &header, |_, _| ());
        }
        sound.holds(Some(own), Some(&self.key.public()))
    }
}

fn hashes(rows: &[Vec<u8>]) -> Vec<Hash> {
    rows.iter().map(|bytes| Hash::leaf(bytes)).collect()
}

#[test]
fn a_signed_head_does_not_make_up_for_a_broken_chain() {
    let log = Log::new();
    let changes: [fn(&mut Record); 3] = [|r| r.prev.0[0] ^= 1, |r| r.seq += 1, |r| r.clock = 1];
    for change in changes {
        let mut rows = log.rows.clone();
        let mut record: Record = decode(&rows[30]).unwrap();
        change(&mut record);
        rows[30] = encode(&record);
        // The owner chains all that follows and signs.
        for at in 31..rows.len() {
            let mut record: Record = decode(&rows[at]).unwrap();
            record.prev = Hash::leaf(&rows[at - 1]);
            rows[at] = encode(&record);
        }
        let head = log.head(&rows);
        assert!(!log.holds(&rows, &head, &[]), "{:?}", record);
        assert!(!log.audit(&rows, &head, &[]).is_empty(), "{:?}", record);
    }
}

#[test]
fn many_random_changes_are_found_and_named_and_no_sound_log_is_accused() {
    let n = std::env::var(TAMPERINGS).ok().and_then(|n| n.parse().ok()).unwrap_or(3_000_u64);
    let log = Log::new();
    let heads: Vec<Checkpoint> = (0..=SIZE).map(|size| log.head(&log.rows[..size as usize])).collect();
    let own = &heads[SIZE as usize];
    let mut dice = Dice(5);
    let (mut changes, mut harms) = (0, std::collections::BTreeMap::new());
    while changes < n {
        let size = 2 + dice.roll(SIZE - 3);
        let checkpoint = heads[size as usize].clone();
        let loose = [Kept { checkpoint: checkpoint.clone(), leaves: None }];
        let tight = [Kept::with_leaves(checkpoint, hashes(&log.rows[..size as usize])).unwrap()];
        let change = change(&log.rows, size, &mut dice);
        if !change.shows(&log.rows, size) {
            continue;
        }
        changes += 1;
        let signed_anew = log.head(&change.rows);
        let head = if change.with_key { &signed_anew } else { own };
        let what = format!("{:?} at {}, with key {}, kept {size}", change.harm, change.first, change.with_key);
        assert!(!log.holds(&change.rows, head, &loose), "the quick way took it for sound: {what}");
        assert!(!log.audit(&change.rows, head, &loose).is_empty(), "not found: {what}");
        let found = log.audit(&change.rows, head, &tight);
        assert!(change.is_named_by(&found, &log.rows, size), "{what}: {found:?}");
        *harms.entry((format!("{:?}", found[0].harm), change.with_key)).or_insert(0) += 1;
        // The log as it was at any later moment is no change.
        let later = size + dice.roll(SIZE - size + 1);
        let (rows, head) = (&log.rows[..later as usize], &heads[later as usize]);
        assert!(log.holds(rows, head, &tight), "false alarm at {later}, kept {size}");
        assert_eq!(log.audit(rows, head, &tight), Vec::new(), "false alarm at {later}, kept {size}");
    }
    println!("{changes} changes found and named, {changes} sound logs not accused: {harms:?}");
    let found: Vec<&str> = harms.keys().map(|(harm, _)| harm.as_str()).collect();
    for harm in ["Edited", "Deleted", "Inserted", "Reordered", "Truncated", "Forked", "RolledBack"] {
        assert!(found.contains(&harm), "{harm} was never made");
    }
}
