//! `task_parts.csv`: which task uses which component.

use crate::ids::{Component, TaskId, TaskPartId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{IdVec, Quantity};

/// The schema of `task_parts.csv`.
pub const TABLE: Table = Table {
    name: "task_parts",
    key: &["task", "component"],
    need: Need::Optional,
    doc: "Components that a task uses; what no task names is needed when the item's first task starts.",
    columns: &[
        required("task", Kind::Ref(&["tasks"]), "", "The task."),
        required("component", Kind::Ref(&["items", "parts"]), "", "The item or part it uses."),
        default(
            "quantity",
            Kind::Quantity(0.001, 100_000.0),
            "1",
            "pieces",
            "Pieces used for one piece of the task's item.",
        ),
    ],
};

/// A component used by a task.
#[derive(Debug, Clone, PartialEq)]
pub struct TaskPart {
    /// The task.
    pub task: TaskId,
    /// What it uses.
    pub component: Component,
    /// Pieces used.
    pub quantity: Quantity,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<TaskPartId, TaskPart> {
    reader.rows(&TABLE, |row| TaskPart {
        task: row.id("task"),
        component: Component::of(row.which("component")),
        quantity: row.quantity("quantity"),
    })
}
