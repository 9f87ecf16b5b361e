//! What each customer is due of each item: replenishment by period, exercises, the opening pool.

use model::Ring;
use model::ids::{CustomerId, ExerciseId, ItemId};
use rules::exercise::Timing;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// A customer's account of an item.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) customer: CustomerId,
    pub(crate) item: ItemId,
    /// Pieces due by the end of each period.
    pub(crate) demand: Vec<Quantity>,
    /// Exercises that draw within the horizon, in table order.
    pub(crate) exercises: Vec<(ExerciseId, usize, Timing)>,
    /// Units that reach the customer without a shipment of the plan, by period: held there, or on their way.
    pub(crate) arriving: BTreeMap<usize, Quantity>,
    /// Units in the pool on the first day or on their way back to it, by period.
    pub(crate) pool: BTreeMap<usize, Quantity>,
}

impl Account {
    /// True when something is due by period.
    pub(crate) fn has_demand(&self) -> bool {
        self.demand.iter().any(|d| !d.is_zero())
    }

    /// True when there is a pool to keep.
    pub(crate) fn has_pool(&self) -> bool {
        !self.exercises.is_empty()
    }
}

/// The accounts of all customers and items with demand or exercises, in order.
pub(crate) fn accounts(ring: &Ring) -> Vec<Account> {
    let mut accounts = Vec::new();
    for customer in ring.customers.ids() {
        for item in ring.items.ids() {
            let mut demand = vec![Quantity::ZERO; ring.settings.n_periods];
            for row in ring.demand.iter().filter(|d| (d.customer, d.item) == (customer, item)) {
                demand[row.period.index()] += row.quantity;
            }
            let own = ring.exercises.enumerate().filter(|(_, e)| (e.customer, e.item) == (customer, item));
            let exercises: Vec<(ExerciseId, usize, Timing)> = own
                .filter_map(|(id, _)| {
                    let timing = rules::exercise::timing(ring, id);
                    timing.draw.map(|draw| (id, draw, timing))
                })
                .collect();
            let arriving = by_period(rules::held::arriving(ring, customer, item));
            let pool = by_period(rules::held::pool(ring, customer, item));
            let account = Account { customer, item, demand, exercises, arriving, pool };
            if account.has_demand() || account.has_pool() {
                accounts.push(account);
            }
        }
    }
    accounts
}

fn by_period(rows: impl Iterator<Item = (usize, Quantity)>) -> BTreeMap<usize, Quantity> {
    let mut all = BTreeMap::new();
    for (period, pieces) in rows {
        *all.entry(period).or_insert(Quantity::ZERO) += pieces;
    }
    all
}
