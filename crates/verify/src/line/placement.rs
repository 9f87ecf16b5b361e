//! Every task of the line stands in exactly one station, none before a predecessor; stations hold tasks, at least one copy each.

use super::subject::Subject;
use crate::faults::{Faults, LINE};
use model::ids::TaskId;
use std::collections::BTreeMap;
use units::Id;

const ONCE: &str = "every task of the line is in exactly one station";
/// Most copies of a station: far beyond any line, so that sums fit.
const COPIES_MAX: i64 = 1_000_000;

/// Checks one option.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut place: BTreeMap<TaskId, usize> = BTreeMap::new();
    let mut next = 0;
    for (at, station) in s.option.stations.iter().enumerate() {
        if station.tasks.is_empty() || !(1..=COPIES_MAX).contains(&station.copies) {
            let fact = format!("{}: station {} has no task or no copy", s.name(), at + 1);
            faults.tell(LINE, ONCE, fact);
        }
        if station.reasons.len() != station.tasks.len() {
            let fact = format!("{}: station {} does not give one reason per task", s.name(), at + 1);
            faults.tell(LINE, "each task has its reason", fact);
        }
        for task in &station.tasks {
            let known = s.tasks.contains_key(task);
            if !known || place.insert(*task, next).is_some() {
                let key = s.ring.tasks.get(*task).map_or("?", |t| t.key.as_str());
                let why = if known { "stands twice" } else { "is not of this line" };
                faults.tell(LINE, ONCE, format!("{}: task `{key}` (row {}) {why}", s.name(), task.index() + 1));
            }
            next += 1;
        }
    }
    for task in s.tasks.keys() {
        let row = &s.ring.tasks[*task];
        let Some(here) = place.get(task) else {
            faults.tell(LINE, ONCE, format!("{}: task `{}` stands nowhere", s.name(), row.key));
            continue;
        };
        for before in row.predecessors.iter().filter(|p| place.get(p).is_some_and(|there| there > here)) {
            let first = &s.ring.tasks[*before].key;
            let fact = format!("{}: `{}` is done before its predecessor `{first}`", s.name(), row.key);
            faults.tell(LINE, "tasks follow their predecessors", fact);
        }
    }
}
