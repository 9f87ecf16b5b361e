//! `opening.csv`: what is already there on the first day.

use crate::ids::{Component, CustomerId, ItemId, OpeningId, SiteId, SkillId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Date, IdVec, Quantity};

choices! {
    /// What an opening row counts.
    OpeningKind {
        /// Finished pieces or parts in stock at a site.
        Stock = "stock",
        /// Pieces in work at a site; they count as stock on the date due.
        Wip = "wip",
        /// Parts on order, arriving at a site on the date due.
        Order = "order",
        /// Units of an item a site has already made.
        Experience = "experience",
        /// Trained people of a skill at a site.
        People = "people",
        /// Units in a customer's pool.
        Pool = "pool",
        /// Units at a customer that are not handed over yet.
        Held = "held",
        /// Replenishment a customer has accepted before the first day.
        Accepted = "accepted",
    }
}

/// The schema of `opening.csv`.
pub const TABLE: Table = Table {
    name: "opening",
    key: &["kind", "place", "thing"],
    need: Need::Optional,
    doc: "Stock, work in process, orders, experience, people and pools as of the first day.",
    columns: &[
        required("kind", Kind::Choice(<OpeningKind as crate::read::Choice>::WORDS), "", "What is counted."),
        required(
            "place",
            Kind::Ref(&["sites", "customers"]),
            "",
            "Site, or customer for a pool, for units held or accepted.",
        ),
        required("thing", Kind::Ref(&["items", "parts", "workforce"]), "", "Item, part or skill."),
        required("quantity", Kind::Quantity(0.0, 1e7), "pieces", "How many."),
        optional("due", Kind::Date, "", "When work in process or an order arrives; empty means on the first day."),
        default("note", Kind::Text, "", "", "Source or remark."),
    ],
};

/// What is already there.
#[derive(Debug, Clone, PartialEq)]
pub enum Opening {
    /// Pieces or parts in stock, from the day given on (the first day when none).
    Stock(SiteId, Component, Quantity, Option<Date>),
    /// Units of an item a site has made.
    Experience(SiteId, ItemId, Quantity),
    /// Trained people of a skill.
    People(SiteId, SkillId, Quantity),
    /// Units in a customer's pool.
    Pool(CustomerId, ItemId, Quantity),
    /// Units at a customer, not handed over yet.
    Held(CustomerId, ItemId, Quantity),
    /// Replenishment accepted before the first day.
    Accepted(CustomerId, ItemId, Quantity),
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<OpeningId, Opening> {
    use units::Id;
    reader.rows(&TABLE, |row| {
        let (kind, quantity) = (row.choice("kind"), row.quantity("quantity"));
        let skill = (kind == OpeningKind::People).then_some(2);
        let ((place, place_at), (thing, thing_at)) = (row.which("place"), row.which_first("thing", skill));
        let (site, customer) = (SiteId::from_index(place_at), CustomerId::from_index(place_at));
        let mismatch = |column: &str, wanted: &str| {
            row.fault(
                106,
                column,
                format!("`{kind}` counts at another kind of {column}"),
                format!("name {wanted} here"),
            );
        };
        let of_customer = matches!(kind, OpeningKind::Pool | OpeningKind::Held | OpeningKind::Accepted);
        if of_customer != (place == 1) {
            mismatch("place", if of_customer { "a customer" } else { "a site" });
        }
        let wanted: &[usize] = match kind {
            OpeningKind::Stock | OpeningKind::Wip => &[0, 1],
            OpeningKind::Order => &[0, 1],
            OpeningKind::Experience | OpeningKind::Pool | OpeningKind::Held | OpeningKind::Accepted => &[0],
            OpeningKind::People => &[2],
        };
        if !wanted.contains(&thing) {
            mismatch("thing", ["an item", "a part", "a skill"][wanted[0]]);
        }
        match kind {
            OpeningKind::Stock => Opening::Stock(site, Component::of((thing.min(1), thing_at)), quantity, None),
            OpeningKind::Wip | OpeningKind::Order => {
                Opening::Stock(site, Component::of((thing.min(1), thing_at)), quantity, row.date("due"))
            }
            OpeningKind::Experience => Opening::Experience(site, ItemId::from_index(thing_at), quantity),
            OpeningKind::People => Opening::People(site, SkillId::from_index(thing_at), quantity),
            OpeningKind::Pool => Opening::Pool(customer, ItemId::from_index(thing_at), quantity),
            OpeningKind::Held => Opening::Held(customer, ItemId::from_index(thing_at), quantity),
            OpeningKind::Accepted => Opening::Accepted(customer, ItemId::from_index(thing_at), quantity),
        }
    })
}
