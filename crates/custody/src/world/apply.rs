//! What a possible event does.

use super::{Before, Changed, Conflict, Dispute, Ruling, State, Unit, World};
use crate::event::{Act, Condition, Event, RecordId};
use crate::name::{Consignment, HandOver, Item, Organisation, Serial};
use crate::world::hand::{Hand, Side, Verdict};

impl World {
    /// Applies an event whose serials may all do what it says.
    pub(super) fn apply(&mut self, id: &RecordId, event: &Event, changed: &mut Changed) {
        if self.people.get(&event.by).is_none_or(|spoken| !spoken.contains(&event.organisation)) {
            self.people.entry_or_default(&event.by).insert(event.organisation.clone());
            changed.person = Some(event.by.clone());
        }
        match &event.act {
            Act::Start { item } => {
                for serial in &event.serials {
                    let item = Some(item.clone());
                    self.begin(serial.clone(), item, &event.organisation, id, State::InWork, changed);
                }
            }
            Act::Install { parent, lots } => self.install(parent, lots, event, id, changed),
            Act::Remove { parent } => self.remove(parent, event, id, changed),
            Act::Ship { consignment, to, seal } => {
                let side = Side {
                    record: id.clone(),
                    by: event.by.clone(),
                    organisation: event.organisation.clone(),
                    other: to.clone(),
                    count: event.serials.len() as u64,
                    serials: event.serials.clone(),
                    seal: seal.clone(),
                    condition: Condition::Sound,
                };
                for serial in &event.serials {
                    self.set(serial, id, false, changed, &|unit: &mut Unit| {
                        unit.state = State::InTransit;
                        unit.consignment = Some(consignment.clone());
                    });
                }
                let name = HandOver::new(&event.organisation, consignment);
                let hand = self.hands.entry_or_default(&name);
                hand.received = hand.early.remove(to);
                if let Some(early) = hand.received.take_if(|early| early.by == event.by) {
                    changed.conflicts.push(signed_by_the_giver(early, consignment));
                }
                hand.shipped = Some(side);
                self.judge(&name, consignment, id, changed);
            }
            Act::Receive { consignment, from, seal, count, condition } => {
                let side = Side {
                    record: id.clone(),
                    by: event.by.clone(),
                    organisation: event.organisation.clone(),
                    other: from.clone(),
                    serials: event.serials.clone(),
                    count: *count,
                    seal: seal.clone(),
                    condition: *condition,
                };
                let name = HandOver::new(from, consignment);
                let hand = self.hands.entry_or_default(&name);
                if hand.shipped.is_some() {
                    hand.received = Some(side);
                } else {
                    hand.early.insert(event.organisation.clone(), side);
                }
                self.judge(&name, consignment, id, changed);
            }
            Act::Accept {} => {
                for serial in &event.serials {
                    let owner = event.organisation.clone();
                    self.set(serial, id, false, changed, &|unit: &mut Unit| unit.owner = owner.clone());
                }
                *self.accepted.entry(event.organisation.clone()).or_insert(0) += event.serials.len() as u64;
                changed.accepted = Some(event.organisation.clone());
            }
            Act::Correct { .. } => self.undo(event, id, changed),
            Act::Settle { outcome } => self.settle(outcome, event, id, changed),
            act => {
                for serial in &event.serials {
                    self.set(serial, id, true, changed, &|unit: &mut Unit| step(act, unit));
                }
            }
        }
    }

    /// A serial that nobody knew.
    pub(super) fn begin(
        &mut self,
        serial: Serial,
        item: Option<Item>,
        holder: &Organisation,
        id: &RecordId,
        state: State,
        changed: &mut Changed,
    ) {
        let unit = Unit {
            item,
            state,
            holder: holder.clone(),
            owner: holder.clone(),
            parent: None,
            children: std::collections::BTreeSet::new(),
            consignment: None,
            held_in_work: false,
            dispute: None,
            last: id.clone(),
            before: None,
        };
        self.counts[state.index()] += 1;
        self.started += 1;
        changed.units.push(serial.clone());
        self.units.insert(serial, unit);
    }

