//! Orders: only while the source takes them, at least `lot_min` each, and per source and period <= `capacity`.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME};
use model::ids::SupplyId;
use rules::lag;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// Checks every order, and the sum over sites of each source and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let mut asked: BTreeMap<(SupplyId, usize), Quantity> = BTreeMap::new();
    for row in &s.programme.orders {
        let (source, period) = (&s.ring.supply[row.supply], row.period.index());
        *asked.entry((row.supply, period)).or_default() += row.quantity;
        if !lag::takes_orders(s.ring, row.supply, period) {
            let fact = format!("`{}` takes no orders in period {}", source.key, shown(period));
            faults.tell(PROGRAMME, "orders are placed while the source is qualified and not stopped", fact);
        }
        if row.quantity < source.lot_min {
            let fact = format!(
                "{} pieces are ordered from `{}` for {} in period {}, its smallest order is {}",
                row.quantity,
                source.key,
                s.site_name(row.site),
                shown(period),
                source.lot_min
            );
            faults.tell(PROGRAMME, "orders are at least the smallest lot", fact);
        }
    }
    for ((supply, period), pieces) in asked {
        let source = &s.ring.supply[supply];
        if let Some(most) = source.capacity.filter(|most| pieces > *most) {
            let key = &source.key;
            let fact = format!("{pieces} pieces are ordered from `{key}` in period {}, {most} at most", shown(period));
            faults.tell(PROGRAMME, "orders do not exceed the source's capacity", fact);
        }
    }
}
