//! A hand-over: two events by two parties, and what follows from comparing them.
//!
//! A receiver may speak before the release is known. Until then anybody may have: all accounts are kept, and the release
//! says whose counts. So nobody can take a place in a hand-over between others.

use std::collections::BTreeMap;

use crate::encode::{canonical_choice, canonical_struct};
use crate::event::{Condition, RecordId};
use crate::name::{Organisation, Person, Serial, Word};

/// One side's account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Side {
    /// Its record.
    pub record: RecordId,
    /// Who signed.
    pub by: Person,
    /// For whom.
    pub organisation: Organisation,
    /// The other party, as this side names it.
    pub other: Organisation,
    /// Serials.
    pub serials: Vec<Serial>,
    /// Pieces.
    pub count: u64,
    /// The seal.
    pub seal: Word,
    /// How the goods are.
    pub condition: Condition,
}

canonical_struct!(Side { record, by, organisation, other, serials, count, seal, condition });

/// How the two accounts compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Only one side has spoken.
    Open,
    /// They agree.
    Agreed,
    /// Something is missing or too many; the rest agrees.
    Counted,
    /// Seal or condition differ: nothing passed.
    Differs,
}

canonical_choice!(Verdict { 0 Open {}, 1 Agreed {}, 2 Counted {}, 3 Differs {} });

impl Verdict {
    /// The words for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Agreed => "agreed",
            Self::Counted => "count differs",
            Self::Differs => "differs",
        }
    }
}

/// A consignment's two accounts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hand {
    /// What the giver released.
    pub shipped: Option<Side>,
    /// What the receiver found.
    pub received: Option<Side>,
    /// What others said to have received, before it was known to whom it was released.
    pub early: BTreeMap<Organisation, Side>,
    /// How they compare.
    pub verdict: Verdict,
}

canonical_struct!(Hand { shipped, received, early, verdict });

impl Hand {
    /// A hand-over nobody has spoken of.
    #[must_use]
    pub fn new() -> Self {
        Self { shipped: None, received: None, early: BTreeMap::new(), verdict: Verdict::Open }
    }

    /// How the two accounts compare.
    #[must_use]
    pub fn compare(&self) -> Verdict {
        let (Some(shipped), Some(received)) = (&self.shipped, &self.received) else { return Verdict::Open };
        debug_assert!(shipped.other == received.organisation && received.other == shipped.organisation);
        let goods = shipped.seal == received.seal && received.condition == Condition::Sound;
        if !goods {
            Verdict::Differs
        } else if shipped.serials == received.serials && shipped.count == received.count {
            Verdict::Agreed
        } else {
            Verdict::Counted
        }
    }
}

impl Default for Hand {
    fn default() -> Self {
        Self::new()
    }
}
