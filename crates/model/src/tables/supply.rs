//! `supply.csv`: who supplies what, how fast and at what price.

use crate::ids::{Component, SupplierId, SupplyId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec, Money, Quantity};

choices! {
    /// How a part comes to a site.
    SupplyMode {
        /// In a kit packed at the home plant.
        Kit = "kit",
        /// From a source localised in the host country.
        Local = "local",
        /// Straight from a supplier elsewhere.
        Direct = "direct",
    }
}

/// The schema of `supply.csv`.
pub const TABLE: Table = Table {
    name: "supply",
    key: &["supply"],
    need: Need::Optional,
    doc: "Sources of bought parts and bought items.",
    columns: &[
        required("supply", Kind::Id, "", "Name of this source of this part."),
        required("part", Kind::Ref(&["parts", "items"]), "", "The part, or the item that is bought whole."),
        required("supplier", Kind::Text, "", "Supplier by name; the same name may supply several parts."),
        default(
            "mode",
            Kind::Choice(<SupplyMode as crate::read::Choice>::WORDS),
            "direct",
            "",
            "In a kit from home, localised, or direct.",
        ),
        default("region", Kind::Text, "", "", "Region it comes from, coarse."),
        required("price", Kind::Money(0.0, 1e7), "money/piece", "Price of one piece, delivered."),
        default("freight", Kind::Money(0.0, 1e6), "0", "money/piece", "Freight of one piece to a site in the ring."),
        required("lead_days", Kind::Number(0.0, 1_000.0), "days", "From order to arrival at the site, as planned."),
        default("lead_spread", Kind::Number(0.0, 3.0), "0", "", "Coefficient of variation of the lead time."),
        default("lot_min", Kind::Quantity(0.0, 1e7), "0", "pieces", "Smallest order."),
        optional(
            "capacity",
            Kind::Quantity(0.0, 1e9),
            "pieces/period",
            "Most pieces that can be ordered in a period, all sites together; empty means no limit.",
        ),
        optional("qualified_from", Kind::Date, "", "No order before this day; empty means from the start."),
        optional("until", Kind::Date, "", "No order after this day; empty means no end."),
    ],
};

/// A source of a part.
#[derive(Debug, Clone, PartialEq)]
pub struct Supply {
    /// Name in the tables.
    pub key: String,
    /// What it supplies.
    pub component: Component,
    /// Supplier.
    pub supplier: SupplierId,
    /// Kit, local or direct.
    pub mode: SupplyMode,
    /// Region.
    pub region: String,
    /// Price of one piece.
    pub price: Money,
    /// Freight of one piece.
    pub freight: Money,
    /// Planned days from order to arrival.
    pub lead_days: f64,
    /// Coefficient of variation of the lead time.
    pub lead_spread: f64,
    /// Smallest order.
    pub lot_min: Quantity,
    /// Most pieces ordered in a period.
    pub capacity: Option<Quantity>,
    /// No order before.
    pub qualified_from: Option<Date>,
    /// No order after.
    pub until: Option<Date>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<SupplyId, Supply> {
    reader.rows(&TABLE, |row| Supply {
        key: row.text("supply"),
        component: {
            let (table, at) = row.which("part");
            Component::of((1 - table, at))
        },
        supplier: row.shared("supplier"),
        mode: row.choice("mode"),
        region: row.text("region"),
        price: row.money("price"),
        freight: row.money("freight"),
        lead_days: row.number("lead_days"),
        lead_spread: row.number("lead_spread"),
        lot_min: row.quantity("lot_min"),
        capacity: row.given("capacity", |r, c| r.quantity(c)),
        qualified_from: row.date("qualified_from"),
        until: row.date("until"),
    })
}
