//! Options: in the order they are first named, each once; a refusal exactly where there is no value.

use crate::faults::{DECISION, Faults};
use model::Ring;
use model::results::{Decision, Status};

/// Checks every option.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    let mut names: Vec<&str> = Vec::new();
    for row in ring.alternatives.iter() {
        if !names.contains(&row.name.as_str()) {
            names.push(&row.name);
        }
    }
    let said: Vec<&str> = decision.options.iter().map(|o| o.name.as_str()).collect();
    let all = decision.status == Status::Optimal;
    if !names.starts_with(&said) || all && said.len() < names.len() {
        let fact = format!("the options are {}, the ring names {}", said.join(", "), names.join(", "));
        faults.tell(DECISION, "options are those of the ring, in order", fact);
    }
    for option in &decision.options {
        if option.value.is_some() != option.refusal.is_empty() {
            let fact = format!("option `{}` has both a value and a refusal, or neither", option.name);
            faults.tell(DECISION, "an option has a value or a refusal", fact);
        }
    }
}
