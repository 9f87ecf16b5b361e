//! What is known of one serial: its state, who holds it, who owns it, what it is inside.

use std::collections::{BTreeMap, BTreeSet};

use crate::encode::{canonical_choice, canonical_struct};
use crate::event::{Outcome, RecordId};
use crate::name::{Consignment, Item, Organisation, Person, Serial};

/// The states; a serial is in exactly one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is being made.
    InWork,
    /// It has passed inspection and waits to be released.
    AwaitingRelease,
    /// It must stay where it is.
    Held,
    /// It is ready to go.
    InStock,
    /// It was released by one party and not yet received by the other.
    InTransit,
    /// Two accounts of it differ; it waits for both sides' word.
    Disputed,
    /// Its owner uses it.
    InService,
    /// It is out on an exercise.
    Drawn,
    /// It is being repaired.
    InRepair,
    /// It is gone.
    WrittenOff,
    /// It was destroyed on purpose.
    Scrapped,
}

canonical_choice!(State {
    0 InWork {}, 1 AwaitingRelease {}, 2 Held {}, 3 InStock {}, 4 InTransit {}, 5 Disputed {}, 6 InService {},
    7 Drawn {}, 8 InRepair {}, 9 WrittenOff {}, 10 Scrapped {},
});

impl State {
    /// All states in order.
    pub const ALL: [Self; 11] = [
        Self::InWork,
        Self::AwaitingRelease,
        Self::Held,
        Self::InStock,
        Self::InTransit,
        Self::Disputed,
        Self::InService,
        Self::Drawn,
        Self::InRepair,
        Self::WrittenOff,
        Self::Scrapped,
    ];

    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::InWork => "in work",
            Self::AwaitingRelease => "awaiting release",
            Self::Held => "held",
            Self::InStock => "in stock",
            Self::InTransit => "in transit",
            Self::Disputed => "disputed",
            Self::InService => "in service",
            Self::Drawn => "drawn",
            Self::InRepair => "in repair",
            Self::WrittenOff => "written off",
            Self::Scrapped => "scrapped",
        }
    }

    /// Its place in [`State::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}

/// What an event changed, kept so that a correction can undo it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Before {
    /// State before.
    pub state: State,
    /// Whether it was held while in work.
    pub held_in_work: bool,
}

canonical_struct!(Before { state, held_in_work });

/// Who must agree on a disputed serial, and what they said so far.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dispute {
    /// Organisations that must agree.
    pub parties: BTreeSet<Organisation>,
    /// What each organisation's people said.
    pub words: BTreeMap<(Organisation, Person), Outcome>,
}

canonical_struct!(Dispute { parties, words });

/// One serial.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unit {
    /// Which item it is; `None` as long as only a consignment note speaks of it.
    pub item: Option<Item>,
    /// Its state.
    pub state: State,
    /// Who has it: custody.
    pub holder: Organisation,
    /// Whose it is: title.
    pub owner: Organisation,
    /// What it is inside.
    pub parent: Option<Serial>,
    /// What is inside it.
    pub children: BTreeSet<Serial>,
    /// What it is packed for, or travels as.
    pub consignment: Option<Consignment>,
    /// Whether it was held while in work.
    pub held_in_work: bool,
    /// The dispute about it.
    pub dispute: Option<Dispute>,
    /// The record that last changed it.
    pub last: RecordId,
    /// What that record changed, when it can be undone.
    pub before: Option<Before>,
}

canonical_struct!(Unit {
    item,
    state,
    holder,
    owner,
    parent,
    children,
    consignment,
    held_in_work,
    dispute,
    last,
    before
});
