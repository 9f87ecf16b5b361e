//! What each customer is due of each item: replenishment by period, exercises, the opening pool.

use model::Ring;
use model::ids::{CustomerId, ExerciseId, ItemId};
use model::tables::opening::Opening;
use rules::exercise::Timing;
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
    /// Pool on the first day.
    pub(crate) pool: Quantity,
}

impl Account {
    /// Pieces due over the horizon.
    pub(crate) fn demand_all(&self) -> Quantity {
        self.demand.iter().copied().sum()
    }

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
            let there = |o: &Opening| match o {
                Opening::Pool(at, of, pieces) if (*at, *of) == (customer, item) => *pieces,
                _ => Quantity::ZERO,
            };
            let pool = ring.opening.iter().map(there).sum();
            let account = Account { customer, item, demand, exercises, pool };
            if account.has_demand() || account.has_pool() {
                accounts.push(account);
            }
        }
    }
    accounts
}
