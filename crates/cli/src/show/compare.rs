//! A comparison as text and as JSON.

use report::compare::{Comparison, CostRow, Unit};
use serde_json::{Value, json};
use units::Money;

use crate::columns::Columns;
use crate::show::{WIDTH, wrap};

/// Rows of a table shown; the page and JSON have all.
const SHOWN: usize = 8;

/// Sentences, then short tables.
pub(crate) fn text(x: &Comparison) -> String {
    let mut text = String::new();
    x.told.iter().for_each(|sentence| text.push_str(&wrap(sentence, 0)));
    if x.is_same() {
        return text;
    }
    text.push_str(&format!("\nNumbers\n{}", figures(x)));
    if let Some(causes) = x.causes.as_ref().filter(|rows| !rows.is_empty()) {
        let mut table = Columns::new(&["cost", "served", "cause, one after the other"]);
        for row in causes.iter().take(SHOWN) {
            table.row([change(x, row.cost), points(row.served), row.what.clone()]);
        }
        text.push_str(&format!("\nCauses\n{}{}", table.text(2, WIDTH), more(causes.len())));
    } else if !x.causes_missing.is_empty() {
        text.push_str(&format!("\nCauses\n{}", wrap(&x.causes_missing, 2)));
    }
    let moved: Vec<&CostRow> = x.costs.iter().filter(|row| !row.change().is_zero()).collect();
    if !moved.is_empty() {
        let mut table = Columns::new(&["change", &x.names[0], &x.names[1], "cost"]);
        for row in moved.iter().take(SHOWN) {
            let place = if row.site.is_empty() { String::new() } else { format!(" at {}", row.site) };
            let amount = |side: usize| row.amounts[side].in_words();
            table.row([change(x, row.change()), amount(0), amount(1), format!("{}{place}", row.kind)]);
        }
        text.push_str(&format!("\nCosts by kind and place\n{}{}", table.text(2, WIDTH), more(moved.len())));
    }
    if !x.inputs.is_empty() {
        let mut table = Columns::new(&[&x.names[0], &x.names[1], "input"]);
        for row in x.inputs.iter().take(SHOWN) {
            let cell = |side: usize| short(row.texts[side].as_deref().unwrap_or("-"));
            table.row([cell(0), cell(1), row.address.clone()]);
        }
        text.push_str(&format!("\nInputs\n{}{}", table.text(2, WIDTH), more(x.inputs.len())));
    }
    text
}

fn figures(x: &Comparison) -> String {
    let mut table = Columns::new(&["", &x.names[0], &x.names[1]]);
    for figure in &x.figures {
        table.row([figure.name.to_owned(), short(&figure.words[0]), short(&figure.words[1])]);
    }
    table.text(2, WIDTH)
}

/// At most twenty letters.
fn short(text: &str) -> String {
    if text.chars().count() <= 20 { text.to_owned() } else { text.chars().take(17).chain("...".chars()).collect() }
}

fn more(all: usize) -> String {
    if all > SHOWN { format!("  and {} more\n", all - SHOWN) } else { String::new() }
}

fn change(x: &Comparison, amount: Money) -> String {
    if !x.same_currency() {
        return String::new();
    }
    let sign = if amount.is_negative() { "" } else { "+" };
    format!("{sign}{}", amount.in_words())
}

fn points(hundredths: i64) -> String {
    format!("{:+.2} %", hundredths as f64 / 100.0)
}

/// Everything, for a program.
pub(crate) fn json(x: &Comparison) -> Value {
    let money = |amounts: [Money; 2]| amounts.map(Money::as_f64);
    json!({
        "version": 1,
        "command": "compare",
        "names": x.names,
        "currency": x.currency,
        "same": x.is_same(),
        "told": x.told,
        "figures": x.figures.iter().map(|f| json!({
            "name": f.name,
            "unit": f.unit.word(),
            "values": if f.unit == Unit::Word { json!(f.words) } else { json!(f.values) },
        })).collect::<Vec<_>>(),
        "causes": x.causes.as_ref().map(|rows| rows.iter().map(|row| json!({
            "what": row.what, "cost": row.cost.as_f64(), "served": row.served as f64 / 10_000.0,
        })).collect::<Vec<_>>()),
        "causes_missing": x.causes_missing,
        "costs": x.costs.iter().map(|row| json!({
            "kind": row.kind.to_string(), "site": row.site, "amounts": money(row.amounts), "change": row.change().as_f64(),
        })).collect::<Vec<_>>(),
        "customers": x.customers.iter().map(|row| json!({
            "customer": row.customer, "item": row.item,
            "asked": row.asked.map(units::Quantity::as_f64), "delivered": row.delivered.map(units::Quantity::as_f64),
        })).collect::<Vec<_>>(),
        "gates": x.gates.iter().map(|row| json!({
            "gate": row.gate, "passed": row.passed, "accepted": row.evidence.map(|e| e.map(|e| e.0)),
            "asked": row.evidence.map(|e| e.map(|e| e.1)),
        })).collect::<Vec<_>>(),
        "questions": x.questions.iter().map(|row| json!({
            "question": row.question, "address": row.address, "rank": row.rank,
            "swing": row.swing.map(|s| s.map(Money::as_f64)),
        })).collect::<Vec<_>>(),
        "inputs": x.inputs.iter().map(|row| json!({ "address": row.address, "texts": row.texts })).collect::<Vec<_>>(),
    })
}
