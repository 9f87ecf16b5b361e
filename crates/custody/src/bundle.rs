//! A bundle: one record with the proof that it is in a log, to be checked by anybody without any network.

use crate::checkpoint::Checkpoint;
use crate::encode::{Bytes, canonical_struct, decode, encode};
use crate::hash::{Hash, base64, unbase64};
use crate::private::Private;
use crate::record::Record;
use crate::tree;

/// A record, its proof and the checkpoint it is proven against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bundle {
    /// The record's bytes.
    pub record: Bytes,
    /// Siblings from the leaf up.
    pub path: Vec<Hash>,
    /// Text of the checkpoint.
    pub checkpoint: String,
    /// Private values of the record that are shown to the reader, each with its salt.
    pub shown: Vec<Private>,
}

canonical_struct!(Bundle { record, path, checkpoint, shown });

/// Why a bundle proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unproven {
    /// The record or the checkpoint is not in its form.
    Malformed,
    /// The record is not in the tree that the checkpoint speaks of.
    NotIncluded,
    /// The checkpoint is not signed with the key that is known for the node.
    NotSigned,
    /// A private value that is shown is not the one that the record commits to.
    NotCommitted,
}

/// First line of a bundle's text.
const TITLE: &str = "ringworks bundle 1";

impl Bundle {
    /// The text in which it travels: 76 columns of base64 under a title.
    #[must_use]
    pub fn text(&self) -> String {
        let packed = base64(&encode(self));
        let mut text = format!("{TITLE}\n");
        for line in packed.as_bytes().chunks(76) {
            text.extend(line.iter().copied().map(char::from));
            text.push('\n');
        }
        text
    }

    /// Reads the text of a bundle.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let packed: String = text.strip_prefix(TITLE)?.split_whitespace().collect();
        decode(&unbase64(&packed)?).ok()
    }

    /// The record, once it is shown to be in the log of whoever owns the key.
    ///
    /// # Errors
    /// Why it is not shown.
    pub fn prove(&self, key: &[u8; 32]) -> Result<(Record, Checkpoint), Unproven> {
        let record: Record = decode(&self.record.0).map_err(|_| Unproven::Malformed)?;
        let checkpoint = Checkpoint::read(&self.checkpoint).ok_or(Unproven::Malformed)?;
        let head = &checkpoint.head;
        let leaf = Hash::leaf(&self.record.0);
        if head.node != record.node || !tree::includes(head.root, head.size, record.seq, leaf, &self.path) {
            return Err(Unproven::NotIncluded);
        }
        if !checkpoint.is_signed_with(key) {
            return Err(Unproven::NotSigned);
        }
        let committed = record.event().map_or(&[][..], |event| &event.private);
        if !self.shown.iter().all(|private| committed.contains(&private.commit())) {
            return Err(Unproven::NotCommitted);
        }
        Ok((record, checkpoint))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::{Head, Key};
    use crate::line::{Defaults, read};
    use crate::name::{ClientId, Node, Organisation, Word};
    use crate::record::{Body, Version};
    use crate::time::Stamp;

    /// Record 2 of a signed log of five, one of whose private values is shown.
    fn bundle(key: &Key) -> Bundle {
        let private = Private { name: Word::new("price").unwrap(), salt: [7; 32], value: "120".to_owned() };
        let defaults = Defaults {
            organisation: Organisation::new("maker").unwrap(),
            now: Stamp { ms: 0, offset_min: 0 },
            client: ClientId::new("c").unwrap(),
        };
        let mut leaves = Vec::new();
        let mut records = Vec::new();
        for seq in 0..5 {
            let line = format!("start s{seq} item=kite by=anna");
            let mut event = read(&line, &diag::Place::Result(String::new()), &defaults).unwrap().event;
            event.private = vec![private.commit()];
            let record = Record {
                version: Version,
                node: Node::new("yard").unwrap(),
                seq,
                prev: leaves.last().copied().unwrap_or_default(),
                clock: seq,
                record_time: 0,
                body: Body::Event { event: Box::new(event) },
            };
            leaves.push(Hash::leaf(&record.bytes()));
            records.push(record.bytes());
        }
        let (ring, node, root) = (Word::new("kite").unwrap(), Node::new("yard").unwrap(), tree::root(&leaves));
        let head = Head { ring, node, size: 5, root };
        let path = tree::inclusion(leaves.as_slice(), 2, 5);
        let checkpoint = Checkpoint { marks: vec![key.sign(&head)], head }.text();
        Bundle { record: Bytes(records.swap_remove(2)), path, checkpoint, shown: vec![private] }
    }

    #[test]
    fn what_was_changed_proves_nothing() {
        let key = Key::new(&[1; 32]);
        let sound = bundle(&key);
        assert_eq!(sound.prove(&key.public()).unwrap().0.seq, 2);
        assert_eq!(Bundle::read(&sound.text()), Some(sound.clone()));
        let why = |change: fn(&mut Bundle)| {
            let mut bundle = sound.clone();
            change(&mut bundle);
            bundle.prove(&key.public()).unwrap_err()
        };
        let edit = |bundle: &mut Bundle| {
            let mut record: Record = decode(&bundle.record.0).unwrap();
            record.record_time += 1;
            bundle.record = Bytes(record.bytes());
        };
        assert_eq!(why(edit), Unproven::NotIncluded);
        assert_eq!(why(|b| b.record.0[0] = 9), Unproven::Malformed);
        assert_eq!(why(|b| b.checkpoint.clear()), Unproven::Malformed);
        assert_eq!(why(|b| b.path[0].0[0] ^= 1), Unproven::NotIncluded);
        assert_eq!(why(|b| b.path.truncate(2)), Unproven::NotIncluded);
        assert_eq!(why(|b| b.shown[0].value.push('0')), Unproven::NotCommitted);
        assert_eq!(why(|b| b.shown[0].salt[0] ^= 1), Unproven::NotCommitted);
        assert_eq!(sound.prove(&Key::new(&[2; 32]).public()).unwrap_err(), Unproven::NotSigned);
    }
}
