//! Changes to a log as somebody makes them behind the program's back, with the node's key or without.

use crate::common::*;
use custody::audit::{Finding, Harm};
use custody::encode::{decode, encode};
use custody::hash::Hash;
use custody::record::Record;

/// How the log is changed: its rows, by somebody with the key or without.
pub(crate) struct Change {
    pub(crate) rows: Vec<Vec<u8>>,
    pub(crate) harm: Harm,
    pub(crate) first: u64,
    pub(crate) with_key: bool,
}

impl Change {
    /// Whether anything is changed that can be shown: who has the key can write anew what came after the checkpoint.
    pub(crate) fn shows(&self, old: &[Vec<u8>], kept: u64) -> bool {
        self.rows != old && (!self.with_key || self.first < kept)
    }

    /// Whether what was found names the harm and the first record harmed. `tight`: found with the leaf hashes of
    /// the first `kept` records of `old`.
    pub(crate) fn is_named_by(&self, tight: &[Finding], old: &[Vec<u8>], kept: u64) -> bool {
        let Some(first) = tight.first() else { return false };
        let is_truncated = self.rows.len() as u64 == self.first;
        let expected = match (self.with_key, self.harm) {
            (true, _) if is_truncated => Harm::RolledBack,
            (true, _) => Harm::Forked,
            (false, harm) => harm,
        };
        let placed = if self.with_key || self.first < kept {
            first.at.seq == self.first
        } else {
            // Beyond the checkpoint the chain alone speaks; a changed link leaves two records to choose from.
            (first.at.seq..first.before.unwrap_or(first.at.seq + 1)).contains(&self.first)
        };
        let one_of = |harms: &[Harm]| harms.contains(&first.harm);
        let also = |harm: Harm| tight.iter().any(|finding| finding.harm == harm && finding.at == first.at);
        let close = match expected {
            // A stranger that does not read, or a copy of a later record, cannot be told from an edited or moved one.
            Harm::Inserted => one_of(&[Harm::Inserted, Harm::Edited, Harm::Reordered]),
            // A record from beyond the checkpoint is a stranger to its leaves; the chain tells at once that it was moved.
            Harm::Reordered => {
                let from_beyond = old[kept as usize..].contains(&self.rows[self.first as usize]);
                one_of(&[Harm::Reordered, Harm::Edited])
                    || (from_beyond && one_of(&[Harm::Inserted]) && also(Harm::Reordered))
            }
            other => one_of(&[other]),
        };
        placed && close
    }
}

/// Changes a log of which a partner kept the first `kept` records' checkpoint.
pub(crate) fn change(old: &[Vec<u8>], kept: u64, dice: &mut Dice) -> Change {
    let size = old.len() as u64;
    let mut rows = old.to_vec();
    let with_key = dice.roll(2) == 0;
    // Who has the key can hide what came after the checkpoint; nothing can show that.
    let reach = if with_key { kept } else { size };
    let at = 1 + dice.roll(reach - 1);
    let i = at as usize;
    let (harm, first) = match dice.roll(5) {
        0 => {
            edit(&mut rows[i], dice);
            (Harm::Edited, at)
        }
        1 => {
            rows.remove(i);
            (if at == size - 1 { Harm::Truncated } else { Harm::Deleted }, at)
        }
        2 => {
            let mut strange = rows[1 + dice.roll(size - 1) as usize].clone();
            edit(&mut strange, dice);
            rows.insert(i, strange);
            (Harm::Inserted, at)
        }
        3 => {
            let other = 1 + (at - 1 + 1 + dice.roll(size - 3)) % (size - 1);
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
    // A copy put in and chained anew may be the old record again; then the next one is the first that differs.
    let first = rows.iter().zip(old).take_while(|(is, was)| is == was).count() as u64;
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
