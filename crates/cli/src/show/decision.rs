//! A decision as text: the answer and why, the gates, the questions that weigh most, the options.

use model::Ring;
use model::results::Decision;
use model::results::decision::Value;

use crate::columns::Columns;
use crate::show::{WIDTH, how_far, money, percent, wrap};

/// Questions shown; the dossier has all.
const QUESTIONS_SHOWN: usize = 8;

/// The decision in short tables.
pub(crate) fn text(ring: &Ring, decision: &Decision) -> String {
    let mut text = format!("{} ({})\n", decision.answer.word(), how_far(decision.status));
    for reason in &decision.reasons {
        text.push_str(&wrap(reason, 2));
    }
    if !decision.gates.is_empty() {
        text.push_str(&format!("\nGates\n{}", gates(ring, decision)));
    }
    if !decision.questions.is_empty() {
        text.push_str(&format!("\nQuestions, the largest effect first\n{}", questions(ring, decision)));
    }
    if !decision.options.is_empty() {
        text.push_str(&format!("\nOptions\n{}", options(ring, decision)));
    }
    text
}

fn gates(ring: &Ring, decision: &Decision) -> String {
    let mut table = Columns::new(&["gate", "state", "evidence", "due", "blocked by"]);
    for gate in &decision.gates {
        table.row([
            ring.gates[gate.gate].key.clone(),
            gate.stage.word().to_owned(),
            format!("{} of {}", gate.accepted, gate.asked),
            gate.due.map_or_else(String::new, |day| day.to_string()),
            gate.blocking.map_or_else(String::new, |evidence| ring.gate_evidence[evidence].name.clone()),
        ]);
    }
    table.text(2, WIDTH)
}

fn questions(ring: &Ring, decision: &Decision) -> String {
    let mut table = Columns::new(&["cost", "served", "turns it", "number and question"]);
    for effect in decision.questions.iter().take(QUESTIONS_SHOWN) {
        let assumption = &ring.assumptions[effect.assumption];
        let planned = effect.low.is_some() && effect.high.is_some();
        table.row([
            if planned { money(effect.cost_swing, ring) } else { "no plan".to_owned() },
            percent(effect.served_swing),
            if effect.flips { "yes" } else { "no" }.to_owned(),
            format!("{}: {}", assumption.address, assumption.question),
        ]);
    }
    let rest = decision.questions.len().saturating_sub(QUESTIONS_SHOWN);
    let more = if rest > 0 { format!("  and {rest} more in the dossier\n") } else { String::new() };
    format!("{}{more}", table.text(2, WIDTH))
}

fn options(ring: &Ring, decision: &Decision) -> String {
    let mut table = Columns::new(&["option", "cost", "served", "called"]);
    let cells = |value: &Value| (money(value.cost, ring), percent(value.served));
    let (cost, served) = cells(&decision.base);
    table.row(["as it is".to_owned(), cost, served, String::new()]);
    for option in &decision.options {
        let (cost, served) = option.value.as_ref().map_or_else(|| ("none".to_owned(), String::new()), cells);
        let told = if option.value.is_some() { option.label.clone() } else { option.refusal.clone() };
        table.row([option.name.clone(), cost, served, told]);
    }
    table.text(2, WIDTH)
}
