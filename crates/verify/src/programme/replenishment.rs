//! `backlog(t) = backlog(t-1) + demand(t) - replenishment(t) >= 0`; replenishment and pool so far <= arrived so far.
//! What was on its way on the first day arrives when it is due.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME, thousandths};
use model::ids::{CustomerId, ItemId, Node};
use rules::{held, lag};
use std::collections::BTreeMap;
use units::Id;

/// One customer and item, thousandths by period.
#[derive(Default)]
struct Account {
    demand: BTreeMap<usize, i64>,
    arrived: BTreeMap<usize, i64>,
    replenishment: BTreeMap<usize, i64>,
    pool: BTreeMap<usize, i64>,
    backlog: BTreeMap<usize, i64>,
}

/// Checks every customer, item and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for ((customer, item), account) in accounts(s) {
        let who = format!("`{}` ({})", s.ring.customers[customer].key, s.ring.items[item].key);
        let (mut late, mut kept) = (0, 0);
        let at = |of: &BTreeMap<usize, i64>, t: usize| of.get(&t).copied().unwrap_or(0);
        for t in 0..s.n {
            late += at(&account.demand, t) - at(&account.replenishment, t);
            kept += at(&account.arrived, t) - at(&account.replenishment, t) - at(&account.pool, t);
            if late < 0 {
                let fact = format!("{who} receives {} more than it was due by period {}", thousandths(-late), shown(t));
                faults.tell(PROGRAMME, "replenishment never runs ahead of demand", fact);
            }
            let said = at(&account.backlog, t);
            if said != late.max(0) {
                let fact = format!(
                    "backlog of {who} at the end of period {} is {}, demand less replenishment is {}",
                    shown(t),
                    thousandths(said),
                    thousandths(late)
                );
                faults.tell(PROGRAMME, "backlog is demand less replenishment so far", fact);
            }
            if kept < 0 {
                let fact =
                    format!("{who} is handed {} more than has arrived by period {}", thousandths(-kept), shown(t));
                faults.tell(PROGRAMME, "only what has arrived is handed over", fact);
            }
            if late < 0 || kept < 0 {
                break;
            }
        }
    }
}

fn accounts(s: &Subject<'_>) -> BTreeMap<(CustomerId, ItemId), Account> {
    let mut all: BTreeMap<(CustomerId, ItemId), Account> = BTreeMap::new();
    for row in s.ring.demand.iter() {
        let account = all.entry((row.customer, row.item)).or_default();
        *account.demand.entry(row.period.index()).or_default() += row.quantity.ticks();
    }
    for customer in s.ring.customers.ids() {
        for item in s.ring.items.ids() {
            for (period, pieces) in held::arriving(s.ring, customer, item) {
                *all.entry((customer, item)).or_default().arrived.entry(period).or_default() += pieces.ticks();
            }
        }
    }
    for row in &s.programme.shipments {
        if let Node::Customer(customer) = s.ring.lanes[row.lane].to {
            let arrives = row.period.index() + lag::of_lane(s.ring, row.lane);
            let account = all.entry((customer, row.item)).or_default();
            *account.arrived.entry(arrives).or_default() += row.quantity.ticks();
        }
    }
    for row in &s.programme.deliveries {
        let account = all.entry((row.customer, row.item)).or_default();
        *account.replenishment.entry(row.period.index()).or_default() += row.replenishment.ticks();
        *account.pool.entry(row.period.index()).or_default() += row.pool.ticks();
    }
    for row in &s.programme.backlog {
        let account = all.entry((row.customer, row.item)).or_default();
        *account.backlog.entry(row.period.index()).or_default() += row.quantity.ticks();
    }
    all
}
