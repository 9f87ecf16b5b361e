//! `tasks.csv`: the work, task by task.

use crate::ids::{EquipmentId, ItemId, SkillId, TaskId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Minutes, Share};

/// The schema of `tasks.csv`.
pub const TABLE: Table = Table {
    name: "tasks",
    key: &["task"],
    need: Need::Required,
    doc: "Tasks of each made item, with their precedence.",
    columns: &[
        required("task", Kind::Id, "", "Name of the task."),
        required("item", Kind::Ref(&["items"]), "", "The item it belongs to."),
        required("name", Kind::Text, "", "What is done."),
        default("area", Kind::Text, "", "", "Area of the shop, for grouping and leaving out."),
        required(
            "minutes",
            Kind::Minutes(0.001, 100_000.0),
            "min",
            "Time a trained crew is busy with one piece at maturity.",
        ),
        default("spread", Kind::Number(0.0, 3.0), "0", "", "Coefficient of variation of the minutes."),
        default("crew", Kind::Count(1, 20), "1", "people", "People needed at once."),
        default(
            "unattended_minutes",
            Kind::Minutes(0.0, 1_000_000.0),
            "0",
            "min",
            "Then the piece waits (cure, soak, charge) and the people do not.",
        ),
        optional("predecessors", Kind::Refs(&["tasks"]), "", "Tasks that must be done before, separated by `;`."),
        required("skill", Kind::Ref(&["workforce"]), "", "Skill it takes."),
        optional("equipment", Kind::Ref(&["equipment"]), "", "Equipment it occupies, unattended minutes included."),
        default("first_pass_yield", Kind::Share, "1", "", "Share that passes at the first try."),
        default(
            "rework_minutes",
            Kind::Minutes(0.0, 100_000.0),
            "0",
            "min",
            "Crew time to put right a piece that did not pass.",
        ),
    ],
};

/// A task.
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Name in the tables.
    pub key: String,
    /// The item it belongs to.
    pub item: ItemId,
    /// What is done.
    pub name: String,
    /// Area of the shop.
    pub area: String,
    /// Crew time at maturity.
    pub minutes: Minutes,
    /// Coefficient of variation of the minutes.
    pub spread: f64,
    /// People needed at once.
    pub crew: i64,
    /// Then the piece waits.
    pub unattended_minutes: Minutes,
    /// Tasks before it.
    pub predecessors: Vec<TaskId>,
    /// Skill it takes.
    pub skill: SkillId,
    /// Equipment it occupies.
    pub equipment: Option<EquipmentId>,
    /// Share that passes at the first try.
    pub first_pass_yield: Share,
    /// Crew time to put right.
    pub rework_minutes: Minutes,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<TaskId, Task> {
    reader.rows(&TABLE, |row| Task {
        key: row.text("task"),
        item: row.id("item"),
        name: row.text("name"),
        area: row.text("area"),
        minutes: row.minutes("minutes"),
        spread: row.number("spread"),
        crew: row.count("crew"),
        unattended_minutes: row.minutes("unattended_minutes"),
        predecessors: row.ids("predecessors"),
        skill: row.id("skill"),
        equipment: row.id_opt("equipment"),
        first_pass_yield: row.share("first_pass_yield"),
        rework_minutes: row.minutes("rework_minutes"),
    })
}
