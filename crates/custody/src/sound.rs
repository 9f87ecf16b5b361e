//! Is this log exactly what its signed head and the kept checkpoints say? Yes or no, at the speed of hashing.
//!
//! Every row is hashed into chain and tree, and of its fields those are read that chain it. Whoever needs more than "no"
//! asks [`crate::audit`], which reads everything and names what happened.

use crate::audit::Kept;
use crate::checkpoint::{Checkpoint, Head};
use crate::encode::{Canonical, Malformed, byte, take_text};
use crate::hash::Hash;
use crate::name::Node;
use crate::time::Millis;
use crate::tree::Frontier;

/// The first fields of a record, read where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    /// Whose log.
    pub node: &'a str,
    /// Place in that log.
    pub seq: u64,
    /// Leaf hash of the entry before it.
    pub prev: Hash,
    /// Place in the common order.
    pub clock: u64,
    /// When it was written.
    pub record_time: Millis,
    /// The client's name for the event, when it is one.
    pub client: Option<&'a str>,
}

impl<'a> Header<'a> {
    /// Reads them off a record's bytes.
    ///
    /// # Errors
    /// When they are not there. That the rest of the bytes reads is not looked at.
    pub fn read(mut from: &'a [u8]) -> Result<Self, Malformed> {
        let from = &mut from;
        if byte(from)? != 1 {
            return Err(Malformed("a form of record this program does not know"));
        }
        let node = take_text(from)?;
        let seq = u64::take(from)?;
        let prev = Hash::take(from)?;
        let clock = u64::take(from)?;
        let record_time = Millis::take(from)?;
        let client = if byte(from)? == 1 { Some(take_text(from)?) } else { None };
        Ok(Self { node, seq, prev, clock, record_time, client })
    }
}

/// A log that has been exactly right so far.
pub struct Sound<'a> {
    node: &'a Node,
    kept: Vec<&'a Head>,
    frontier: Frontier,
    prev: Hash,
    clock: u64,
    holds: bool,
}

impl<'a> Sound<'a> {
    /// Begins at the first record of a node's log, with what partners kept of it.
    #[must_use]
    pub fn new(node: &'a Node, kept: &'a [Kept]) -> Self {
        let mut kept: Vec<&Head> = kept.iter().map(|one| &one.checkpoint.head).collect();
        // The smallest last, so that the next one to be reached is at hand.
        kept.sort_by_key(|head| std::cmp::Reverse(head.size));
        Self { node, kept, frontier: Frontier::default(), prev: Hash::default(), clock: 0, holds: true }
    }

    /// Takes the next row: where it is stored, its bytes and what was read of them. `completed` is told each subtree that
    /// the row completes: its height and root.
    pub fn row(&mut self, stored_seq: u64, bytes: &[u8], header: &Header<'_>, completed: impl FnMut(u32, Hash)) {
        let place = self.frontier.size();
        self.holds &= header.node.as_bytes() == crate::name::Named::text_bytes(self.node)
            && header.seq == place
            && stored_seq == place
            && header.prev == self.prev
            && (header.clock > self.clock || place == 0);
        self.prev = Hash::leaf(bytes);
        self.clock = header.clock;
        self.frontier.push(self.prev, completed);
        while let Some(head) = self.kept.last().filter(|head| head.size <= place + 1) {
            self.holds &= head.size == 0 || head.root == self.frontier.root();
            self.kept.pop();
        }
    }

    /// Rows so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Whether the log is what the node signed with its key and what every kept checkpoint says.
    #[must_use]
    pub fn holds(&self, own: Option<&Checkpoint>, key: Option<&[u8; 32]>) -> bool {
        let signed = own.filter(|own| own.head.node == *self.node && key.is_some_and(|key| own.is_signed_with(key)));
        let at_its_end =
            signed.is_some_and(|own| own.head.size == self.frontier.size() && own.head.root == self.frontier.root());
        self.holds && at_its_end && self.kept.iter().all(|head| head.size == 0)
    }
}
