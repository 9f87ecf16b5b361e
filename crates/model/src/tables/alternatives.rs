//! `alternatives.csv`: the options to decide between, as changes to the ring.

use crate::address::Address;
use crate::ids::AlternativeId;
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, optional, required};
use units::IdVec;

/// The schema of `alternatives.csv`.
pub const TABLE: Table = Table {
    name: "alternatives",
    key: &["name", "address"],
    need: Need::Optional,
    doc: "Options to decide between: each is the ring with some values changed; several rows of one name make one option.",
    columns: &[
        required("name", Kind::Id, "", "Name of the option."),
        required("address", Kind::Address, "", "What changes."),
        required("value", Kind::Text, "", "To what."),
        optional("label", Kind::Text, "", "What the option is called, on its first row."),
    ],
};

/// One change of one option.
#[derive(Debug, Clone, PartialEq)]
pub struct AlternativeChange {
    /// Name of the option.
    pub name: String,
    /// What changes.
    pub address: Address,
    /// To what.
    pub value: String,
    /// What the option is called.
    pub label: String,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<AlternativeId, AlternativeChange> {
    reader.rows(&TABLE, |row| {
        let text = row.text("address");
        let address = text.parse().unwrap_or_else(|wanted: &str| {
            if !text.is_empty() {
                row.fault(225, "address", format!("`{text}` is not an address"), wanted.to_owned());
            }
            Address::setting("")
        });
        AlternativeChange { name: row.text("name"), address, value: row.text("value"), label: row.text("label") }
    })
}
