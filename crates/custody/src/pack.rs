//! A pack: stretches of logs as one node sends them to another, each with its signed checkpoint.

use crate::encode::{Bytes, canonical_struct, decode, encode};
use crate::event::RecordId;
use crate::name::{Node, Word};

/// What one node tells another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// The ring.
    pub ring: Word,
    /// Who sends it.
    pub from: Node,
    /// Stretches of logs, its own and those it pulled from others.
    pub stretches: Vec<Stretch>,
    /// Private values, only for nodes of the same organisation.
    pub disclosed: Vec<Disclosed>,
}

/// A stretch of one node's log, up to its end as the sender knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Whose log.
    pub node: Node,
    /// Place of the first record.
    pub from: u64,
    /// The checkpoint over everything up to the last record, signed by the log's node.
    pub checkpoint: String,
    /// The records' bytes.
    pub records: Vec<Bytes>,
}

/// A private value with its salt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disclosed {
    /// The record that holds its commitment.
    pub record: RecordId,
    /// What it is called.
    pub name: Word,
    /// Its salt.
    pub salt: [u8; crate::private::SALT],
    /// The value.
    pub value: String,
}

canonical_struct!(Pack { ring, from, stretches, disclosed });
canonical_struct!(Stretch { node, from, checkpoint, records });
canonical_struct!(Disclosed { record, name, salt, value });

/// Why bytes are no pack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unread {
    /// They do not begin as one.
    NoPack,
    /// They begin as one and do not go on so.
    Damaged,
}

/// First bytes of a pack.
const TITLE: &[u8] = b"ringworks log pack 1\n";

impl Pack {
    /// The bytes in which it travels.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = TITLE.to_vec();
        bytes.extend(encode(self));
        bytes
    }

    /// Reads the bytes of a pack; whether it holds is for the receiver to find out.
    ///
    /// # Errors
    /// When they are none, or not whole.
    pub fn read(bytes: &[u8]) -> Result<Self, Unread> {
        decode(bytes.strip_prefix(TITLE).ok_or(Unread::NoPack)?).map_err(|_| Unread::Damaged)
    }
}
