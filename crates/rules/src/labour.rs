//! The work in one piece: its tasks, and people's minutes.

use model::Ring;
use model::ids::{ItemId, TaskId};
use model::results::SharedItem;
use model::tables::capability::LineType;
use std::collections::BTreeMap;
use units::{Minutes, Quantity};

/// A task of a line, with the pieces of its item in one piece of the line's item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineTask {
    /// The task.
    pub task: TaskId,
    /// Times it is done for one piece of the line's item, as pieces of the task's own item.
    pub pieces: Quantity,
}

/// The tasks of a line, in table order: the item's own for a cell, those of all made items within it for a complete line.
#[must_use]
pub fn tasks(ring: &Ring, item: ItemId, line_type: LineType) -> Vec<LineTask> {
    let made = match line_type {
        LineType::Cell => vec![(item, Quantity::whole(1))],
        LineType::Complete => ring.made_within(item),
    };
    let pieces = |of: ItemId| made.iter().find(|(i, _)| *i == of).map(|(_, n)| *n);
    ring.tasks.enumerate().filter_map(|(task, row)| pieces(row.item).map(|pieces| LineTask { task, pieces })).collect()
}

/// The tasks of a line that makes several items in turn, in table order: pieces of each task's item in one average piece of
/// the line, which is the sum over items of share times pieces.
#[must_use]
pub fn tasks_shared(ring: &Ring, items: &[SharedItem]) -> Vec<LineTask> {
    let mut pieces: BTreeMap<TaskId, i64> = BTreeMap::new();
    for shared in items {
        for task in tasks(ring, shared.item, shared.line_type) {
            *pieces.entry(task.task).or_default() += share_of(task.pieces, shared.share);
        }
    }
    pieces.into_iter().map(|(task, ticks)| LineTask { task, pieces: Quantity::from_ticks(ticks) }).collect()
}

/// Thousandths of a share of pieces.
fn share_of(pieces: Quantity, share: Quantity) -> i64 {
    (i128::from(pieces.ticks()) * i128::from(share.ticks()) / 1_000) as i64
}

/// Crew minutes of a task for one piece of the line's item: its minutes times the pieces of its item.
#[must_use]
pub fn minutes(ring: &Ring, task: LineTask) -> Minutes {
    scaled(ring.tasks[task.task].minutes, task.pieces)
}

/// Crew minutes of a task with expected rework: `minutes + (1 - first_pass_yield) * rework_minutes`, times the pieces.
#[must_use]
pub fn minutes_planned(ring: &Ring, task: LineTask) -> f64 {
    let row = &ring.tasks[task.task];
    let rework = row.first_pass_yield.rest().get() * row.rework_minutes.as_f64();
    (row.minutes.as_f64() + rework) * task.pieces.as_f64()
}

/// Labour minutes of one piece made on a line: minutes times crew over its tasks, at maturity, without rework.
#[must_use]
pub fn per_piece(ring: &Ring, item: ItemId, line_type: LineType) -> Minutes {
    tasks(ring, item, line_type).into_iter().map(|t| minutes(ring, t).times(ring.tasks[t.task].crew)).sum()
}

/// Minutes times pieces, held at a length that sums of thousands still fit.
fn scaled(minutes: Minutes, pieces: Quantity) -> Minutes {
    const MOST: i128 = 1_000_000_000_000_000;
    let ticks = i128::from(minutes.ticks()) * i128::from(pieces.ticks()) / 1_000;
    Minutes::from_ticks(ticks.min(MOST) as i64)
}

/// Labour minutes of a capability's pieces that standing lines made before the first day.
#[must_use]
pub fn made_before(ring: &Ring, capability: model::ids::CapabilityId) -> f64 {
    let own = ring.standing_lines.iter().filter(|l| l.capability == capability);
    let pieces: f64 = own.map(|l| l.made.as_f64()).sum();
    let row = &ring.capability[capability];
    pieces * per_piece(ring, row.item, row.line_type).as_f64()
}
