//! `alternatives.csv`: the options to decide between, as changes to the ring.

use crate::address::Address;
use crate::ids::AlternativeId;
use crate::read::{Reader, Row};
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
    reader.rows(&TABLE, |row| AlternativeChange {
        name: row.text("name"),
        address: address(row),
        value: row.text("value"),
        label: row.text("label"),
    })
}

/// The address of a change; that it points nowhere, or its value is of another kind, is a fault.
fn address(row: &Row<'_, '_>) -> Address {
    let text = row.text("address");
    let nowhere = Address::setting("");
    if text.is_empty() {
        return nowhere;
    }
    let address: Address = match text.parse() {
        Ok(address) => address,
        Err(form) => {
            row.fault(225, "address", format!("`{text}` is not an address"), form.to_owned());
            return nowhere;
        }
    };
    match crate::assume::target(row, &address) {
        Err(why) => row.fault(225, "address", format!("`{text}` points nowhere"), why),
        Ok((column, _)) => {
            let value = row.text("value");
            if !column.kind.may_be(&value) {
                let help = format!("write it like the value at `{text}`: {}", column.doc);
                row.fault(104, "value", format!("`{text}` cannot be `{value}`"), help);
            }
        }
    }
    address
}
