//! Gates: what is accepted, what is open, what blocks, what was decided.

use model::Ring;
use model::ids::GateEvidenceId;
use model::results::decision::{GateStage, GateState, SiteReadiness};
use model::tables::decisions::{GateDecision, Verdict};
use model::tables::gates::GateEvidence;

/// Where each gate stands, in the order of `ring.toml`; `sites` is the readiness of the sites in use.
///
/// A gate has everything when it asks for evidence, all of it is accepted, each piece by another partner than its owner, the
/// sites in use have the readiness it asks for, and every earlier gate is passed. Then it may be decided; with a `go` signed
/// by two partners it is passed. A gate that asks for nothing is never passed: nothing would show that it is.
#[must_use]
pub fn gate_states(ring: &Ring, sites: &[SiteReadiness]) -> Vec<GateState> {
    let mut earlier_passed = true;
    let mut states = Vec::with_capacity(ring.gates.len());
    for gate in ring.gates.ids() {
        let asked: Vec<(GateEvidenceId, &GateEvidence)> =
            ring.gate_evidence.enumerate().filter(|(_, e)| e.gate == gate).collect();
        let open: Vec<GateEvidenceId> = asked.iter().filter(|(_, e)| !e.is_accepted()).map(|(id, _)| *id).collect();
        let is_ready = rules::readiness::is_reached(ring, gate, sites);
        let has_everything = earlier_passed && is_ready && !asked.is_empty() && open.is_empty();
        let decision = ring.last_decision(gate);
        let stage = stage(decision.map(|(_, decision)| decision), has_everything);
        let due_of = |id: &GateEvidenceId| ring.gate_evidence[*id].due;
        // Earliest due first; what has no day comes after all that have one, in table order.
        let blocking = open.iter().copied().min_by_key(|id| (due_of(id).is_none(), due_of(id), *id));
        let due = open.iter().filter_map(due_of).max();
        earlier_passed = stage == GateStage::Passed;
        states.push(GateState {
            gate,
            accepted: asked.len() - open.len(),
            asked: asked.len(),
            stage,
            open,
            blocking,
            due,
            decision: decision.map(|(id, _)| id),
            is_ready,
        });
    }
    states
}

/// | last decision | everything there | else |
/// |---|---|---|
/// | none, or reopened | to be decided | open |
/// | go, by two | passed | open |
/// | wait, rework, stop | as decided | as decided |
fn stage(decision: Option<&GateDecision>, has_everything: bool) -> GateStage {
    let has_two = |d: &GateDecision| d.agreed_by.iter().any(|partner| *partner != d.taken_by);
    match decision.map(|d| (d.verdict, has_two(d))) {
        Some((Verdict::Wait, _)) => GateStage::Waiting,
        Some((Verdict::Rework, _)) => GateStage::Rework,
        Some((Verdict::Stop, _)) => GateStage::Stopped,
        Some((Verdict::Go, true)) if has_everything => GateStage::Passed,
        None | Some((Verdict::Reopen, _)) if has_everything => GateStage::Decidable,
        _ => GateStage::Open,
    }
}
