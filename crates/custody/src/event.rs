//! Events in the terms of EPCIS 2.0: what, when, where, why, how, and who says so.

use crate::encode::{canonical_choice, canonical_struct};
use crate::hash::Hash;
use crate::name::{ClientId, Consignment, Item, Lot, Node, Organisation, Part, Person, Serial, Word};
use crate::time::Stamp;

/// One event, said by one person for one organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The client's name for it: sent again, it is stored once.
    pub client: ClientId,
    /// When it happened, as the person claims.
    pub time: Stamp,
    /// Who says so.
    pub by: Person,
    /// For which organisation.
    pub organisation: Organisation,
    /// Where it happened, when that is not the node itself.
    pub place: Option<Word>,
    /// What: serials in ascending order, each once.
    pub serials: Vec<Serial>,
    /// Why and how.
    pub act: Act,
    /// What is kept private: only this stands in the log.
    pub private: Vec<Commitment>,
}

canonical_struct!(Event { client, time, by, organisation, place, serials, act, private });
canonical_struct!(Stamp { ms, offset_min });

impl crate::encode::Canonical for i16 {
    fn put(&self, to: &mut Vec<u8>) {
        i64::from(*self).put(to);
    }
    fn take(from: &mut &[u8]) -> Result<Self, crate::encode::Malformed> {
        i64::take(from)?.try_into().map_err(|_| crate::encode::Malformed("an offset is too large"))
    }
}

/// A salted commitment to a private value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commitment {
    /// What the value is called.
    pub name: Word,
    /// The commitment, see [`crate::private`].
    pub hash: Hash,
}

canonical_struct!(Commitment { name, hash });

/// Which record: the log it is in and its place there, from 0.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId {
    /// Whose log.
    pub node: Node,
    /// Place in that log.
    pub seq: u64,
}

canonical_struct!(RecordId { node, seq });

impl std::fmt::Display for RecordId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.node, self.seq)
    }
}

impl RecordId {
    /// Reads `node/seq`.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let (node, seq) = text.rsplit_once('/')?;
        let canonical = seq == "0" || !seq.starts_with(['0', '+']);
        Some(Self { node: Node::new(node)?, seq: seq.parse().ok().filter(|_| canonical)? })
    }
}

/// Pieces of a lot that went into a serial.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LotUse {
    /// The part.
    pub part: Part,
    /// Its lot.
    pub lot: Lot,
    /// Pieces, in thousandths, as [`units::Quantity`] counts.
    pub thousandths: u64,
}

canonical_struct!(LotUse { part, lot, thousandths });

/// How goods arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Condition {
    /// Nothing to remark.
    Sound,
    /// Damaged, or not as described.
    Damaged,
}

canonical_choice!(Condition { 0 Sound {}, 1 Damaged {} });

/// How a dispute ends, once everybody concerned says the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// An organisation has it; it is held there until examined.
    With {
        /// Which.
        holder: Organisation,
    },
    /// Nobody has it: written off.
    Lost {},
}

canonical_choice!(Outcome { 0 With { holder }, 1 Lost {} });

/// What was done to the serials, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Work on new serials begins (commissioning).
    Start {
        /// Which item they are.
        item: Item,
    },
    /// The serials, and pieces of lots, go into a parent (installing).
    Install {
        /// What they go into.
        parent: Serial,
        /// Pieces of lots that go in too.
        lots: Vec<LotUse>,
    },
    /// The serials come out of their parent (removing).
    Remove {
        /// What they come out of.
        parent: Serial,
    },
    /// The serials were examined (inspecting).
    Inspect {
        /// With which result.
        passed: bool,
    },
    /// Examined serials may leave: they are in stock (stocking).
    Release {},
    /// The serials stay where they are until it is lifted (holding).
    Hold {
        /// Why.
        reason: Word,
    },
    /// The hold is lifted.
    Lift {},
    /// The serials are packed for a consignment (packing).
    Pack {
        /// For which.
        consignment: Consignment,
    },
    /// They are unpacked again (unpacking).
    Unpack {
        /// From which.
        consignment: Consignment,
    },
    /// First half of a hand-over: released to another party (shipping).
    Ship {
        /// What they travel as.
        consignment: Consignment,
        /// To whom.
        to: Organisation,
        /// Number of the seal.
        seal: Word,
    },
    /// Second half of a hand-over: what came, as the receiver found it (receiving).
    Receive {
        /// What they travelled as.
        consignment: Consignment,
        /// From whom.
        from: Organisation,
        /// Number of the seal as found.
        seal: Word,
        /// Pieces counted, serials or not.
        count: u64,
        /// How they are.
        condition: Condition,
    },
    /// Title passes to who holds them (accepting).
    Accept {},
    /// They are taken into service.
    Serve {},
    /// They are drawn for an exercise.
    Draw {
        /// Which.
        exercise: Word,
    },
    /// They come back from it.
    Return {},
    /// They go into repair (repairing); an inspection ends it.
    Repair {},
    /// They are gone and nobody looks for them any more (decommissioning).
    WriteOff {
        /// Why.
        reason: Word,
    },
    /// They are destroyed on purpose (destroying).
    Scrap {
        /// Why.
        reason: Word,
    },
    /// An earlier event was wrong; it stays, and what it did is undone.
    Correct {
        /// The wrong one.
        wrong: RecordId,
        /// Why.
        reason: Word,
    },
    /// One side's word on how a dispute ends.
    Settle {
        /// How.
        outcome: Outcome,
    },
}

canonical_choice!(Act {
    0 Start { item },
    1 Install { parent, lots },
    2 Remove { parent },
    3 Inspect { passed },
    4 Release {},
    5 Hold { reason },
    6 Lift {},
    7 Pack { consignment },
    8 Unpack { consignment },
    9 Ship { consignment, to, seal },
    10 Receive { consignment, from, seal, count, condition },
    11 Accept {},
    12 Serve {},
    13 Draw { exercise },
    14 Return {},
    15 Repair {},
    16 WriteOff { reason },
    17 Scrap { reason },
    18 Correct { wrong, reason },
    19 Settle { outcome },
});

impl Act {
    /// The word people use for it, which also starts an event line.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Start { .. } => "start",
            Self::Install { .. } => "install",
            Self::Remove { .. } => "remove",
            Self::Inspect { .. } => "inspect",
            Self::Release {} => "release",
            Self::Hold { .. } => "hold",
            Self::Lift {} => "lift",
            Self::Pack { .. } => "pack",
            Self::Unpack { .. } => "unpack",
            Self::Ship { .. } => "ship",
            Self::Receive { .. } => "receive",
            Self::Accept {} => "accept",
            Self::Serve {} => "serve",
            Self::Draw { .. } => "draw",
            Self::Return {} => "return",
            Self::Repair {} => "repair",
            Self::WriteOff { .. } => "write-off",
            Self::Scrap { .. } => "scrap",
            Self::Correct { .. } => "correct",
            Self::Settle { .. } => "settle",
        }
    }
}
