//! The effect of one open question: both ends of its range, all else as planned.

use crate::answer::flips;
use crate::change::Question;
use crate::evaluate::Evaluation;
use model::results::decision::{QuestionEffect, Value};
use std::cmp::Ordering;
use units::Money;

/// The effect of a question from the values at its two ends.
///
/// Swings are the largest absolute changes against the base over the ends that can be planned.
#[must_use]
pub(crate) fn effect(question: &Question, base: &Value, low: &Evaluation, high: &Evaluation) -> QuestionEffect {
    let (low, high) = (low.as_ref().ok().cloned(), high.as_ref().ok().cloned());
    let ends = || [&low, &high].into_iter().flatten();
    let cost_swing = ends().map(|end| distance(end.cost, base.cost)).max().unwrap_or(Money::ZERO);
    let served_swing = ends().map(|end| (end.served - base.served).abs()).fold(0.0, f64::max);
    let flips = flips(base, low.as_ref(), high.as_ref());
    QuestionEffect { assumption: question.assumption, low, high, cost_swing, served_swing, flips }
}

/// Largest effect first: an end that cannot be planned, then the change of cost, then of service, then table order.
pub(crate) fn by_effect(a: &QuestionEffect, b: &QuestionEffect) -> Ordering {
    let unplanned = |q: &QuestionEffect| q.low.is_none() || q.high.is_none();
    unplanned(b)
        .cmp(&unplanned(a))
        .then(b.cost_swing.cmp(&a.cost_swing))
        .then(b.served_swing.total_cmp(&a.served_swing))
        .then(a.assumption.cmp(&b.assumption))
}

fn distance(a: Money, b: Money) -> Money {
    if a > b { a - b } else { b - a }
}
