//! `items.csv`: the product and its sub-assemblies.

use crate::ids::ItemId;
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{IdVec, Share};

choices! {
    /// Whether the ring makes an item or buys it whole.
    Make {
        /// Made at the ring's sites from its tasks and bill of materials.
        Make = "make",
        /// Bought whole, like a part.
        Buy = "buy",
    }
}

/// The schema of `items.csv`.
pub const TABLE: Table = Table {
    name: "items",
    key: &["item"],
    need: Need::Required,
    doc: "The product and the sub-assemblies it is made of.",
    columns: &[
        required("item", Kind::Id, "", "Name of the item."),
        required("name", Kind::Text, "", "What it is called."),
        default(
            "make",
            Kind::Choice(<Make as crate::read::Choice>::WORDS),
            "make",
            "",
            "Made in the ring, or bought whole.",
        ),
        default(
            "learning_slope",
            Kind::Number(0.5, 1.0),
            "1",
            "",
            "Crawford unit curve: labour of unit 2n over that of unit n, of the part that is learnt.",
        ),
        default(
            "learning_floor",
            Kind::Share,
            "0",
            "",
            "Share of the mature minutes that is never subject to learning (incompressible).",
        ),
        default(
            "learning_credit",
            Kind::Count(0, 1_000_000),
            "0",
            "units",
            "Prior units credited to a new site's experience.",
        ),
        default(
            "learning_mature",
            Kind::Count(1, 10_000_000),
            "1000",
            "units",
            "Unit at which the task minutes as written are reached.",
        ),
        optional(
            "forgetting_days",
            Kind::Number(1.0, 36_500.0),
            "days",
            "Days without a piece in which a line forgets half of what it learnt; nothing is forgotten without.",
        ),
        default("buffer", Kind::Count(0, 10_000), "1", "pieces", "Places between two stations of a line of this item."),
        default("mass_g", Kind::Number(0.0, 1e9), "0", "g", "Mass of one piece without its bought parts."),
        default("stock_max", Kind::Quantity(0.0, 1e9), "1000000", "pieces", "Most pieces one site may store."),
    ],
};

/// An item: the product or a sub-assembly.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Name in the tables.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// Made or bought.
    pub make: Make,
    /// Crawford slope, `0.5..=1`.
    pub learning_slope: f64,
    /// Incompressible share.
    pub learning_floor: Share,
    /// Prior units credited.
    pub learning_credit: i64,
    /// Unit at which the minutes as written are reached.
    pub learning_mature: i64,
    /// Days without a piece in which a line forgets half of its experience.
    pub forgetting_days: Option<f64>,
    /// Places between stations.
    pub buffer: i64,
    /// Own mass, grams.
    pub mass_g: f64,
    /// Most pieces one site may store.
    pub stock_max: units::Quantity,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<ItemId, Item> {
    reader.rows(&TABLE, |row| Item {
        key: row.text("item"),
        name: row.text("name"),
        make: row.choice("make"),
        learning_slope: row.number("learning_slope"),
        learning_floor: row.share("learning_floor"),
        learning_credit: row.count("learning_credit"),
        learning_mature: row.count("learning_mature"),
        forgetting_days: row.given("forgetting_days", |r, c| r.number(c)),
        buffer: row.count("buffer"),
        mass_g: row.number("mass_g"),
        stock_max: row.quantity("stock_max"),
    })
}
