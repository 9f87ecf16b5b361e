//! `today.csv`: lines as they stand today, station by station.

use super::capability::LineType;
use crate::ids::{ItemId, TaskId, TodayId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, required};
use units::IdVec;

/// The schema of `today.csv`.
pub const TABLE: Table = Table {
    name: "today",
    key: &["item", "line_type", "task"],
    need: Need::Optional,
    doc: "Lines as they stand today: where each task is done, for rebalancing with few moves.",
    columns: &[
        required("item", Kind::Ref(&["items"]), "", "The item the line makes."),
        required(
            "line_type",
            Kind::Choice(<LineType as crate::read::Choice>::WORDS),
            "",
            "Its own tasks, or the complete item.",
        ),
        required("task", Kind::Ref(&["tasks"]), "", "The task."),
        required(
            "station",
            Kind::Count(1, 1_000),
            "",
            "Number of the station where it is done, from 1 in the order of the flow.",
        ),
    ],
};

/// Where a task is done today.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// The item the line makes.
    pub item: ItemId,
    /// Own tasks only, or the complete item.
    pub line_type: LineType,
    /// The task.
    pub task: TaskId,
    /// Station number, from 1.
    pub station: i64,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<TodayId, Today> {
    reader.rows(&TABLE, |row| Today {
        item: row.id("item"),
        line_type: row.choice("line_type"),
        task: row.id("task"),
        station: row.count("station"),
    })
}
