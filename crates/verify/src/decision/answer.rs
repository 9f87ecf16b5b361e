//! The answer: go, ask first, pilot or stop, from the base, the questions and the options alone.
//!
//! Whole base: ask first when a question flips, else go. Part: pilot. Nothing: pilot when an option can be planned, else stop.

use crate::faults::{DECISION, Faults};
use model::results::Decision;
use model::results::decision::{Answer, Value};
use units::Money;

/// Share served that counts as the whole; docs/decide.md.
pub(super) const WHOLE: f64 = 0.95;

/// Nothing (0), part (1) or whole (2) of what customers ask for.
pub(super) fn extent(value: Option<&Value>) -> u8 {
    value.map_or(0, |v| if v.served >= WHOLE { 2 } else { 1 })
}

/// The base when it could be planned; one of no cost and no service stands for a ring that could not.
pub(super) fn planned(base: &Value) -> Option<&Value> {
    (base.cost != Money::ZERO || base.served > 0.0).then_some(base)
}

/// Checks the answer.
pub(super) fn check(decision: &Decision, faults: &mut Faults) {
    let is = match extent(planned(&decision.base)) {
        2 if decision.questions.iter().any(|q| q.flips) => Answer::AskFirst,
        2 => Answer::Go,
        1 => Answer::Pilot,
        _ if decision.options.iter().any(|o| o.value.is_some()) => Answer::Pilot,
        _ => Answer::Stop,
    };
    if decision.answer != is {
        let fact = format!("the answer is `{}`, the tables say `{}`", decision.answer.word(), is.word());
        faults.tell(DECISION, "the answer follows from the tables", fact);
    }
}
