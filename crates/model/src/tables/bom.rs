//! `bom.csv`: what goes into what.

use crate::ids::{BomId, Component, ItemId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Quantity};

/// The schema of `bom.csv`.
pub const TABLE: Table = Table {
    name: "bom",
    key: &["parent", "component", "revision"],
    need: Need::Optional,
    doc: "Bill of materials: components of each made item.",
    columns: &[
        required("parent", Kind::Ref(&["items"]), "", "The made item it goes into."),
        required("component", Kind::Ref(&["items", "parts"]), "", "The item or part that goes in."),
        default("quantity", Kind::Quantity(0.001, 100_000.0), "1", "pieces", "Pieces in one piece of the parent."),
        optional("revision", Kind::Text, "", "Only in this revision of the parent; empty means in all."),
    ],
};

/// One line of a bill of materials.
#[derive(Debug, Clone, PartialEq)]
pub struct BomLine {
    /// The made item.
    pub parent: ItemId,
    /// What goes in.
    pub component: Component,
    /// Pieces per piece of the parent.
    pub quantity: Quantity,
    /// Only in this revision of the parent.
    pub revision: Option<String>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<BomId, BomLine> {
    reader.rows(&TABLE, |row| BomLine {
        parent: row.id("parent"),
        component: Component::of(row.which("component")),
        quantity: row.quantity("quantity"),
        revision: row.given("revision", |r, c| r.text(c)),
    })
}
