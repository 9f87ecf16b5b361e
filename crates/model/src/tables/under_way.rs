//! `under_way.csv`: what is on its way on the first day: goods, units that come back, people in training.

use crate::ids::{Component, CustomerId, ItemId, SiteId, SkillId, UnderWayId};
use crate::read::{Reader, choices};
use crate::results::programme::Trained;
use crate::schema::{Kind, Need, Table, default, required};
use units::{Date, Id, IdVec, Quantity};

choices! {
    /// What is on its way.
    UnderWayKind {
        /// Parts on order, pieces in work or on a lane, to a site; units on a lane to a customer.
        Goods = "goods",
        /// Units that come back to a customer's pool from an exercise or from repair.
        Pool = "pool",
        /// People in training at the home plant for a site.
        TrainingHome = "training-home",
        /// People in training on the site.
        TrainingSite = "training-site",
    }
}

/// The schema of `under_way.csv`.
pub const TABLE: Table = Table {
    name: "under_way",
    key: &["kind", "place", "thing", "due"],
    need: Need::Optional,
    doc: "What is on its way on the first day, by the day it arrives: open orders, goods in transit, people in training.",
    columns: &[
        required("kind", Kind::Choice(<UnderWayKind as crate::read::Choice>::WORDS), "", "What is on its way."),
        required("place", Kind::Ref(&["sites", "customers"]), "", "Where it goes: a site, or a customer."),
        required("thing", Kind::Ref(&["items", "parts", "workforce"]), "", "Item, part or skill."),
        required("due", Kind::Date, "", "Day it arrives; for people their first day at work."),
        required("quantity", Kind::Quantity(0.0, 1e7), "pieces", "How many."),
        default("note", Kind::Text, "", "", "Source or remark."),
    ],
};

/// Something on its way.
#[derive(Debug, Clone, PartialEq)]
pub enum UnderWay {
    /// Pieces or parts to a site.
    Goods(SiteId, Component, Quantity, Date),
    /// Units to a customer.
    Units(CustomerId, ItemId, Quantity, Date),
    /// Units back to a customer's pool.
    Pool(CustomerId, ItemId, Quantity, Date),
    /// People of a skill in training.
    Training(SiteId, SkillId, Trained, Quantity, Date),
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<UnderWayId, UnderWay> {
    reader.rows(&TABLE, |row| {
        let (kind, quantity) = (row.choice("kind"), row.quantity("quantity"));
        let due = row.date("due").unwrap_or_else(crate::read::some_day);
        let skill = matches!(kind, UnderWayKind::TrainingHome | UnderWayKind::TrainingSite).then_some(2);
        let ((place, place_at), (thing, thing_at)) = (row.which("place"), row.which_first("thing", skill));
        let (site, customer) = (SiteId::from_index(place_at), CustomerId::from_index(place_at));
        let mismatch = |column: &str, wanted: &str| {
            row.fault(
                106,
                column,
                format!("`{kind}` is on its way to another kind of {column}"),
                format!("name {wanted} here"),
            );
        };
        let wanted: &[usize] = match (kind, place) {
            (UnderWayKind::Goods, 0) => &[0, 1],
            (UnderWayKind::Goods | UnderWayKind::Pool, _) => &[0],
            (UnderWayKind::TrainingHome | UnderWayKind::TrainingSite, _) => &[2],
        };
        let place_wanted = match kind {
            UnderWayKind::Goods => place,
            UnderWayKind::Pool => 1,
            UnderWayKind::TrainingHome | UnderWayKind::TrainingSite => 0,
        };
        if place != place_wanted {
            mismatch("place", if place_wanted == 1 { "a customer" } else { "a site" });
        }
        if !wanted.contains(&thing) {
            mismatch("thing", ["an item", "a part", "a skill"][wanted[0]]);
        }
        let trained = |at| UnderWay::Training(site, SkillId::from_index(thing_at), at, quantity, due);
        match kind {
            UnderWayKind::Goods if place == 0 => {
                UnderWay::Goods(site, Component::of((thing.min(1), thing_at)), quantity, due)
            }
            UnderWayKind::Goods => UnderWay::Units(customer, ItemId::from_index(thing_at), quantity, due),
            UnderWayKind::Pool => UnderWay::Pool(customer, ItemId::from_index(thing_at), quantity, due),
            UnderWayKind::TrainingHome => trained(Trained::Home),
            UnderWayKind::TrainingSite => trained(Trained::Site),
        }
    })
}
