//! What comes before and after each task, and the bounds on stations that follow.
//!
//! All tasks before `j` and `j` itself stand at or before its station, so that station is at least `E(j)`, a bound on
//! the stations of that set; as many, `T(j)`, stand at or after it. Hence stations `>= E(j) + T(j) - 1`.
//!
//! # Source
//! J. H. Patterson, J. J. Albracht (1975), Assembly-line balancing: zero-one programming with Fibonacci search, Operations
//! Research 23(1): earliest and latest stations; here with bin-packing bounds of the sets instead of their sums.

use super::bins;
use super::subject::Subject;
use model::ids::TaskId;
use std::collections::{BTreeMap, BTreeSet};

/// All tasks before and after each task, within the line.
pub(super) struct Order {
    before: BTreeMap<TaskId, BTreeSet<TaskId>>,
}

impl Order {
    /// The transitive closure of precedence within the line.
    pub(super) fn new(s: &Subject<'_>) -> Self {
        let mut before: BTreeMap<TaskId, BTreeSet<TaskId>> = BTreeMap::new();
        for task in s.tasks.keys() {
            let mut seen = BTreeSet::new();
            let mut open = vec![*task];
            while let Some(at) = open.pop() {
                for p in s.ring.tasks[at].predecessors.iter().filter(|p| s.tasks.contains_key(p)) {
                    if seen.insert(*p) {
                        open.push(*p);
                    }
                }
            }
            before.insert(*task, seen);
        }
        Self { before }
    }

    /// Minutes (thousandths) of two tasks and all tasks forced between them.
    pub(super) fn together(&self, s: &Subject<'_>, a: TaskId, b: TaskId) -> i64 {
        let between = |first: TaskId, last: TaskId| -> i64 {
            let of_last = &self.before[&last];
            if !of_last.contains(&first) {
                return 0;
            }
            of_last.iter().filter(|t| self.before[*t].contains(&first)).map(|t| s.minutes(*t).ticks()).sum()
        };
        s.minutes(a).ticks() + s.minutes(b).ticks() + between(a, b) + between(b, a)
    }

    /// The best of `E(j) + T(j) - 1` over all tasks; 0 when a task is longer than the takt.
    pub(super) fn stations(&self, s: &Subject<'_>) -> i64 {
        let takt = s.option.takt.ticks();
        let least = |set: &mut dyn Iterator<Item = TaskId>| {
            let times: Vec<i64> = set.map(|t| s.minutes(t).ticks()).collect();
            bins::counted(&times, takt).max(bins::stations(&times, takt))
        };
        if s.tasks.keys().any(|t| s.minutes(*t).ticks() > takt) {
            return 0;
        }
        let around = s.tasks.keys().map(|task| {
            let head = least(&mut self.before[task].iter().copied().chain([*task]));
            let after = self.before.iter().filter(|(_, before)| before.contains(task)).map(|(t, _)| *t);
            head + least(&mut after.chain([*task])) - 1
        });
        around.max().unwrap_or(0)
    }
}
