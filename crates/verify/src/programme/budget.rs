//! Costs of the kinds a partner pays, in periods whose first day lies in the window, <= ceiling.

use super::subject::Subject;
use crate::faults::{COST, Faults};
use rules::cost;
use units::{Id, Money};

/// Checks every ceiling against the costs recomputed.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let costs = cost::rows(s.ring, s.designs, s.programme);
    for partner in s.ring.partners.iter() {
        for budget in &partner.budgets {
            let inside = |t: usize| (budget.from..=budget.to).contains(&s.ring.settings.first_day(t));
            let own = costs.iter().filter(|c| partner.pays.contains(&c.kind) && inside(c.period.index()));
            let spent: Money = own.map(|c| c.amount).sum();
            let spent = spent + budget.spent;
            if spent > budget.ceiling {
                let (key, name) = (&partner.key, &budget.key);
                let fact = format!("`{key}` spends {spent} in `{name}`, the ceiling is {}", budget.ceiling);
                faults.tell(COST, "partners spend no more than their ceilings", fact);
            }
        }
    }
}
