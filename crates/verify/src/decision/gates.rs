//! Gates: passed when evidence is asked for, all of it accepted by others than its owners, and every earlier gate is passed.
//!
//! `open` is the rest in table order, `blocking` the one due first (no day last, ties by table order), `due` the last day.

use crate::faults::{DECISION, Faults};
use model::Ring;
use model::ids::{GateEvidenceId, GateId};
use model::results::Decision;
use model::results::decision::GateState;
use model::tables::gates::EvidenceState;
use units::Date;

/// Checks every gate.
pub(super) fn check(ring: &Ring, decision: &Decision, faults: &mut Faults) {
    if !decision.gates.iter().map(|g| g.gate).eq(ring.gates.ids()) {
        faults.tell(DECISION, "every gate stands once, in order", "gates are missing, double or out of order");
        return;
    }
    let mut before = true;
    for said in &decision.gates {
        let is = state(ring, said.gate, before);
        before = is.passed;
        if *said != is {
            let fact = format!(
                "gate `{}` is said to be {} with {} of {} accepted; its evidence makes it {} with {} of {}",
                ring.gates[said.gate].key,
                word(said),
                said.accepted,
                said.asked,
                word(&is),
                is.accepted,
                is.asked
            );
            faults.tell(DECISION, "gates follow from their evidence", fact);
        }
    }
}

fn word(state: &GateState) -> &'static str {
    if state.passed { "passed" } else { "open" }
}

fn state(ring: &Ring, gate: GateId, earlier_passed: bool) -> GateState {
    let mut asked = 0;
    let mut open: Vec<GateEvidenceId> = Vec::new();
    for (id, evidence) in ring.gate_evidence.enumerate().filter(|(_, e)| e.gate == gate) {
        asked += 1;
        let signed = evidence.signer.is_some() && evidence.signer != Some(evidence.owner);
        if evidence.state != EvidenceState::Accepted || !signed {
            open.push(id);
        }
    }
    let day = |id: &GateEvidenceId| ring.gate_evidence[*id].due;
    let last = Date::new(2199, 12, 31).expect("a day in range");
    let mut blocking: Option<GateEvidenceId> = None;
    for id in &open {
        let sooner = |than: GateEvidenceId| match (day(id), day(&than)) {
            (Some(a), Some(b)) => a < b,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if blocking.is_none_or(sooner) {
            blocking = Some(*id);
        }
    }
    let due = open.iter().filter_map(day).map(|d| d.min(last)).max();
    let accepted = asked - open.len();
    GateState { gate, accepted, asked, passed: earlier_passed && asked > 0 && open.is_empty(), open, blocking, due }
}
