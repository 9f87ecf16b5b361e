//! `pool(t) = pool(t-1) + into pool + returned + repaired - drawn >= 0` per customer and item; `0 <= met <= draw`.
//!
//! Shares of what was drawn may each be off by two thousandths, so the pool may be short by as much per exercise so far.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME, thousandths};
use model::ids::{CustomerId, ItemId};
use rules::exercise;
use std::collections::BTreeMap;
use units::Id;

/// Most a share of a draw may be off, thousandths.
const TOLERANCE: f64 = 2.0;

/// Checks every draw, and the pool of every customer and item.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut flow: BTreeMap<(CustomerId, ItemId), Vec<(f64, f64)>> = BTreeMap::new();
    let mut add = |customer, item, period: usize, ticks: f64, slack: f64| {
        let by_period = flow.entry((customer, item)).or_insert_with(|| vec![(0.0, 0.0); s.n]);
        by_period[period].0 += ticks;
        by_period[period].1 += slack;
    };
    for customer in s.ring.customers.ids() {
        for item in s.ring.items.ids() {
            for (period, pieces) in rules::held::pool(s.ring, customer, item) {
                add(customer, item, period, pieces.ticks() as f64, 0.0);
            }
        }
    }
    for row in &s.programme.deliveries {
        add(row.customer, row.item, row.period.index(), row.pool.ticks() as f64, 0.0);
    }
    for row in &s.programme.draws {
        let drawn = &s.ring.exercises[row.exercise];
        if row.met > drawn.draw {
            let fact = format!("exercise `{}` draws {} of {}", drawn.key, row.met, drawn.draw);
            faults.tell(PROGRAMME, "no exercise draws more than it asks for", fact);
        }
        let (timing, met) = (exercise::timing(s.ring, row.exercise), row.met.ticks() as f64);
        let moves = [
            (timing.draw, -met, 0.0),
            (timing.back, drawn.return_share.get() * met, TOLERANCE),
            (timing.repaired, drawn.repair_share.get() * met, TOLERANCE),
        ];
        for (period, ticks, slack) in moves {
            if let Some(period) = period {
                add(drawn.customer, drawn.item, period, ticks, slack);
            }
        }
    }
    for ((customer, item), by_period) in flow {
        let (mut pool, mut slack) = (0.0, 0.0);
        for (period, (change, more)) in by_period.into_iter().enumerate() {
            pool += change;
            slack += more;
            if pool < -slack - 1e-6 {
                let fact = format!(
                    "the pool of `{}` ({}) is short of {} in period {}",
                    s.ring.customers[customer].key,
                    s.ring.items[item].key,
                    thousandths(-(pool.round() as i64)),
                    shown(period)
                );
                faults.tell(PROGRAMME, "exercises draw only what is in the pool", fact);
                break;
            }
        }
    }
}
