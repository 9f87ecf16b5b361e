//! Gates: passed when evidence is asked for, all of it accepted by others than its owners, the sites in use are ready, every
//! earlier gate is passed, and two partners signed the last decision, a `go`. Readiness and first articles follow the rules.
//!
//! `open` is the rest in table order, `blocking` the one due first (no day last, ties by table order), `due` the last day.

use crate::faults::{DECISION, Faults};
use model::Ring;
use model::ids::{GateEvidenceId, GateId};
use model::results::decision::{GateStage, GateState, SiteReadiness};
use model::results::{Decision, Programme};
use model::tables::decisions::Verdict;
use model::tables::gates::EvidenceState;
use units::Date;

/// Checks readiness, first articles and every gate.
pub(super) fn check(ring: &Ring, programme: Option<&Programme>, decision: &Decision, faults: &mut Faults) {
    let sites = rules::readiness::of_sites(ring, programme);
    if decision.readiness != sites {
        faults.tell(DECISION, "readiness follows from the table and the sites in use", "a level or a site differs");
    }
    let articles = programme.map(|p| rules::first_article::due(ring, p)).unwrap_or_default();
    if decision.first_articles != articles {
        let fact = format!("{} first articles are told, {} are due", decision.first_articles.len(), articles.len());
        faults.tell(DECISION, "first articles follow from the plan", fact);
    }
    if !decision.gates.iter().map(|g| g.gate).eq(ring.gates.ids()) {
        faults.tell(DECISION, "every gate stands once, in order", "gates are missing, double or out of order");
        return;
    }
    let mut before = true;
    for said in &decision.gates {
        let is = state(ring, said.gate, before, &sites);
        before = is.passed();
        if *said != is {
            let fact = format!(
                "gate `{}` is said to be {} with {} of {} accepted; its evidence makes it {} with {} of {}",
                ring.gates[said.gate].key,
                said.stage.word(),
                said.accepted,
                said.asked,
                is.stage.word(),
                is.accepted,
                is.asked
            );
            faults.tell(DECISION, "gates follow from their evidence", fact);
        }
    }
}

fn state(ring: &Ring, gate: GateId, earlier_passed: bool, sites: &[SiteReadiness]) -> GateState {
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
    let mut decision = None;
    for (id, row) in ring.gate_decisions.enumerate().filter(|(_, d)| d.gate == gate) {
        if decision.is_none_or(|held| ring.gate_decisions[held].day <= row.day) {
            decision = Some(id);
        }
    }
    let wanted = ring.gates[gate].readiness.unwrap_or(0);
    let level = |site: &SiteReadiness| site.levels.iter().map(|level| level.unwrap_or(0)).min().unwrap_or(0);
    let is_ready = wanted == 0 || sites.iter().map(level).min().unwrap_or(0) >= wanted;
    let complete = earlier_passed && is_ready && asked > 0 && open.is_empty();
    let stage = match decision.map(|id| &ring.gate_decisions[id]) {
        None => {
            if complete {
                GateStage::Decidable
            } else {
                GateStage::Open
            }
        }
        Some(row) => match row.verdict {
            Verdict::Wait => GateStage::Waiting,
            Verdict::Rework => GateStage::Rework,
            Verdict::Stop => GateStage::Stopped,
            Verdict::Reopen if complete => GateStage::Decidable,
            Verdict::Go if complete && row.agreed_by.iter().any(|p| *p != row.taken_by) => GateStage::Passed,
            Verdict::Go | Verdict::Reopen => GateStage::Open,
        },
    };
    GateState { gate, accepted, asked, stage, open, blocking, due, decision, is_ready }
}
