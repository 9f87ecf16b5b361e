//! The gate board.

use super::make;
use crate::context::Context;
use crate::fmt::count;
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, GateCard, GateState, Table, gate_board};
use crate::when::day;
use model::ids::{GateEvidenceId, GateId};
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
        body.push(&c.sources("gates", &["gates"]).wrap("p", "src"));
    }
    make("gates", "Gates", "Gates", body)
}

/// What the evaluation says about a gate; none when it did not run.
fn state<'a>(c: &Context<'a>, gate: GateId) -> Option<&'a model::results::decision::GateState> {
    c.d.decision?.gates.iter().find(|g| g.gate == gate)
}

fn is_passed(c: &Context<'_>, gate: GateId) -> bool {
    state(c, gate).is_some_and(|g| g.passed)
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
            let blocking = state(c, id).and_then(|s| s.blocking).map(|b| &c.ring().gate_evidence[b]);
            let blocking = match blocking {
                Some(b) if next == Some(id) => {
                    let why = if b.question.is_empty() { String::new() } else { format!(" {}", b.question) };
                    Html::text(format!("Waits for: {}, owed by {}.{why}", b.name, c.partner(Some(b.owner))))
                }
                _ => Html::new(),
            };
            let gate_state = match (is_passed(c, id), next == Some(id)) {
                (true, _) => GateState::Passed,
                (false, true) if !blocking.is_empty() => GateState::Blocked,
                (false, true) => GateState::Open,
                (false, false) => GateState::Ahead,
            };
            let question = if gate.question.is_empty() { gate.name.clone() } else { gate.question.clone() };
            GateCard { id: gate.key.clone(), question, state: gate_state, evidence: evidence.collect(), blocking }
        })
        .collect()
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
