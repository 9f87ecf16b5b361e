//! A decision against its own tables and the ring: gates, swings, order, answer.

mod analysis;
mod answer;
mod gates;
mod options;
mod questions;
mod simulated;
mod statements;
mod value;

#[cfg(test)]
mod tests;

use crate::faults::Faults;
use diag::Diagnostic;
use model::Ring;
use model::results::{Decision, Programme};

/// What does not follow in a decision; empty when everything does. `programme` is the plan it belongs to, when there is one.
///
/// Values of questions and options are taken as found: planning again is what would question them.
#[must_use]
pub fn decision(ring: &Ring, programme: Option<&Programme>, decision: &Decision) -> Vec<Diagnostic> {
    let mut faults = Faults::of("decision");
    value::check(ring, decision, &mut faults);
    gates::check(ring, programme, decision, &mut faults);
    questions::check(ring, decision, &mut faults);
    options::check(ring, decision, &mut faults);
    answer::check(decision, &mut faults);
    analysis::check(ring, decision, &mut faults);
    statements::check(ring, decision, &mut faults);
    let mut found = faults.into_vec();
    if let (Some(programme), Some(view)) = (programme, &decision.resilience) {
        found.extend(crate::resilience(ring, programme, view, rules::exposure::asked_days(ring)));
    }
    found
}
