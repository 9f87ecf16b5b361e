//! The difference in sentences, the weightiest first.

use super::{Comparison, CostRow};
use crate::context::Context;
use crate::fmt::{count, dec, list, pct};
use crate::section::kind_words;
use units::Money;

/// Causes and rows of cost named in a sentence.
const NAMED: usize = 3;

pub(super) fn told(x: &Comparison, c: [&Context<'_>; 2]) -> Vec<String> {
    if x.is_same() {
        return vec!["Nothing differs: the same inputs, the same results.".to_owned()];
    }
    let mut told = vec![inputs(x)];
    told.push(answer(x));
    if let (Some(a), Some(b)) = (&c[0].plan, &c[1].plan)
        && x.same_currency()
    {
        let (a, b) = (a.cash + a.penalties, b.cash + b.penalties);
        told.push(cost(x, a, b));
        told.extend(causes(x));
        told.extend(kinds(x));
    } else if !x.same_currency() {
        told.push("The two count in different currencies, so their money is not compared.".to_owned());
    }
    told.extend(customers(x));
    told.extend(gates(x));
    told.extend(questions(x));
    told
}

fn inputs(x: &Comparison) -> String {
    match x.inputs.as_slice() {
        [] => "No input differs: options, seed or program do.".to_owned(),
        [one] => {
            let text = |side: usize| one.texts[side].clone().unwrap_or_else(|| "nothing".to_owned());
            format!("One input differs: {} is {} instead of {}.", one.address, text(1), text(0))
        }
        many => {
            let tables = super::keys(many.iter().map(|row| row.address.split('/').next().unwrap_or_default()), []);
            format!("{} differ, in {}.", count(many.len(), "input", "inputs"), list(&tables))
        }
    }
}

fn answer(x: &Comparison) -> String {
    let [a, b] = &x.figures[0].words;
    if a == b { format!("The answer is the same: {a}.") } else { format!("The answer is {b} instead of {a}.") }
}

fn signed(x: &Comparison, amount: Money) -> String {
    let sign = if amount.is_negative() { "\u{2212}" } else { "+" };
    format!("{sign}{}", crate::fmt::money(amount.as_f64().abs(), &x.currency[0]))
}

fn cost(x: &Comparison, a: Money, b: Money) -> String {
    let share = if a.is_zero() { String::new() } else { format!(" ({})", percent_of((b - a).as_f64() / a.as_f64())) };
    if a == b {
        return "Both cost the same, penalties included.".to_owned();
    }
    format!("The cost with penalties moves by {}{share}.", signed(x, b - a))
}

fn percent_of(share: f64) -> String {
    format!("{}{}", if share < 0.0 { "\u{2212}" } else { "+" }, pct(share.abs(), 1))
}

fn causes(x: &Comparison) -> Option<String> {
    let mut rows: Vec<_> = x.causes.as_ref()?.iter().filter(|row| !row.cost.is_zero()).collect();
    rows.sort_by(|a, b| b.cost.as_f64().abs().total_cmp(&a.cost.as_f64().abs()));
    let named: Vec<String> =
        rows.iter().take(NAMED).map(|row| format!("{} {}", row.what, signed(x, row.cost))).collect();
    (!named.is_empty()).then(|| format!("By cause: {}.", list(&named)))
}

fn kinds(x: &Comparison) -> Option<String> {
    let rows = x.costs.iter().filter(|row| !row.change().is_zero());
    let named: Vec<String> =
        rows.take(NAMED).map(|row| format!("{} {}", place(row), signed(x, row.change()))).collect();
    (!named.is_empty()).then(|| format!("Most of it lies in {}.", list(&named)))
}

/// A row of cost in words.
pub(super) fn place(row: &CostRow) -> String {
    let kind = kind_words(row.kind).to_lowercase();
    if row.site_name.is_empty() { kind } else { format!("{kind} at {}", row.site_name) }
}

fn customers(x: &Comparison) -> Vec<String> {
    let moved = x.customers.iter().filter(|row| row.delivered[0] != row.delivered[1] || row.asked[0] != row.asked[1]);
    moved
        .map(|row| {
            let of = |side: usize| {
                format!("{} of {}", dec(row.delivered[side].as_f64(), 0), dec(row.asked[side].as_f64(), 0))
            };
            format!("{} gets {} pieces of {} instead of {}.", row.name, of(1), row.item, of(0))
        })
        .collect()
}

fn gates(x: &Comparison) -> Vec<String> {
    let words = |passed: Option<bool>| match passed {
        Some(true) => "passed",
        Some(false) => "open",
        None => "not there",
    };
    let turned = x.gates.iter().filter(|row| row.passed[0] != row.passed[1]);
    turned
        .map(|row| format!("Gate {} is {} instead of {}.", row.gate, words(row.passed[1]), words(row.passed[0])))
        .collect()
}

fn questions(x: &Comparison) -> Option<String> {
    let first = |side: usize| x.questions.iter().find(|row| row.rank[side] == Some(1));
    let (a, b) = (first(0)?, first(1)?);
    Some(if a.address == b.address {
        format!("The first question stays: {}", b.question)
    } else {
        format!("The first question is now: {} Before: {}", b.question, a.question)
    })
}
