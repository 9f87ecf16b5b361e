//! `parts.csv`: what is bought.

use crate::ids::PartId;
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Quantity};

/// The schema of `parts.csv`.
pub const TABLE: Table = Table {
    name: "parts",
    key: &["part"],
    need: Need::Optional,
    doc: "Bought parts.",
    columns: &[
        required("part", Kind::Id, "", "Name of the part."),
        required("name", Kind::Text, "", "What it is called."),
        default("class", Kind::Text, "part", "", "Kind of part, for grouping."),
        default("mass_g", Kind::Number(0.0, 1e9), "0", "g", "Mass of one piece."),
        default("lot_size", Kind::Quantity(0.001, 1e6), "1", "pieces", "Pieces that carry one lot number."),
        optional(
            "shelf_life_days",
            Kind::Count(1, 36_500),
            "days",
            "Days after which it may not be used; empty means no limit.",
        ),
        optional("licence", Kind::Text, "", "Licence without which it may not be supplied, as a note."),
    ],
};

/// A bought part.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// Name in the tables.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Kind of part.
    pub class: String,
    /// Mass of one piece, grams.
    pub mass_g: f64,
    /// Pieces that carry one lot number.
    pub lot_size: Quantity,
    /// Days after which it may not be used.
    pub shelf_life_days: Option<i64>,
    /// Licence note.
    pub licence: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<PartId, Part> {
    reader.rows(&TABLE, |row| Part {
        key: row.text("part"),
        name: row.text("name"),
        class: row.text("class"),
        mass_g: row.number("mass_g"),
        lot_size: row.quantity("lot_size"),
        shelf_life_days: row.given("shelf_life_days", |r, c| r.count(c)),
        licence: row.text("licence"),
    })
}
