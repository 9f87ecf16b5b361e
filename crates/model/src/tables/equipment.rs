//! `equipment.csv`: jigs, rigs and testers.

use crate::ids::{EquipmentId, PartnerId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Minutes, Money};

choices! {
    /// A yes or a no.
    YesNo {
        /// Yes.
        Yes = "yes",
        /// No.
        No = "no",
    }
}

/// The schema of `equipment.csv`.
pub const TABLE: Table = Table {
    name: "equipment",
    key: &["equipment"],
    need: Need::Optional,
    doc: "Jigs, rigs and testers that tasks occupy.",
    columns: &[
        required("equipment", Kind::Id, "", "Name."),
        required("name", Kind::Text, "", "What it is called."),
        required("cost", Kind::Money(0.0, 1e9), "money", "Price of one, installed."),
        default("lead_days", Kind::Count(0, 3_650), "0", "days", "From order to use."),
        default("floor_m2", Kind::Number(0.0, 100_000.0), "0", "m2", "Floor it takes."),
        optional(
            "breakdown_minutes",
            Kind::Minutes(0.001, 1e8),
            "min",
            "Mean busy minutes between breakdowns; empty means it does not break down.",
        ),
        optional("repair_minutes", Kind::Minutes(0.001, 1e6), "min", "Mean minutes to repair."),
        default(
            "movable",
            Kind::Choice(<YesNo as crate::read::Choice>::WORDS),
            "yes",
            "",
            "Whether it can be lifted out and moved to another site.",
        ),
        optional("owner", Kind::Ref(&["partners"]), "", "Partner that owns it."),
    ],
};

/// A kind of equipment.
#[derive(Debug, Clone, PartialEq)]
pub struct Equipment {
    /// Name in the tables.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Price of one.
    pub cost: Money,
    /// Days from order to use.
    pub lead_days: i64,
    /// Floor, square metres.
    pub floor_m2: f64,
    /// Mean busy minutes between breakdowns.
    pub breakdown_minutes: Option<Minutes>,
    /// Mean minutes to repair.
    pub repair_minutes: Option<Minutes>,
    /// Can be moved.
    pub movable: YesNo,
    /// Owner.
    pub owner: Option<PartnerId>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<EquipmentId, Equipment> {
    reader.rows(&TABLE, |row| {
        let breakdown = row.given("breakdown_minutes", |r, c| r.minutes(c));
        let repair = row.given("repair_minutes", |r, c| r.minutes(c));
        if breakdown.is_some() != repair.is_some() {
            let column = if breakdown.is_some() { "repair_minutes" } else { "breakdown_minutes" };
            row.fault(
                103,
                column,
                format!("`{column}` is missing"),
                "breakdowns need both the minutes between them and the minutes to repair".to_owned(),
            );
        }
        Equipment {
            key: row.text("equipment"),
            name: row.text("name"),
            cost: row.money("cost"),
            lead_days: row.count("lead_days"),
            floor_m2: row.number("floor_m2"),
            breakdown_minutes: breakdown,
            repair_minutes: repair,
            movable: row.choice("movable"),
            owner: row.id_opt("owner"),
        }
    })
}
