//! A value: `0 <= cash <= cost`, the share served in `0..=1`, the period of the rate within the horizon.

use crate::faults::{DECISION, Faults};
use model::Ring;
use model::results::Decision;
use model::results::decision::Value;
use units::Id;

/// Checks the base and every end of a question and every option that has a value.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let ends = decision
        .questions
        .iter()
        .flat_map(|q| [("a question's low end", q.low.as_ref()), ("a question's high end", q.high.as_ref())]);
    let options = decision.options.iter().map(|o| ("an option", o.value.as_ref()));
    let base = [("the base", Some(&decision.base))];
    for (name, value) in base.into_iter().chain(ends).chain(options) {
        if value.is_some_and(|v| !holds(ring, v)) {
            faults.tell(DECISION, "values are within their ranges", format!("the value of {name} cannot be"));
        }
    }
}

fn holds(ring: &Ring, value: &Value) -> bool {
    !value.cash.is_negative()
        && value.cash <= value.cost
        && (0.0..=1.0 + 1e-9).contains(&value.served)
        && (value.customers.is_empty() || value.customers.len() == ring.customers.len())
        && value.customers.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share))
        && value.rate_period.is_none_or(|p| p.index() < ring.settings.n_periods)
}
