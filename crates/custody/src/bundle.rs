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
