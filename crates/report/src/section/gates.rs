//! The gate board.

use super::make;
use crate::context::Context;
use crate::fmt::{count, list};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, GateCard, GateState, Table, gate_board};
use crate::when::day;
use model::ids::{GateEvidenceId, GateId, PartnerId};
use model::results::decision::GateStage;
use model::tables::gates::EvidenceState;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    if c.ring().gates.is_empty() {
        body.para(
            "This ring names no gates. Gates with their evidence, owners and signers go into ring.toml and gates.csv.",
        );
    } else {
        body.para(&finding(c));
        body.push(&gate_board(&cards(c)));
        body.push(&table(c));
        body.push(&decided(c));
        body.push(&c.sources("gates", &["gates", "decisions"]).wrap("p", "src"));
    }
    body.push(&super::readiness::block(c));
    body.push(&super::first_articles::block(c));
    make("gates", "Gates", "Gates", body)
}

/// What the evaluation says about a gate; none when it did not run.
fn state<'a>(c: &Context<'a>, gate: GateId) -> Option<&'a model::results::decision::GateState> {
    c.d.decision?.gates.iter().find(|g| g.gate == gate)
}

fn is_passed(c: &Context<'_>, gate: GateId) -> bool {
    state(c, gate).is_some_and(model::results::decision::GateState::passed)
}

/// The first gate that is not passed.
pub(super) fn next_gate(c: &Context<'_>) -> Option<GateId> {
    c.ring().gates.ids().find(|g| !is_passed(c, *g))
}

fn finding(c: &Context<'_>) -> String {
    if c.d.decision.is_none() {
        return "The gates were not evaluated; the cards show the evidence as it was put in.".to_owned();
    }
    let passed = c.ring().gates.ids().filter(|g| is_passed(c, *g)).count();
    let next = next_gate(c).map_or_else(
        || "all are passed".to_owned(),
        |g| {
            let gate = &c.ring().gates[g];
            let due = gate.due.map(|d| format!(", due {}", day(d))).unwrap_or_default();
            format!("the next is {}, {}{due}", gate.key, gate.question)
        },
    );
    format!("{} of {} passed; {next}", passed, count(c.ring().gates.len(), "gate", "gates"))
}

fn evidence_of<'a>(
    c: &'a Context<'_>,
    gate: GateId,
) -> impl Iterator<Item = (GateEvidenceId, &'a model::tables::gates::GateEvidence)> {
    c.ring().gate_evidence.enumerate().filter(move |(_, e)| e.gate == gate)
}

fn cards(c: &Context<'_>) -> Vec<GateCard> {
    let next = next_gate(c);
    c.ring()
        .gates
        .enumerate()
        .map(|(id, gate)| {
            let evidence = evidence_of(c, id).map(|(_, e)| {
                let due = e.due.map(|d| format!(", due {}", day(d))).unwrap_or_default();
                let state = if e.state == EvidenceState::Open { String::new() } else { format!(", {}", e.state) };
                (
                    e.name.clone(),
                    e.state == EvidenceState::Accepted,
                    format!("{}{due}{state}", c.partner(Some(e.owner))),
                )
            });
            let held = state(c, id).map(|s| s.stage);
            let gate_state = match (held, next == Some(id)) {
                (Some(GateStage::Passed), _) => GateState::Passed,
                (Some(GateStage::Waiting | GateStage::Rework), _) => GateState::Held,
                (Some(GateStage::Stopped), _) => GateState::Stopped,
                (Some(GateStage::Decidable), _) => GateState::Decidable,
                (Some(GateStage::Open), true) if state(c, id).is_some_and(|s| s.blocking.is_some()) => {
                    GateState::Blocked
                }
                (_, true) => GateState::Open,
                (_, false) => GateState::Ahead,
            };
            let blocking = words(c, id, next == Some(id));
            let question = if gate.question.is_empty() { gate.name.clone() } else { gate.question.clone() };
            GateCard { id: gate.key.clone(), question, state: gate_state, evidence: evidence.collect(), blocking }
        })
        .collect()
}

