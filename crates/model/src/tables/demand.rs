//! `demand.csv`: replenishment, per customer, item and period.

use crate::ids::{CustomerId, DemandId, ItemId, PeriodId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{Id, IdVec, Quantity};

/// The schema of `demand.csv`.
pub const TABLE: Table = Table {
    name: "demand",
    key: &["customer", "item", "period"],
    need: Need::Optional,
    doc: "Replenishment: pieces a customer is due by the end of a period; what is late is backlog.",
    columns: &[
        required("customer", Kind::Ref(&["customers"]), "", "The customer."),
        required("item", Kind::Ref(&["items"]), "", "What is due."),
        required("period", Kind::Count(1, 10_000), "", "Period, counted from 1."),
        required("quantity", Kind::Quantity(0.0, 1e7), "pieces", "Pieces due by its end."),
        default("class", Kind::Count(1, 9), "1", "", "Class of this demand within the customer; 1 comes first."),
    ],
};

/// A demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The customer.
    pub customer: CustomerId,
    /// What is due.
    pub item: ItemId,
    /// By the end of this period.
    pub period: PeriodId,
    /// Pieces.
    pub quantity: Quantity,
    /// Class, 1 first.
    pub class: i64,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<DemandId, Demand> {
    reader.rows(&TABLE, |row| Demand {
        customer: row.id("customer"),
        item: row.id("item"),
        period: PeriodId::from_index(usize::try_from(row.count("period") - 1).unwrap_or(0)),
        quantity: row.quantity("quantity"),
        class: row.count("class"),
    })
}
