//! The work of one line: its tasks with their minutes, and what must come before what.

use crate::instance::{Instance, InstanceFault};
use diag::{Code, Diagnostic, Place};
use model::Ring;
use model::ids::{ItemId, TaskId};
use model::results::SharedItem;
use model::tables::capability::LineType;
use rules::labour::{self, LineTask};
use units::{Id, Minutes, Quantity};

/// Which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRequest {
    /// The item it makes.
    pub item: ItemId,
    /// Own tasks only, or the complete item.
    pub line_type: LineType,
    /// Areas of the shop whose tasks are left out, as in `tasks.csv`.
    pub without_areas: Vec<String>,
}

/// The tasks of one line, in table order.
#[derive(Debug, Clone)]
pub struct Line {
    /// What was asked for.
    pub request: LineRequest,
    /// The tasks; position `i` is task `i` of [`Line::instance`].
    pub tasks: Vec<LineTask>,
    /// Minutes with expected rework, rounded to thousandths.
    pub planned: Vec<Minutes>,
    /// People each task needs at once.
    pub crew: Vec<i64>,
    /// Minutes without rework in thousandths, and precedence.
    pub instance: Instance,
    /// What it makes, with the pieces of each item in one piece of the line.
    pub items: Vec<SharedItem>,
}

impl Line {
    /// Collects the tasks of a line; precedence holds through tasks that are left out.
    ///
    /// # Errors
    /// RW0302 when no task is left, when there are too many or when their minutes are too many to be counted.
    pub fn new(ring: &Ring, request: LineRequest) -> Result<Self, Diagnostic> {
        let only = SharedItem { item: request.item, line_type: request.line_type, share: Quantity::whole(1) };
        Self::mixed(ring, request, vec![only])
    }

    /// A line that makes several items in turn: a task counts by the pieces of its item in one average piece of the line.
    ///
    /// `request` names the first item; shares are pieces of each item in one piece of the line, and add up to 1.
    ///
    /// # Errors
    /// As [`Line::new`].
    pub fn mixed(ring: &Ring, request: LineRequest, items: Vec<SharedItem>) -> Result<Self, Diagnostic> {
        let item = &ring.items[request.item];
        let left_out = |t: &LineTask| request.without_areas.contains(&ring.tasks[t.task].area);
        let tasks: Vec<LineTask> = labour::tasks_shared(ring, &items).into_iter().filter(|t| !left_out(t)).collect();
        let refuse = |fact: String, help: &str| {
            Diagnostic::error(Code(302), fact, help).at(Place::row("items", request.item.index()), "the line's item")
        };
        if tasks.is_empty() {
            return Err(refuse(
                format!("a line of `{}` has no task", item.key),
                "leave out fewer areas, or add the item's tasks to tasks.csv",
            ));
        }
        let ticks = |t: &LineTask| u32::try_from(labour::minutes(ring, *t).ticks()).unwrap_or(u32::MAX);
        let times: Vec<u32> = tasks.iter().map(ticks).collect();
        let arcs = precedence(ring, &tasks);
        let instance = Instance::new(&times, &arcs).map_err(|faults| match &faults[0] {
            InstanceFault::TooManyTasks { tasks } => refuse(
                format!("a line of `{}` would hold {tasks} tasks", item.key),
                "balance its sub-assemblies as cells of their own",
            ),
            other => refuse(
                format!("the minutes of a line of `{}` cannot be counted: {other}", item.key),
                "check the minutes in tasks.csv and the quantities in bom.csv",
            ),
        })?;
        let planned =
            tasks.iter().map(|t| Minutes::from_f64(labour::minutes_planned(ring, *t))).collect::<Vec<Minutes>>();
        let crew = tasks.iter().map(|t| ring.tasks[t.task].crew).collect();
        Ok(Self { request, tasks, planned, crew, instance, items })
    }

    /// How many tasks there are.
    #[must_use]
    pub fn n_tasks(&self) -> usize {
        self.tasks.len()
    }

    /// The task at a position.
    #[must_use]
    pub fn task(&self, position: usize) -> TaskId {
        self.tasks[position].task
    }

    /// Minutes of a task for one piece of the line's item, without rework.
    #[must_use]
    pub fn minutes(&self, position: usize) -> Minutes {
        Minutes::from_ticks(i64::from(self.instance.time(position)))
    }

    /// All minutes of one piece, without rework.
    #[must_use]
    pub fn minutes_sum(&self) -> Minutes {
        Minutes::from_ticks(i64::from(self.instance.time_sum()))
    }

    /// The longest task, minutes without rework.
    #[must_use]
    pub fn minutes_max(&self) -> Minutes {
        Minutes::from_ticks(i64::from(self.instance.time_max()))
    }
}

/// Pairs of positions, earlier first: each task and the tasks of the line it waits for, directly or through
/// tasks outside the line.
fn precedence(ring: &Ring, tasks: &[LineTask]) -> Vec<(usize, usize)> {
    let mut position = vec![None; ring.tasks.len()];
    for (at, task) in tasks.iter().enumerate() {
        position[task.task.index()] = Some(at);
    }
    let mut arcs = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        let mut seen = vec![false; ring.tasks.len()];
        let mut open = ring.tasks[task.task].predecessors.clone();
        while let Some(before) = open.pop() {
            if std::mem::replace(&mut seen[before.index()], true) {
                continue;
            }
            match position[before.index()] {
                Some(earlier) => arcs.push((earlier, at)),
                None => open.extend(&ring.tasks[before].predecessors),
            }
        }
    }
    arcs
}
