//! `safety_stock.csv`: stock that a plan keeps at a place from a day on.

use crate::ids::{Component, CustomerId, ItemId, Node, SafetyStockId, SiteId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{Date, Id, IdVec, Quantity};

/// The schema of `safety_stock.csv`.
pub const TABLE: Table = Table {
    name: "safety_stock",
    key: &["place", "thing"],
    need: Need::Optional,
    doc: "Least stock that a plan keeps at a place, at the end of each period from a day on.",
    columns: &[
        required("place", Kind::Ref(&["sites", "customers"]), "", "Site, or a customer for units kept there."),
        required("thing", Kind::Ref(&["items", "parts"]), "", "Item or part; an item for a customer."),
        required("quantity", Kind::Quantity(0.0, 1e7), "pieces", "Least stock."),
        required("from", Kind::Date, "", "First day; the first period that begins on it or later counts."),
        default("note", Kind::Text, "", "", "Source or remark."),
    ],
};

/// Least stock of something at a place.
#[derive(Debug, Clone, PartialEq)]
pub struct SafetyStock {
    /// The site or customer.
    pub place: Node,
    /// The item or part.
    pub component: Component,
    /// Least stock.
    pub quantity: Quantity,
    /// First day.
    pub from: Date,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<SafetyStockId, SafetyStock> {
    reader.rows(&TABLE, |row| {
        let ((place, place_at), (thing, thing_at)) = (row.which("place"), row.which("thing"));
        if place == 1 && thing == 1 {
            let fact = "a customer keeps no parts".to_owned();
            row.fault(106, "thing", fact, "name an item here, or a site as the place".to_owned());
        }
        let place = match place {
            0 => Node::Site(SiteId::from_index(place_at)),
            _ => Node::Customer(CustomerId::from_index(place_at)),
        };
        let component = match (place, thing) {
            (Node::Customer(_), _) => Component::Item(ItemId::from_index(thing_at)),
            _ => Component::of((thing, thing_at)),
        };
        SafetyStock {
            place,
            component,
            quantity: row.quantity("quantity"),
            from: row.date("from").unwrap_or_else(crate::read::some_day),
        }
    })
}
