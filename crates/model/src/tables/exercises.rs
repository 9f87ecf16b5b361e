//! `exercises.csv`: a customer's calendar of training exercises.

use crate::ids::{CustomerId, ExerciseId, ItemId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{Date, IdVec, Quantity, Share};

/// The schema of `exercises.csv`.
pub const TABLE: Table = Table {
    name: "exercises",
    key: &["exercise"],
    need: Need::Optional,
    doc: "Training exercises: units are drawn from the customer's pool, flown, and return, return for repair, or are written off.",
    columns: &[
        required("exercise", Kind::Id, "", "Name."),
        required("customer", Kind::Ref(&["customers"]), "", "The customer whose pool is drawn."),
        required("item", Kind::Ref(&["items"]), "", "What is drawn."),
        required("start", Kind::Date, "", "Day the units are drawn."),
        required("days", Kind::Count(1, 1_000), "days", "Length; units return at the end."),
        required("draw", Kind::Quantity(0.0, 1e6), "pieces", "Units drawn."),
        default("hours_flown", Kind::Number(0.0, 1e6), "0", "h", "Hours flown by all units together."),
        default("return_share", Kind::Share, "1", "", "Share that returns ready."),
        default("repair_share", Kind::Share, "0", "", "Share that returns for repair."),
        default("write_off_share", Kind::Share, "0", "", "Share written off; the three shares sum to 1."),
        default("repair_days", Kind::Count(0, 1_000), "0", "days", "Days of repair before a unit is back in the pool."),
    ],
};

/// An exercise.
#[derive(Debug, Clone, PartialEq)]
pub struct Exercise {
    /// Name in the tables.
    pub key: String,
    /// Whose pool is drawn.
    pub customer: CustomerId,
    /// What is drawn.
    pub item: ItemId,
    /// Day of the draw.
    pub start: Date,
    /// Length in days.
    pub days: i64,
    /// Units drawn.
    pub draw: Quantity,
    /// Hours flown by all together.
    pub hours_flown: f64,
    /// Share that returns ready.
    pub return_share: Share,
    /// Share that returns for repair.
    pub repair_share: Share,
    /// Share written off.
    pub write_off_share: Share,
    /// Days of repair.
    pub repair_days: i64,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<ExerciseId, Exercise> {
    reader.rows(&TABLE, |row| Exercise {
        key: row.text("exercise"),
        customer: row.id("customer"),
        item: row.id("item"),
        start: row.date("start").unwrap_or_else(crate::read::some_day),
        days: row.count("days"),
        draw: row.quantity("draw"),
        hours_flown: row.number("hours_flown"),
        return_share: row.share("return_share"),
        repair_share: row.share("repair_share"),
        write_off_share: row.share("write_off_share"),
        repair_days: row.count("repair_days"),
    })
}
