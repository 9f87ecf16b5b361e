//! The options to decide between, by cost and service.

use super::questions::scale;
use crate::chart::{Frontier, FrontierPoint};
use crate::context::Context;
use crate::fmt::pct;
use crate::html::Html;
use crate::part::{Cell, Column, Figure, Table};
use model::results::Decision;
use model::results::decision::Value;

pub(super) fn body(c: &Context<'_>, decision: &Decision) -> Html {
    let mut html = Html::text("Options").wrap("h3", "");
    if decision.options.is_empty() {
        html.para("The ring names no options to decide between. Options go into alternatives.csv.");
        return html;
    }
    let mut points = vec![("As planned".to_owned(), base(decision), true)];
    points.extend(decision.options.iter().map(|o| (option_name(&o.label, &o.name), o.value.clone(), false)));
    let known: Vec<(String, Value, bool)> =
        points.iter().filter_map(|(n, v, b)| v.clone().map(|v| (n.clone(), v, *b))).collect();
    let beaten = |v: &Value| known.iter().any(|(_, o, _)| is_better(o, v));
    let Some((_, largest, _)) = known.iter().max_by_key(|k| k.1.cash) else {
        html.para("None of the options could be planned.");
        html.push(&option_table(c, decision));
        return html;
    };
    let (divisor, letter) = scale(largest.cash);
    let chart = Frontier {
        x_label: format!("cost without penalties, {letter} {}", c.ring().settings.currency),
        y_label: "share of demand and draws met by the end, %".into(),
        places: (2, 1),
        points: points_drawn(&known, divisor, &beaten),
    };
    let best = known.iter().filter(|(_, v, _)| !beaten(v)).map(|(n, _, _)| n.split(':').next().unwrap_or(n).trim());
    let best = crate::fmt::list(&best.collect::<Vec<_>>());
    let finding = format!("{best}: for each, whatever is noticeably cheaper serves less");
    html.push(
        &Figure {
            id: "fig-options",
            finding,
            note: "Each option is the ring with some values changed and planned anew, with a smaller limit of search than the plan itself: the table says below which cost none can come.".into(),
            chart: &chart,
            sources: c.sources("questions", &["alternatives"]),
        }
        .html(),
    );
    html.push(&option_table(c, decision));
    html
}

/// Noticeably cheaper or serving noticeably more, and not worse in the other: small differences come from how lots fall.
fn is_better(a: &Value, b: &Value) -> bool {
    let (cost_a, cost_b) = (a.cash.as_f64(), b.cash.as_f64());
    let cheaper = cost_a < cost_b * (1.0 - NOTICED);
    let serves_more = a.served > b.served + NOTICED;
    (cheaper && a.served >= b.served - NOTICED) || (serves_more && cost_a <= cost_b * (1.0 + NOTICED))
}

/// Share of cost, and of what is served, below which two options are alike.
const NOTICED: f64 = 0.005;

/// Options as points; those that would lie on each other share one point and its label.
fn points_drawn(known: &[(String, Value, bool)], divisor: f64, beaten: &dyn Fn(&Value) -> bool) -> Vec<FrontierPoint> {
    let mut points: Vec<FrontierPoint> = Vec::new();
    for (name, v, is_base) in known {
        let (x, y) = (v.cash.as_f64() / divisor, v.served * 100.0);
        // What stands before the colon names the option; the table has the rest.
        let label = name.split(':').next().unwrap_or(name).trim();
        let near = |p: &&mut FrontierPoint| (p.x - x).abs() <= NOTICED * x.abs() && (p.y - y).abs() <= 100.0 * NOTICED;
        match points.iter_mut().find(near) {
            Some(p) => {
                p.label = format!("{}; {label}", p.label);
                p.is_chosen |= *is_base;
                p.on_frontier |= !beaten(v);
            }
            None => points.push(FrontierPoint {
                label: label.to_owned(),
                x,
                y,
                on_frontier: !beaten(v),
                is_chosen: *is_base,
            }),
        }
    }
    points
}

/// The ring as it is; none when it could not be planned, which the evaluation writes as no cost and nothing served.
pub(super) fn base(decision: &Decision) -> Option<Value> {
    let is_planned = !decision.base.cost.is_zero() || decision.base.served > 0.0;
    is_planned.then(|| decision.base.clone())
}

fn base_remark(decision: &Decision) -> String {
    if base(decision).is_some() { String::new() } else { "could not be planned".to_owned() }
}

pub(super) fn option_name(label: &str, name: &str) -> String {
    if label.is_empty() { name.to_owned() } else { label.to_owned() }
}

fn option_table(c: &Context<'_>, decision: &Decision) -> Html {
    let columns = vec![
        Column::text("Option"),
        Column::number("Cost without penalties"),
        Column::number("With penalties"),
        Column::number("Served"),
        Column::text("Rate asked for from"),
        Column::number("Proven least, with penalties"),
        Column::text("Remark"),
    ];
    let mut table =
        Table::new("Options, each planned anew with a smaller limit of search than the plan itself", columns);
    let least = c.d.programme.map(|plan| plan.bound);
    let as_planned = ("As planned".to_owned(), base(decision), least, base_remark(decision));
    let rest = decision.options.iter().map(|o| {
        let might = o.bound.is_some_and(|bound| bound < decision.base.cost)
            && o.value.as_ref().is_some_and(|v| v.cost > decision.base.cost);
        let remark =
            if might { "a longer search might make it cheaper than as planned".to_owned() } else { o.refusal.clone() };
        (option_name(&o.label, &o.name), o.value.clone(), o.bound, remark)
    });
    for (name, value, least, remark) in core::iter::once(as_planned).chain(rest) {
        let text = |f: &dyn Fn(&Value) -> String| value.as_ref().map_or_else(|| "\u{2013}".to_owned(), f);
        table.row([
            Cell::from(name),
            text(&|v| c.money(v.cash)).into(),
            text(&|v| c.money(v.cost)).into(),
            text(&|v| pct(v.served, 1)).into(),
            text(&|v| v.rate_period.map_or_else(|| "never".to_owned(), |p| c.when().name(c.period(p)))).into(),
            least.map_or_else(|| "\u{2013}".to_owned(), |bound| c.money(bound)).into(),
            remark.into(),
        ]);
    }
    table.html()
}
