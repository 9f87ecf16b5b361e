//! `zoning.csv`: where on a line tasks may stand.

use crate::ids::{TaskId, ZoningId};
use crate::read::{Choice as _, Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::IdVec;

choices! {
    /// What a row of `zoning.csv` asks for.
    ZoningKind {
        /// All the tasks share one station.
        Together = "together",
        /// No two of the tasks share a station.
        Apart = "apart",
        /// Each task stands at the station with the number given.
        At = "at",
        /// Each task stands at the last station.
        Last = "last",
        /// Each task stays at the station where `today.csv` has it.
        Stay = "stay",
    }
}

/// The schema of `zoning.csv`.
pub const TABLE: Table = Table {
    name: "zoning",
    key: &["rule"],
    need: Need::Optional,
    doc: "Where on a line tasks may stand: what must share a station, what must not, what must stand at a place.",
    columns: &[
        required("rule", Kind::Id, "", "Name of the rule."),
        required("kind", Kind::Choice(<ZoningKind as crate::read::Choice>::WORDS), "", "What it asks for."),
        required(
            "tasks",
            Kind::Refs(&["tasks"]),
            "",
            "The tasks it speaks of, separated by `;`; those not on a line are passed over.",
        ),
        optional("station", Kind::Count(1, 1_000), "", "Number of the station, from 1, for `at`."),
        default("why", Kind::Text, "", "", "The reason, for whoever wants to lift the rule."),
    ],
};

/// A rule of where tasks may stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Zoning {
    /// Name in the tables.
    pub key: String,
    /// What it asks for.
    pub kind: ZoningKind,
    /// The tasks.
    pub tasks: Vec<TaskId>,
    /// Station number from 1, where the kind is `at`.
    pub station: Option<i64>,
    /// The reason.
    pub why: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<ZoningId, Zoning> {
    reader.rows(&TABLE, |row| {
        let kind: ZoningKind = row.choice("kind");
        let tasks: Vec<TaskId> = row.ids("tasks");
        let station = row.given("station", |r, c| r.count(c));
        if matches!(kind, ZoningKind::Together | ZoningKind::Apart) && tasks.len() == 1 {
            let help = "name two tasks or more, separated by `;`".to_owned();
            row.fault(103, "tasks", format!("`{}` needs two tasks", kind.word()), help);
        }
        if kind == ZoningKind::At && station.is_none() {
            let help = "write the number of the station, from 1".to_owned();
            row.fault(103, "station", "`station` is missing".to_owned(), help);
        }
        Zoning { key: row.text("rule"), kind, tasks, station, why: row.text("why") }
    })
}
