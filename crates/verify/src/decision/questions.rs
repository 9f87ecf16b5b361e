//! Questions: assumptions with a range, a group as one; swings and flips from the ends; the largest effect first.

use super::answer::extent;
use crate::faults::{DECISION, Faults, agree};
use model::Ring;
use model::ids::AssumptionId;
use model::results::Status;
use model::results::decision::{Decision, QuestionEffect, Value};
use model::tables::assumptions::Assumption;
use std::collections::BTreeSet;
use units::{Id, Money};

/// Checks every question, their order, and that none is left out.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let mut asked: BTreeSet<AssumptionId> = askable(ring);
    for question in &decision.questions {
        let name = format!("question {}", question.assumption.index() + 1);
        if !asked.remove(&question.assumption) {
            let fact = format!("{name} stands twice, has no range, or is not the first of its group");
            faults.tell(DECISION, "questions are assumptions with a range, each once", fact);
        }
        effect(&decision.base, question, &name, faults);
        planned_ends(ring, &decision.base, question, &name, faults);
    }
    if decision.status == Status::Optimal && !asked.is_empty() {
        let fact = format!("{} open questions are left out, and the status does not say so", asked.len());
        faults.tell(DECISION, "no question is left out", fact);
    }
    let key = |q: &QuestionEffect| (q.low.is_some() && q.high.is_some(), std::cmp::Reverse(q.cost_swing));
    let before = |a: &QuestionEffect, b: &QuestionEffect| {
        let by_served = b.served_swing.total_cmp(&a.served_swing);
        key(a).cmp(&key(b)).then(by_served).then(a.assumption.cmp(&b.assumption)).is_lt()
    };
    if let Some(at) = decision.questions.windows(2).position(|pair| !before(&pair[0], &pair[1])) {
        let fact = format!("the question in place {} does not follow the one before it", at + 2);
        faults.tell(DECISION, "the question with the largest effect stands first", fact);
    }
}

/// Assumptions a question may be named after: those with a range, of a group only the first.
fn askable(ring: &Ring) -> BTreeSet<AssumptionId> {
    let mut groups: BTreeSet<&str> = BTreeSet::new();
    let ranges = ring.assumptions.enumerate().filter(|(_, a)| a.low < a.high);
    ranges.filter(|(_, a)| a.group.as_deref().is_none_or(|g| groups.insert(g))).map(|(id, _)| id).collect()
}

/// An end at which every number of the question has its planned value is the base itself.
fn planned_ends(ring: &Ring, base: &Value, question: &QuestionEffect, name: &str, faults: &mut Faults) {
    let Some(named) = ring.assumptions.get(question.assumption) else { return };
    let moves = |a: &&Assumption| a.low < a.high && a.group == named.group;
    let members: Vec<&Assumption> = match named.group {
        Some(_) => ring.assumptions.iter().filter(moves).collect(),
        None => vec![named],
    };
    for (word, value) in [("low", question.low.as_ref()), ("high", question.high.as_ref())] {
        let end = |a: &Assumption| if word == "low" { a.low } else { a.high };
        let planned = members.iter().all(|a| end(a).total_cmp(&a.mode).is_eq());
        if planned && super::answer::planned(base).is_some() && value != Some(base) {
            let fact =
                format!("{name} has its planned value at the {word} end, but not the value of the ring as planned");
            faults.tell(DECISION, "an end at the planned value is the ring as planned", fact);
        }
    }
}

fn effect(base: &Value, question: &QuestionEffect, name: &str, faults: &mut Faults) {
    let (mut cost, mut served, mut flips) = (Money::ZERO, 0.0_f64, false);
    for end in [question.low.as_ref(), question.high.as_ref()] {
        if let Some(end) = end {
            let change = end.cost - base.cost;
            cost = cost.max(change).max(-change);
            served = served.max((end.served - base.served).abs());
        }
        flips |= extent(end) != extent(super::answer::planned(base));
    }
    if cost != question.cost_swing {
        let fact = format!("{name} changes cost by {cost} at most, it says {}", question.cost_swing);
        faults.tell(DECISION, "swings follow from the ends", fact);
    }
    if !agree(served, question.served_swing) {
        let fact = format!("{name} changes the share served by {served} at most, it says {}", question.served_swing);
        faults.tell(DECISION, "swings follow from the ends", fact);
    }
    if flips != question.flips {
        let word = if flips { "changes" } else { "does not change" };
        faults.tell(DECISION, "a question flips when an end has another extent", format!("{name} {word} the extent"));
    }
}
