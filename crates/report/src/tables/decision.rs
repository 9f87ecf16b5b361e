//! Gates, questions and options.

use super::build::{Head, money, number, period, size, table, text, yes_no};
use crate::context::Context;
use model::results::decision::Value;
use model::results::table::Cell;
use model::results::{Decision, ResultTable};

pub(super) fn tables(c: &Context<'_>, d: &Decision) -> Vec<ResultTable> {
    let mut all = vec![gates(c, d), questions(c, d), options(d)];
    all.extend(d.analysis.iter().flat_map(|a| super::analysis::tables(c, a)));
    all
}

fn gates(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let rows = d
        .gates
        .iter()
        .map(|g| {
            let blocking = g.blocking.map_or("", |e| ring.gate_evidence[e].evidence.as_str());
            let due = g.due.map_or(Cell::Empty, |day| text(&day.to_string()));
            vec![text(&ring.gates[g.gate].key), yes_no(g.passed), size(g.accepted), size(g.asked), text(blocking), due]
        })
        .collect();
    let columns: &[Head] = &[
        ("gate", "", "Gate."),
        ("passed", "", "Whether it is passed."),
        ("accepted", "", "Evidence accepted."),
        ("asked", "", "Evidence asked for."),
        ("blocking", "", "Evidence that blocks it."),
        ("due", "", "Last day any open evidence is due."),
    ];
    table("decision_gates", "Where the gates stand.", columns, rows)
}

/// Cost, cash, service and rate of a version of the ring; empty cells when there is none.
fn value(v: Option<&Value>) -> Vec<Cell> {
    let Some(v) = v else { return vec![Cell::Empty; 4] };
    vec![money(v.cost), money(v.cash), number(v.served, 6), v.rate_period.map_or(Cell::Empty, period)]
}

fn questions(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let rows = d
        .questions
        .iter()
        .enumerate()
        .map(|(k, q)| {
            let a = &ring.assumptions[q.assumption];
            let mut row = vec![
                size(k + 1),
                text(&a.address.to_string()),
                text(&c.question(q.assumption)),
                number(a.low, 6),
                number(a.mode, 6),
                number(a.high, 6),
            ];
            row.extend(value(q.low.as_ref()));
            row.extend(value(q.high.as_ref()));
            row.extend([money(q.cost_swing), number(q.served_swing, 6), yes_no(q.flips)]);
            row
        })
        .collect();
    let columns: &[Head] = &[
        ("rank", "", "Rank by effect, from 1."),
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("low", "", "Low end; days since 1970-01-01 for dates."),
        ("mode", "", "Value planned with."),
        ("high", "", "High end."),
        ("low_cost", "money", "Cost with penalties at the low end."),
        ("low_cash", "money", "Cost without penalties at the low end."),
        ("low_served", "", "Share served at the low end."),
        ("low_rate_period", "", "Period from which on the rate asked for is reached at the low end, from 1."),
        ("high_cost", "money", "The same at the high end."),
        ("high_cash", "money", "The same at the high end."),
        ("high_served", "", "The same at the high end."),
        ("high_rate_period", "", "The same at the high end."),
        ("cost_swing", "money", "Largest change of cost against the ring as it is."),
        ("served_swing", "", "Largest change of the share served."),
        ("flips", "", "Whether the answer differs at one end."),
    ];
    table("decision_questions", "Open questions by effect, one at a time.", columns, rows)
}

fn options(d: &Decision) -> ResultTable {
    let base = (String::new(), "As planned".to_owned(), Some(&d.base), String::new());
    let rest = d.options.iter().map(|o| (o.name.clone(), o.label.clone(), o.value.as_ref(), o.refusal.clone()));
    let rows = core::iter::once(base)
        .chain(rest)
        .map(|(name, label, v, refusal)| {
            let mut row = vec![text(&name), text(&label)];
            row.extend(value(v));
            row.push(text(&refusal));
            row
        })
        .collect();
    let columns: &[Head] = &[
        ("name", "", "Name in alternatives.csv; empty for the ring as it is."),
        ("label", "", "What it is called."),
        ("cost", "money", "Cost with penalties."),
        ("cash", "money", "Cost without penalties."),
        ("served", "", "Share of demand and draws met by the end."),
        ("rate_period", "", "Period from which on the rate asked for is reached, from 1."),
        ("refusal", "", "Why there is no plan."),
    ];
    table("decision_options", "Options, each planned anew.", columns, rows)
}
