//! Cost rows are those of the rules, to a cent each; `cost` is their sum.

use super::subject::{Subject, shown};
use crate::faults::{COST, Faults};
use model::Ring;
use model::results::programme::Cost;
use rules::cost;
use std::collections::BTreeMap;
use units::{Id, Money};

/// Most a row may be off, cents.
const TOLERANCE: i64 = 1;

/// Checks every row and the sum.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let key = |row: &Cost| (row.kind, row.period, row.site);
    let mut both: BTreeMap<_, (Money, Money)> = BTreeMap::new();
    for row in &s.programme.costs {
        both.entry(key(row)).or_default().0 = row.amount;
    }
    for row in cost::rows(s.ring, s.designs, s.programme) {
        both.entry(key(&row)).or_default().1 = row.amount;
    }
    for ((kind, period, site), (said, is)) in both {
        if (said - is).ticks().abs() > TOLERANCE {
            let place = site.map_or_else(|| "no site".to_owned(), |at| site_key(s.ring, at));
            let fact = format!("{kind} in period {} at {place} is {said}, the rules give {is}", shown(period.index()));
            faults.tell(COST, "every cost follows from the rules", fact);
        }
    }
    let sum: i128 = s.programme.costs.iter().map(|c| i128::from(c.amount.ticks())).sum();
    if sum != i128::from(s.programme.cost.ticks()) {
        let fact = format!("the cost is {}, its rows sum to {} cents", s.programme.cost, sum);
        faults.tell(COST, "the cost is the sum of its rows", fact);
    }
}

fn site_key(ring: &Ring, site: model::ids::SiteId) -> String {
    format!("`{}`", ring.sites[site].key)
}
