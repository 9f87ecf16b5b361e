//! Checks of decisions at gates and of readiness.

use crate::ids::GateDecisionId;
use crate::ring::Ring;
use crate::tables::decisions::Verdict;
use crate::tables::sites::SiteKind;
use diag::{Code, Diagnostic, Place};
use units::Id;

/// A decision names distinct signers, and what opens it again where it does not go on.
pub(super) fn check_rw0231_decision_is_whole(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    let mut fault = |id: GateDecisionId, column: &str, fact: String, help: &str| {
        faults.push(Diagnostic::error(Code(231), fact, help).at(Place::cell("decisions", id.index(), column), "here"));
    };
    for (id, decision) in ring.gate_decisions.enumerate() {
        let gate = &ring.gates[decision.gate].key;
        let (verdict, day) = (decision.verdict, decision.day);
        let name = &ring.partners[decision.taken_by].key;
        let mut signers = decision.agreed_by.clone();
        signers.push(decision.taken_by);
        signers.sort_unstable();
        if signers.windows(2).any(|pair| pair[0] == pair[1]) {
            let fact = format!("one partner signs the `{verdict}` of {day} at {gate} twice");
            fault(id, "agreed_by", fact, "name partners other than the one in `taken_by`, each once");
        }
        if verdict == Verdict::Go && signers.iter().all(|s| *s == decision.taken_by) {
            let fact = format!("`{name}` alone decides `go` at {gate}");
            fault(id, "agreed_by", fact, "name a second partner that signs it in `agreed_by`");
        }
        if let Some(both) = decision.dissent.iter().find(|partner| signers.contains(partner)) {
            let fact = format!("`{}` signs the `{verdict}` of {day} at {gate} and dissents", ring.partners[*both].key);
            fault(id, "dissent", fact, "leave the partner in one of the two columns");
        }
        if matches!(verdict, Verdict::Wait | Verdict::Rework | Verdict::Stop) && decision.reopen.is_empty() {
            let fact = format!("the `{verdict}` of {day} at {gate} does not say what opens it again");
            fault(id, "reopen", fact, "write the condition under which the gate is decided anew");
        }
        let before = ring.gate_decisions.iter().filter(|d| d.gate == decision.gate && d.day < day);
        if verdict == Verdict::Reopen && before.max_by_key(|d| d.day).is_none_or(|d| d.verdict == Verdict::Reopen) {
            let fact = format!("{gate} is reopened on {day}, but no decision before that day closes it");
            fault(id, "decision", fact, "remove the row, or add the decision that it reopens");
        }
    }
    faults
}

/// A gate whose last decision is `go` has all its evidence, accepted by others than its owners.
pub(super) fn check_rw0232_go_has_its_evidence(ring: &Ring) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (gate, said) in ring.gates.enumerate() {
        let Some((id, _)) = ring.last_decision(gate).filter(|(_, d)| d.verdict == Verdict::Go) else { continue };
        let mut asked = ring.gate_evidence.enumerate().filter(|(_, e)| e.gate == gate).peekable();
        let none = asked.peek().is_none();
        let open = asked.find(|(_, e)| !e.is_accepted());
        let fact = match open {
            Some((_, e)) => format!("{} is decided `go` while `{}` is {}", said.key, e.evidence, e.state),
            None if none => format!("{} is decided `go` and asks for no evidence", said.key),
            None => continue,
        };
        let help = match open {
            Some(_) => "record who accepted it in gates.csv, or add the decision that reopens the gate",
            None => "add the evidence it rests on to gates.csv, or decide `wait`",
        };
        let fault = Diagnostic::error(Code(232), fact, help)
            .at(Place::cell("decisions", id.index(), "decision"), "decided here");
        faults.push(match open {
            Some((e, _)) => fault.at(Place::cell("gates", e.index(), "state"), "this evidence"),
            None => fault,
        });
    }
    faults
}

/// Readiness is assessed where something may be made.
pub(super) fn check_rw0233_only_makers_are_assessed(ring: &Ring) -> Vec<Diagnostic> {
    let rows = ring.readiness.enumerate().filter(|(_, r)| ring.sites[r.site].kind == SiteKind::Depot);
    rows.map(|(id, row)| {
        let fact = format!("`{}` is a depot: it makes nothing and has no readiness", ring.sites[row.site].key);
        Diagnostic::error(Code(233), fact, "remove the row, or give the site another kind in sites.csv")
            .at(Place::cell("readiness", id.index(), "site"), "this site")
    })
    .collect()
}
