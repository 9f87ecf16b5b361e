//! Gates: what is accepted, what is open, what blocks.

use model::Ring;
use model::ids::GateEvidenceId;
use model::results::decision::GateState;
use model::tables::gates::{EvidenceState, GateEvidence};

/// Where each gate stands, in the order of `ring.toml`.
///
/// A gate is passed when it asks for evidence, all of it is accepted, each piece by another partner than its owner, and
/// every earlier gate is passed. A gate that asks for nothing is never passed: nothing would show that it is.
#[must_use]
pub fn gate_states(ring: &Ring) -> Vec<GateState> {
    let mut earlier_passed = true;
    let mut states = Vec::with_capacity(ring.gates.len());
    for gate in ring.gates.ids() {
        let asked: Vec<(GateEvidenceId, &GateEvidence)> =
            ring.gate_evidence.enumerate().filter(|(_, e)| e.gate == gate).collect();
        let open: Vec<GateEvidenceId> = asked.iter().filter(|(_, e)| !is_accepted(e)).map(|(id, _)| *id).collect();
        let passed = earlier_passed && !asked.is_empty() && open.is_empty();
        let due_of = |id: &GateEvidenceId| ring.gate_evidence[*id].due;
        // Earliest due first; what has no day comes after all that have one, in table order.
        let blocking = open.iter().copied().min_by_key(|id| (due_of(id).is_none(), due_of(id), *id));
        let due = open.iter().filter_map(due_of).max();
        states.push(GateState {
            gate,
            accepted: asked.len() - open.len(),
            asked: asked.len(),
            passed,
            open,
            blocking,
            due,
        });
        earlier_passed = passed;
    }
    states
}

fn is_accepted(evidence: &GateEvidence) -> bool {
    evidence.state == EvidenceState::Accepted && evidence.signer.is_some_and(|signer| signer != evidence.owner)
}
