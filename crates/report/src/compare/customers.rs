//! Pieces to each customer, of each item.

use crate::context::Context;
use units::Quantity;

/// What one customer gets of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Key of the customer.
    pub customer: String,
    /// Name of the customer.
    pub name: String,
    /// Key of the item.
    pub item: String,
    /// Replenishment and draws asked for in each.
    pub asked: [Quantity; 2],
    /// Handed over by the plan in each, replenishment and draws met.
    pub delivered: [Quantity; 2],
}

pub(super) fn customers(c: [&Context<'_>; 2]) -> Vec<CustomerRow> {
    let mut rows: Vec<CustomerRow> = Vec::new();
    for (side, c) in c.iter().enumerate() {
        let ring = c.ring();
        let mut add = |customer, item, asked: Quantity, delivered: Quantity| {
            let (customer, item): (&model::settings::Customer, &str) = (&ring.customers[customer], item);
            let at = rows.iter().position(|r| r.customer == customer.key && r.item == item).unwrap_or_else(|| {
                rows.push(CustomerRow {
                    customer: customer.key.clone(),
                    name: customer.name.clone(),
                    item: item.to_owned(),
                    asked: [Quantity::ZERO; 2],
                    delivered: [Quantity::ZERO; 2],
                });
                rows.len() - 1
            });
            rows[at].asked[side] += asked;
            rows[at].delivered[side] += delivered;
        };
        for d in ring.demand.iter() {
            add(d.customer, &ring.items[d.item].key, d.quantity, Quantity::ZERO);
        }
        for e in ring.exercises.iter() {
            add(e.customer, &ring.items[e.item].key, e.draw, Quantity::ZERO);
        }
        for d in c.d.programme.iter().flat_map(|p| &p.deliveries) {
            add(d.customer, &ring.items[d.item].key, Quantity::ZERO, d.replenishment);
        }
        for d in c.d.programme.iter().flat_map(|p| &p.draws) {
            let e = &ring.exercises[d.exercise];
            add(e.customer, &ring.items[e.item].key, Quantity::ZERO, d.met);
        }
    }
    rows
}
