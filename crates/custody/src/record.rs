//! A record: one entry of one node's log, chained to the one before it.

use crate::encode::{Canonical, Malformed, canonical_choice, canonical_struct, encode};
use crate::event::{Event, RecordId};
use crate::hash::Hash;
use crate::name::{Node, Organisation, Word};
use crate::time::Millis;

/// One entry of a log.
///
/// `prev` is the leaf hash of the entry before it (zeros for the first), so the hash that makes the chain is the one
/// that makes the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Form of these bytes; 1.
    pub version: Version,
    /// Whose log.
    pub node: Node,
    /// Place in that log, from 0.
    pub seq: u64,
    /// Leaf hash of the entry before it.
    pub prev: Hash,
    /// Larger than that of every record its node knew when it was written (Lamport 1978).
    pub clock: u64,
    /// When the node wrote it, by the node's own clock.
    pub record_time: Millis,
    /// What it says.
    pub body: Body,
}

canonical_struct!(Record { version, node, seq, prev, clock, record_time, body });

/// The only form of a record so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Version;

impl Canonical for Version {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(1);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        match crate::encode::byte(from)? {
            1 => Ok(Self),
            _ => Err(Malformed("a form of record this program does not know")),
        }
    }
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The first record of a log: whose it is and with which key its checkpoints are signed.
    Open {
        /// The ring.
        ring: Word,
        /// The organisation that runs the node.
        organisation: Organisation,
        /// Its Ed25519 public key.
        key: [u8; 32],
    },
    /// An event of this ring.
    Event {
        /// The event.
        event: Box<Event>,
    },
    /// An EPCIS document of somebody else, kept word by word.
    Document {
        /// Its text.
        text: String,
        /// What it speaks of, in ascending order.
        mentions: Vec<String>,
    },
}

canonical_choice!(Body { 0 Open { ring, organisation, key }, 1 Event { event }, 2 Document { text, mentions } });

impl<T: Canonical> Canonical for Box<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, Malformed> {
        T::take(from).map(Self::new)
    }
}

impl Record {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> RecordId {
        RecordId { node: self.node.clone(), seq: self.seq }
    }

    /// Its bytes.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        encode(self)
    }

    /// Its place in the common order of all logs: what was known comes before what knew it, and no two places are equal.
    #[must_use]
    pub fn place(&self) -> (u64, &Node, u64) {
        (self.clock, &self.node, self.seq)
    }

    /// The event, when it is one.
    #[must_use]
    pub fn event(&self) -> Option<&Event> {
        match &self.body {
            Body::Event { event } => Some(event),
            _ => None,
        }
    }
}