    /// Changes a serial and everything inside it: what is inside goes where it goes.
    pub(super) fn set(
        &mut self,
        serial: &Serial,
        id: &RecordId,
        can_be_undone: bool,
        changed: &mut Changed,
        change: &dyn Fn(&mut Unit),
    ) {
        let Some(unit) = self.units.get_mut(serial) else { return };
        let before = Before { state: unit.state, held_in_work: unit.held_in_work };
        change(unit);
        self.counts[before.state.index()] -= 1;
        self.counts[unit.state.index()] += 1;
        unit.last = id.clone();
        unit.before = can_be_undone.then_some(before);
        changed.units.push(serial.clone());
        if unit.children.is_empty() {
            return;
        }
        let (state, holder, owner) = (unit.state, unit.holder.clone(), unit.owner.clone());
        for child in unit.children.clone() {
            self.set(&child, id, false, changed, &|unit: &mut Unit| {
                unit.state = state;
                unit.holder = holder.clone();
                unit.owner = owner.clone();
            });
        }
    }

    fn install(
        &mut self,
        parent: &Serial,
        lots: &[crate::event::LotUse],
        event: &Event,
        id: &RecordId,
        changed: &mut Changed,
    ) {
        let Some(into) = self.units.get_mut(parent) else { return };
        into.children.extend(event.serials.iter().cloned());
        into.last = id.clone();
        into.before = None;
        let (state, owner) = (into.state, into.owner.clone());
        changed.units.push(parent.clone());
        changed.lots.extend(lots.iter().map(|lot| (lot.clone(), parent.clone())));
        for serial in &event.serials {
            self.set(serial, id, false, changed, &|unit: &mut Unit| {
                unit.state = state;
                unit.owner = owner.clone();
                unit.parent = Some(parent.clone());
                unit.consignment = None;
            });
        }
    }

    fn remove(&mut self, parent: &Serial, event: &Event, id: &RecordId, changed: &mut Changed) {
        if let Some(from) = self.units.get_mut(parent) {
            event.serials.iter().for_each(|serial| {
                from.children.remove(serial);
            });
            from.last = id.clone();
            from.before = None;
            changed.units.push(parent.clone());
        }
        for serial in &event.serials {
            self.set(serial, id, false, changed, &|unit: &mut Unit| {
                unit.parent = None;
                unit.state = State::AwaitingRelease;
            });
        }
    }

    /// Compares the two accounts of a consignment once both are there.
    fn judge(&mut self, name: &HandOver, consignment: &Consignment, id: &RecordId, changed: &mut Changed) {
        changed.hands.push(name.clone());
        let Some(hand) = self.hands.get_mut(name) else { return };
        hand.verdict = hand.compare();
        let Hand { shipped: Some(shipped), received: Some(received), verdict, .. } = hand.clone() else { return };
        let parties = [&shipped.organisation, &shipped.other, &received.organisation];
        for serial in &shipped.serials {
            let on_its_way =
                |unit: &Unit| unit.state == State::InTransit && unit.consignment.as_ref() == Some(consignment);
            if !self.units.get(serial).is_some_and(on_its_way) {
                continue;
            }
            let both_say_so = received.serials.binary_search(serial).is_ok();
            // Equal serials and another number of pieces: nobody can tell which account is wrong.
            let only_counted = received.serials == shipped.serials;
            match verdict {
                Verdict::Agreed => self.pass(serial, &shipped.other, id, changed),
                Verdict::Counted if both_say_so && !only_counted => self.pass(serial, &shipped.other, id, changed),
                _ => self.dispute_among(serial, &parties, id, changed),
            }
        }
        for serial in received.serials.iter().filter(|s| shipped.serials.binary_search(s).is_err()) {
            // Something of the giver's that the giver did not list. What was never the giver's stays what it is.
            let held = |unit: &Unit| unit.holder == shipped.organisation && unit.parent.is_none();
            if self.units.get(serial).is_some_and(held) {
                self.dispute_among(serial, &parties, id, changed);
            }
        }
    }

