//! The world: what follows from all records in their common order. Every projection is a picture of it.
//!
//! [`World::check`] says why an event cannot be; a node asks it before it writes its own event, and refuses. A record that
//! comes from another node is a fact that cannot be refused: [`World::fold`] takes it in, and where it contradicts what
//! came before it in the common order, every conflict is decided there and then: it has no effect, or the serial is in
//! dispute until the parties settle it. Since the order depends on the records alone, every node that knows the same
//! records has the same world.

mod apply;
mod hand;
mod rules;
mod settle;
mod unit;

use std::collections::{BTreeMap, BTreeSet};

use diag::{Code, Diagnostic, Place};

use crate::encode::{canonical_choice, canonical_struct};
use crate::event::{Event, LotUse, RecordId};
use crate::name::{HandOver, Node, Organisation, Person, Serial, Word};
use crate::record::{Body, Record};
use crate::table::Table;

pub use hand::{Hand, Side, Verdict};
pub use unit::{Before, Dispute, State, Unit};

/// How a conflict in the common order is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ruling {
    /// The event has no effect: who said it had no say in it.
    Void,
    /// The serial is in dispute.
    Dispute,
    /// The event has its effect all the same: who said it could not know better, and is not to be silenced by another.
    Stands,
}

canonical_choice!(Ruling { 0 Void {}, 1 Dispute {}, 2 Stands {} });

/// Why an event cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Number of the diagnostic.
    pub code: u16,
    /// The serial it is about; `None` means the event as a whole.
    pub serial: Option<Serial>,
    /// How it is decided when the event is a fact already.
    pub ruling: Ruling,
    /// The fact.
    pub fact: String,
    /// What to do.
    pub help: &'static str,
}

impl Fault {
    /// As a diagnostic about an event, named as the reader knows it.
    #[must_use]
    pub fn diagnostic(&self, event: &str) -> Diagnostic {
        Diagnostic::error(Code(self.code), self.fact.clone(), self.help).at(Place::Result(event.to_owned()), "")
    }
}

/// A record that contradicts what came before it, and how that was decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The record.
    pub record: RecordId,
    /// The serial, or the event as a whole.
    pub serial: Option<Serial>,
    /// Number of the diagnostic that says why.
    pub code: u64,
    /// The fact.
    pub fact: String,
    /// The decision.
    pub ruling: Ruling,
}

canonical_struct!(Conflict { record, serial, code, fact, ruling });

/// What a record changed; projections are brought up to date from this.
#[derive(Debug, Clone, Default)]
pub struct Changed {
    /// Serials whose row differs; one may stand here more than once.
    pub units: Vec<Serial>,
    /// Hand-overs whose row differs.
    pub hands: Vec<HandOver>,
    /// A person who spoke for the first time.
    pub person: Option<Person>,
    /// A node that opened.
    pub node: Option<Node>,
    /// Lots that went into a serial.
    pub lots: Vec<(LotUse, Serial)>,
    /// An organisation that accepted.
    pub accepted: Option<Organisation>,
    /// Conflicts found.
    pub conflicts: Vec<Conflict>,
}

/// A node as its first record introduces it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeInfo {
    /// The ring.
    pub ring: Word,
    /// Who runs it.
    pub organisation: Organisation,
    /// Its public key.
    pub key: [u8; 32],
}

canonical_struct!(NodeInfo { ring, organisation, key });

/// Everything that follows from the records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct World {
    /// Nodes by name.
    pub nodes: BTreeMap<Node, NodeInfo>,
    /// For whom each person has spoken; for more than one when two organisations gave somebody the same id.
    pub people: Table<Person, BTreeSet<Organisation>>,
    /// Serials.
    pub units: Table<Serial, Unit>,
    /// Hand-overs.
    pub hands: Table<HandOver, Hand>,
    /// Pieces accepted by each organisation, ever.
    pub accepted: BTreeMap<Organisation, u64>,
    counts: [u64; 11],
    started: u64,
}

impl World {
    /// Serials ever started, or vouched for by a consignment note.
    #[must_use]
    pub fn started(&self) -> u64 {
        self.started
    }

    /// Serials in a state.
    #[must_use]
    pub fn count(&self, state: State) -> u64 {
        self.counts[state.index()]
    }

    /// Why an event of a node cannot be, most fundamental first; empty when it can.
    #[must_use]
    pub fn check(&self, node: &Node, event: &Event) -> Vec<Fault> {
        let mut faults = Vec::new();
        rules::check(self, node, event, &mut faults);
        faults
    }

