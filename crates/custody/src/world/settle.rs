//! How a dispute ends: everybody concerned says the same, through two people at least.

use std::collections::BTreeSet;

use super::{Changed, State, World};
use crate::event::{Event, Outcome, RecordId};
use crate::name::{Organisation, Person};

impl World {
    /// Takes one side's word; when every party has given the same one, it becomes true.
    pub(super) fn settle(&mut self, outcome: &Outcome, event: &Event, id: &RecordId, changed: &mut Changed) {
        for serial in &event.serials {
            self.set(serial, id, false, changed, &|unit: &mut super::Unit| {
                let Some(dispute) = &mut unit.dispute else { return };
                dispute.words.insert((event.organisation.clone(), event.by.clone()), outcome.clone());
                let same = dispute.words.iter().filter(|(_, word)| *word == outcome);
                let (heard, people): (BTreeSet<&Organisation>, BTreeSet<&Person>) =
                    same.map(|((organisation, person), _)| (organisation, person)).unzip();
                if people.len() < 2 || !dispute.parties.iter().all(|party| heard.contains(party)) {
                    return;
                }
                unit.dispute = None;
                unit.consignment = None;
                unit.held_in_work = false;
                match outcome {
                    Outcome::With { holder } => {
                        unit.state = State::Held;
                        unit.holder = holder.clone();
                    }
                    Outcome::Lost {} => unit.state = State::WrittenOff,
                }
            });
        }
    }
}