    /// Custody passes.
    fn pass(&mut self, serial: &Serial, to: &Organisation, id: &RecordId, changed: &mut Changed) {
        self.set(serial, id, false, changed, &|unit: &mut Unit| {
            unit.state = State::InStock;
            unit.holder = to.clone();
            unit.consignment = None;
        });
    }

    /// A serial about which two records differ; the holder, who contradicts and to whom either released it must agree.
    pub(super) fn dispute(&mut self, serial: &Serial, event: &Event, id: &RecordId, changed: &mut Changed) {
        let Some(unit) = self.units.get(serial) else { return };
        let holder = unit.holder.clone();
        let consignment = unit.consignment.as_ref().filter(|_| unit.state == State::InTransit);
        let hand = consignment.and_then(|consignment| self.hands.get(&HandOver::new(&holder, consignment)));
        let on_its_way_to = hand.and_then(|hand| hand.shipped.as_ref()).map(|side| side.other.clone());
        let released_to = match &event.act {
            Act::Ship { to, .. } => Some(to),
            _ => None,
        };
        let two = [&holder, &event.organisation].into_iter();
        let parties: Vec<&Organisation> = two.chain(&on_its_way_to).chain(released_to).collect();
        self.dispute_among(serial, &parties, id, changed);
    }

    fn dispute_among(&mut self, serial: &Serial, parties: &[&Organisation], id: &RecordId, changed: &mut Changed) {
        // What is inside something else is disputed with the whole of it.
        let mut top = serial.clone();
        while let Some(parent) = self.units.get(&top).and_then(|unit| unit.parent.clone()) {
            top = parent;
        }
        self.set(&top, id, false, changed, &|unit: &mut Unit| {
            let words = std::collections::BTreeMap::new();
            let mut dispute =
                unit.dispute.take().unwrap_or(Dispute { parties: std::collections::BTreeSet::new(), words });
            dispute.parties.extend(parties.iter().map(|party| (*party).clone()));
            // Another party has joined: what was said before was said about something else.
            dispute.words.clear();
            unit.dispute = Some(dispute);
            unit.state = State::Disputed;
        });
    }

    fn undo(&mut self, event: &Event, id: &RecordId, changed: &mut Changed) {
        for serial in &event.serials {
            let Some(before) = self.units.get(serial).and_then(|unit| unit.before.clone()) else { continue };
            self.set(serial, id, false, changed, &|unit: &mut Unit| {
                unit.state = before.state;
                unit.held_in_work = before.held_in_work;
            });
        }
    }
}

/// A receipt that turns out to be signed by who signs the release; the release stands, since its giver could not know.
fn signed_by_the_giver(receipt: Side, consignment: &Consignment) -> Conflict {
    let fact = format!("`{}` signed the release of `{consignment}` too, so this receipt does not count", receipt.by);
    Conflict { record: receipt.record, serial: None, code: 708, fact, ruling: Ruling::Void }
}

/// What an act does to one serial that stays where it is.
fn step(act: &Act, unit: &mut Unit) {
    let was = unit.state;
    match act {
        Act::Inspect { passed: true } => unit.state = State::AwaitingRelease,
        Act::Inspect { passed: false } | Act::Hold { .. } => {
            unit.held_in_work = matches!(was, State::InWork | State::InRepair);
            unit.state = State::Held;
        }
        Act::Lift {} => {
            unit.state = if unit.held_in_work { State::InWork } else { State::AwaitingRelease };
            unit.held_in_work = false;
        }
        Act::Release {} => unit.state = State::InStock,
        Act::Pack { consignment } => unit.consignment = Some(consignment.clone()),
        Act::Unpack { .. } => unit.consignment = None,
        Act::Serve {} | Act::Return {} => unit.state = State::InService,
        Act::Draw { .. } => unit.state = State::Drawn,
        Act::Repair {} => unit.state = State::InRepair,
        Act::WriteOff { .. } => unit.state = State::WrittenOff,
        Act::Scrap { .. } => unit.state = State::Scrapped,
        // The acts with effects beyond one serial are applied by functions of their own.
        _ => {}
    }
    if unit.state != State::InStock {
        unit.consignment = None;
    }
}