    /// Takes in the next record of the common order.
    pub fn fold(&mut self, record: &Record) -> Changed {
        let mut changed = Changed::default();
        match &record.body {
            Body::Open { ring, organisation, key } => {
                let info = NodeInfo { ring: ring.clone(), organisation: organisation.clone(), key: *key };
                // A second opening can only come from a forked log, which pull refuses; the first stands.
                self.nodes.entry(record.node.clone()).or_insert(info);
                changed.node = Some(record.node.clone());
            }
            Body::Event { event } => self.fold_event(record, event, &mut changed),
            Body::Document { .. } => {}
        }
        debug_assert_eq!(self.counts.iter().sum::<u64>(), self.started, "started is the sum of the states");
        changed
    }

    /// Takes in an event that [`World::check`] has just found to be possible.
    pub fn fold_checked(&mut self, record: &Record) -> Changed {
        let mut changed = Changed::default();
        if let Body::Event { event } = &record.body {
            debug_assert_eq!(self.check(&record.node, event), Vec::new(), "it was checked");
            self.apply(&record.id(), event, &mut changed);
        } else {
            changed = self.fold(record);
        }
        debug_assert_eq!(self.counts.iter().sum::<u64>(), self.started, "started is the sum of the states");
        changed
    }

    /// Takes in a release that came along with the goods as a bundle, while the log it stands in is not known yet.
    /// Serials not known are vouched for: they are as the giver says.
    pub fn fold_note(&mut self, record: &Record, giver: &NodeInfo) -> Changed {
        let mut changed = Changed::default();
        self.nodes.entry(record.node.clone()).or_insert_with(|| giver.clone());
        changed.node = Some(record.node.clone());
        if let Some(event) = record.event() {
            for serial in event.serials.iter().filter(|s| !self.units.contains_key(*s)).cloned().collect::<Vec<_>>() {
                self.begin(serial, None, &event.organisation, &record.id(), State::InStock, &mut changed);
            }
            self.fold_event(record, event, &mut changed);
        }
        changed
    }

    fn fold_event(&mut self, record: &Record, event: &Event, changed: &mut Changed) {
        let mut faults = self.check(&record.node, event);
        if faults.is_empty() {
            self.apply(&record.id(), event, changed);
            return;
        }
        let conflict = |fault: &Fault| Conflict {
            record: record.id(),
            serial: fault.serial.clone(),
            code: u64::from(fault.code),
            fact: fault.fact.clone(),
            ruling: fault.ruling,
        };
        changed.conflicts.extend(faults.iter().map(conflict));
        faults.retain(|fault| fault.ruling != Ruling::Stands);
        let disputed = |serial: &Serial| {
            faults.iter().any(|f| f.ruling == Ruling::Dispute && f.serial.as_ref().is_none_or(|s| s == serial))
        };
        let void = |serial: &Serial| {
            faults.iter().any(|f| f.ruling == Ruling::Void && f.serial.as_ref().is_none_or(|s| s == serial))
        };
        let mut rest = event.clone();
        rest.serials.retain(|serial| !void(serial) && !disputed(serial));
        for serial in event.serials.iter().filter(|serial| !void(serial) && disputed(serial)) {
            self.dispute(serial, event, &record.id(), changed);
        }
        // What is inside something was disputed with the whole of it: then the whole goes nowhere either.
        let id = record.id();
        rest.serials.retain(|serial| {
            !self.units.get(serial).is_some_and(|unit| unit.state == State::Disputed && unit.last == id)
        });
        let as_a_whole = faults.iter().any(|fault| fault.serial.is_none());
        if faults.is_empty() || !as_a_whole && !rest.serials.is_empty() {
            self.apply(&record.id(), &rest, changed);
        }
    }

    /// The state as rows: everything but the serials and hand-overs, which stores keep by key.
    #[must_use]
    pub fn rebuild(
        nodes: BTreeMap<Node, NodeInfo>,
        people: Table<Person, BTreeSet<Organisation>>,
        units: Table<Serial, Unit>,
        hands: Table<HandOver, Hand>,
        accepted: BTreeMap<Organisation, u64>,
    ) -> Self {
        let mut counts = [0; 11];
        units.rows().iter().for_each(|(_, unit)| counts[unit.state.index()] += 1);
        let started = counts.iter().sum();
        Self { nodes, people, units, hands, accepted, counts, started }
    }
}

#[cfg(test)]
mod explore_tests;
#[cfg(test)]
mod tests;
