//! What partners have spent of their ceilings by the day.

use super::{At, set};
use model::RawRing;
use units::{Id, Money};

impl At<'_> {
    pub(super) fn spent(&self, raw: &mut RawRing) {
        let settings = &self.ring().settings;
        for partner in self.ring().partners.iter() {
            for budget in &partner.budgets {
                let counts = |cost: &&model::results::programme::Cost| {
                    let day = settings.first_day(cost.period.index());
                    let inside = (budget.from..=budget.to).contains(&day);
                    cost.period.index() < self.periods && inside && partner.pays.contains(&cost.kind)
                };
                let now: Money = self.before.programme.costs.iter().filter(counts).map(|cost| cost.amount).sum();
                let spent = budget.spent + now;
                if !spent.is_zero() {
                    let path = format!("partners.{}.budget.{}.spent", partner.key, budget.key);
                    set(raw, &path, &spent.to_string());
                }
            }
        }
    }
}