/// What holds a gate, or who decided it: the last decision, then what is missing where it is the next one.
fn words(c: &Context<'_>, id: GateId, is_next: bool) -> Html {
    let mut out = Html::new();
    let Some(state) = state(c, id) else { return out };
    let mut say = |text: String| {
        out.push_text(if out.is_empty() { "" } else { " " }).push_text(&text);
    };
    if let Some(row) = state.decision.map(|d| &c.ring().gate_decisions[d]) {
        let signers = core::iter::once(row.taken_by).chain(row.agreed_by.iter().copied());
        let names: Vec<&str> = signers.map(|p| c.partner(Some(p))).collect();
        say(format!("Decided \u{201c}{}\u{201d} on {} by {}.", row.verdict, day(row.day), list(&names)));
        let dissent: Vec<&str> = row.dissent.iter().map(|p| c.partner(Some(*p))).collect();
        match (dissent.is_empty(), row.reason.is_empty()) {
            (false, false) => say(format!("Dissent: {}. {}", list(&dissent), full_stop(&row.reason))),
            (false, true) => say(format!("Dissent: {}.", list(&dissent))),
            (true, false) => say(full_stop(&row.reason)),
            (true, true) => {}
        }
        if !row.reopen.is_empty() {
            say(format!("Opened again by: {}", full_stop(&row.reopen)));
        }
    }
    if !is_next {
        return out;
    }
    if let Some(b) = state.blocking.map(|b| &c.ring().gate_evidence[b]) {
        say(format!("Waits for: {}, owed by {}.", b.name, c.partner(Some(b.owner))));
        if !b.question.is_empty() {
            say(b.question.clone());
        }
    }
    if let (false, Some(level)) = (state.is_ready, c.ring().gates[id].readiness) {
        say(format!("Asks for readiness level {level} at every site in use."));
    }
    out
}

fn full_stop(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

/// Every decision on record, with dissent and what opens it again.
fn decided(c: &Context<'_>) -> Html {
    let ring = c.ring();
    if ring.gate_decisions.is_empty() {
        return Html::text("No decision is on record; decisions go into decisions.csv.").wrap("p", "");
    }
    let columns = ["Gate", "Day", "Decision", "Taken by", "Agreed by", "Dissent", "Reason", "Opened again by"]
        .map(Column::text)
        .to_vec();
    let mut table = Table::new("Decisions on record", columns);
    let names = |partners: &[PartnerId]| partners.iter().map(|p| c.partner(Some(*p))).collect::<Vec<_>>().join(", ");
    for row in ring.gate_decisions.iter() {
        let gate = &ring.gates[row.gate].key;
        let key = format!("{gate}:{}", row.day);
        table.row([
            Cell::from(gate.as_str()),
            day(row.day).into(),
            c.cell("decisions", &key, "decision", &row.verdict.to_string()).into(),
            c.partner(Some(row.taken_by)).into(),
            names(&row.agreed_by).into(),
            names(&row.dissent).into(),
            row.reason.as_str().into(),
            row.reopen.as_str().into(),
        ]);
    }
    table.folded("Show decisions, dissent and what reopens them")
}

fn table(c: &Context<'_>) -> Html {
    let columns = ["Gate", "Evidence", "State", "Owner", "Due", "Accepted by", "Blocked by"].map(Column::text).to_vec();
    let mut table = Table::new("Evidence for each gate", columns);
    for (id, gate) in c.ring().gates.enumerate() {
        for (_, e) in evidence_of(c, id) {
            let key = format!("{}:{}", gate.key, e.evidence);
            table.row([
                Cell::from(gate.key.as_str()),
                e.name.as_str().into(),
                c.cell("gates", &key, "state", &e.state.to_string()).into(),
                c.partner(Some(e.owner)).into(),
                e.due.map_or_else(|| "no day".to_owned(), day).into(),
                e.signer.map_or("nobody yet", |p| c.partner(Some(p))).into(),
                e.question.as_str().into(),
            ]);
        }
    }
    table.folded("Show as a table")
}
