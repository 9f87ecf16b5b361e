//! One option of a menu, with the minutes of its tasks.

use model::Ring;
use model::ids::TaskId;
use model::results::{LineDesign, LineOption};
use rules::labour::{self, LineTask};
use std::collections::BTreeMap;
use units::Minutes;

/// An option with the tasks its line must hold.
pub(super) struct Subject<'a> {
    pub(super) ring: &'a Ring,
    pub(super) option: &'a LineOption,
    pub(super) index: usize,
    /// Tasks of the line, in table order.
    pub(super) tasks: BTreeMap<TaskId, LineTask>,
}

impl<'a> Subject<'a> {
    pub(super) fn new(ring: &'a Ring, design: &LineDesign, option: &'a LineOption, index: usize) -> Self {
        let tasks = labour::tasks(ring, design.item, design.line_type);
        Self { ring, option, index, tasks: tasks.into_iter().map(|t| (t.task, t)).collect() }
    }

    /// An option of a line with these tasks.
    pub(super) fn of_tasks(ring: &'a Ring, option: &'a LineOption, tasks: impl Iterator<Item = LineTask>) -> Self {
        Self { ring, option, index: 0, tasks: tasks.map(|t| (t.task, t)).collect() }
    }

    /// Crew minutes of a task, times the pieces of its item.
    pub(super) fn minutes(&self, task: TaskId) -> Minutes {
        labour::minutes(self.ring, self.tasks[&task])
    }

    /// The same with expected rework, rounded to thousandths.
    pub(super) fn minutes_planned(&self, task: TaskId) -> Minutes {
        Minutes::from_f64(labour::minutes_planned(self.ring, self.tasks[&task]))
    }

    /// `option 2`, counted from 1, with its takt.
    pub(super) fn name(&self) -> String {
        format!("option {} (takt {})", self.index + 1, self.option.takt)
    }
}

/// Minutes shared among copies, rounded up to thousandths.
pub(super) fn per_copy(minutes: Minutes, copies: i64) -> Minutes {
    Minutes::from_ticks((minutes.ticks() + copies - 1).div_euclid(copies))
}
