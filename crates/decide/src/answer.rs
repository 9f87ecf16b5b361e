//! The answer rule: from values to go, ask first, pilot or stop.

use model::results::decision::{Answer, Decision, OptionValue, QuestionEffect, Value};

/// Share of what customers ask for that counts as the whole: `0.95`.
///
/// An agreement, not a measurement: contracts of the sample rings call a delivery of 95 % complete.
pub const WHOLE: f64 = 0.95;

/// How much of the task a version of the ring does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extent {
    /// It cannot be planned.
    Nothing,
    /// It can be planned, contractual floors included, and serves less than [`WHOLE`].
    Part,
    /// It serves at least [`WHOLE`].
    Whole,
}

/// The extent of a value; none when the ring cannot be planned.
#[must_use]
pub fn extent(value: Option<&Value>) -> Extent {
    match value {
        None => Extent::Nothing,
        Some(value) if value.served >= WHOLE => Extent::Whole,
        Some(_) => Extent::Part,
    }
}

/// The extent of a decision's base. A base without cost and service stands for a ring that cannot be planned.
#[must_use]
pub fn extent_of_base(base: &Value) -> Extent {
    let planned = base.served > 0.0 || !base.cost.is_zero();
    extent(planned.then_some(base))
}

/// True when one end of a question has another extent than the base.
#[must_use]
pub fn flips(base: &Value, low: Option<&Value>, high: Option<&Value>) -> bool {
    [low, high].iter().any(|end| extent(*end) != extent_of_base(base))
}

/// What the evidence supports.
///
/// | base | questions and options | answer |
/// |---|---|---|
/// | whole | no question flips | go |
/// | whole | some question flips | ask first |
/// | part | | pilot |
/// | nothing | some option can be planned | pilot |
/// | nothing | no option can be planned | stop |
#[must_use]
pub fn answer(base: &Value, questions: &[QuestionEffect], options: &[OptionValue]) -> Answer {
    match extent_of_base(base) {
        Extent::Whole if questions.iter().any(|q| q.flips) => Answer::AskFirst,
        Extent::Whole => Answer::Go,
        Extent::Part => Answer::Pilot,
        Extent::Nothing if options.iter().any(|o| o.value.is_some()) => Answer::Pilot,
        Extent::Nothing => Answer::Stop,
    }
}

/// The answer that a decision's own numbers give.
#[must_use]
pub fn answer_of(decision: &Decision) -> Answer {
    answer(&decision.base, &decision.questions, &decision.options)
}
