//! `revisions.csv`: which revision of an item is built from when.

use crate::ids::{ItemId, RevisionId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, optional, required};
use units::{Date, IdVec};

/// The schema of `revisions.csv`.
pub const TABLE: Table = Table {
    name: "revisions",
    key: &["item", "revision"],
    need: Need::Optional,
    doc: "Revisions of made items and from when they are effective.",
    columns: &[
        required("item", Kind::Ref(&["items"]), "", "The item."),
        required("revision", Kind::Id, "", "Name of the revision; the same name may be used by several items."),
        required("effective_from", Kind::Date, "", "First day on which it is built."),
        optional(
            "from_serial",
            Kind::Count(1, 100_000_000),
            "",
            "First serial that carries it, where effectivity is by serial.",
        ),
        optional("change", Kind::Text, "", "What changes."),
    ],
};

/// A revision of an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Revision {
    /// The item.
    pub item: ItemId,
    /// Name.
    pub revision: String,
    /// First day on which it is built.
    pub effective_from: Date,
    /// First serial that carries it.
    pub from_serial: Option<i64>,
    /// What changes.
    pub change: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<RevisionId, Revision> {
    reader.rows(&TABLE, |row| Revision {
        item: row.id("item"),
        revision: row.text("revision"),
        effective_from: row.date("effective_from").unwrap_or_else(crate::read::some_day),
        from_serial: row.given("from_serial", |r, c| r.count(c)),
        change: row.text("change"),
    })
}
