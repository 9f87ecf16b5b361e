//! `lanes.csv`: how items travel between sites and to customers.

use crate::ids::{LaneId, Node, SiteId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Money, Quantity};

/// The schema of `lanes.csv`.
pub const TABLE: Table = Table {
    name: "lanes",
    key: &["lane"],
    need: Need::Optional,
    doc: "Lanes for items between sites and from sites to customers.",
    columns: &[
        required("lane", Kind::Id, "", "Name."),
        required("from", Kind::Ref(&["sites"]), "", "Site it starts at."),
        required("to", Kind::Ref(&["sites", "customers"]), "", "Site or customer it ends at."),
        default("mode", Kind::Text, "road", "", "Mode of transport."),
        default("km", Kind::Number(0.0, 40_000.0), "0", "km", "Length of the way."),
        default("days", Kind::Number(0.0, 365.0), "0", "days", "Days on the way, waiting at borders apart."),
        default("border_hours", Kind::Number(0.0, 2_000.0), "0", "h", "Mean hours at borders."),
        default("spread", Kind::Number(0.0, 3.0), "0", "", "Coefficient of variation of the whole time."),
        default("cost_unit", Kind::Money(0.0, 1e6), "0", "money/piece", "For each piece carried."),
        optional(
            "capacity",
            Kind::Quantity(0.0, 1e9),
            "pieces/period",
            "Most pieces in a period; empty means no limit.",
        ),
    ],
};

/// A lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Name in the tables.
    pub key: String,
    /// Where it starts.
    pub from: SiteId,
    /// Where it ends.
    pub to: Node,
    /// Mode of transport.
    pub mode: String,
    /// Length, kilometres.
    pub km: f64,
    /// Days on the way.
    pub days: f64,
    /// Mean hours at borders.
    pub border_hours: f64,
    /// Coefficient of variation of the whole time.
    pub spread: f64,
    /// For each piece.
    pub cost_unit: Money,
    /// Most pieces in a period.
    pub capacity: Option<Quantity>,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<LaneId, Lane> {
    reader.rows(&TABLE, |row| Lane {
        key: row.text("lane"),
        from: row.id("from"),
        to: Node::of(row.which("to")),
        mode: row.text("mode"),
        km: row.number("km"),
        days: row.number("days"),
        border_hours: row.number("border_hours"),
        spread: row.number("spread"),
        cost_unit: row.money("cost_unit"),
        capacity: row.given("capacity", |r, c| r.quantity(c)),
    })
}
