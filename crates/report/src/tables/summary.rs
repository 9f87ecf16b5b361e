//! The headline numbers as a table.

use super::build::{number, size, table, text};
use crate::context::Context;
use model::results::ResultTable;
use model::results::table::Cell;

pub(super) fn summary(c: &Context<'_>) -> ResultTable {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add =
        |name: &str, value: Cell, unit: &str, doc: &str| rows.push(vec![text(name), value, text(unit), text(doc)]);
    let currency = &c.ring().settings.currency;
    if let Some(p) = &c.plan {
        add("pieces_asked", number(p.asked.as_f64(), 3), "pieces", "Replenishment demand and exercise draws.");
        add("pieces_met", number(p.met.as_f64(), 3), "pieces", "Of these, met by the plan by the end.");
        add("served_share", number(p.served(), 6), "", "pieces_met over pieces_asked.");
        add(
            "pieces_delivered",
            number(p.delivered.as_f64(), 3),
            "pieces",
            "Handed to customers by the plan, pools included.",
        );
        add(
            "full_rate_period",
            p.rate_period.map_or(Cell::Empty, |t| size(t + 1)),
            "period",
            "First period from which on the plan makes the rate asked for, from 1.",
        );
        add("cost_cash", number(p.cash.as_f64(), 2), currency, "Costs of the plan without penalties.");
        add(
            "cost_penalties",
            number(p.penalties.as_f64(), 2),
            currency,
            "Late and missing pieces at the customers' rates.",
        );
        add(
            "cost_per_piece",
            p.unit_cost().map_or(Cell::Empty, |u| number(u, 2)),
            currency,
            "cost_cash over pieces_delivered.",
        );
        let (people, when) = p.people_peak();
        add("people_peak", number(people, 0), "people", "Most people at work.");
        add("people_peak_period", size(when + 1), "period", "First period of it, from 1.");
        add(
            "product_peak",
            number(p.made.iter().copied().fold(0.0, f64::max), 3),
            "pieces",
            "Most of the product made in one period.",
        );
    }
    if let Some(p) = c.d.programme {
        add("plan_gap", number(p.gap(), 6), "", "Cost with penalties less its proven bound, over that cost.");
        add("plan_status", text(p.status.word()), "", "How the plan's search ended.");
    }
    if let Some(r) = &c.runs {
        add("runs", size(r.n), "", "Simulated runs.");
        add("delivered_p10", number(r.delivered.p10, 0), "pieces", "Delivered by the end, 10 % quantile over runs.");
        add("delivered_p50", number(r.delivered.p50, 0), "pieces", "Median.");
        add("delivered_p90", number(r.delivered.p90, 0), "pieces", "90 % quantile.");
        add("full_rate_share", number(r.rate_share, 4), "", "Share of runs that reach the rate asked for.");
        add(
            "full_rate_period_p50",
            r.rate_period.map_or(Cell::Empty, |s| number(s.p50 + 1.0, 0)),
            "period",
            "Median period among those, from 1.",
        );
        add(
            "all_met_share",
            r.all_met.map_or(Cell::Empty, |s| number(s, 4)),
            "",
            "Share of runs with nothing late at the end and every draw met.",
        );
    }
    if let Some(d) = c.d.decision {
        add("answer", text(d.answer.word()), "", "What the evidence supports now.");
    }
    let columns = &[
        ("name", "", "Name of the number."),
        ("value", "", "Value."),
        ("unit", "", "Unit."),
        ("meaning", "", "How it is worked out."),
    ];
    table("summary", "The headline numbers of the page.", columns, rows)
}
