//! What would change the answer: open questions by effect, and the options to decide between.

use super::{absent, make};
use crate::chart::{Frontier, FrontierPoint, Swing, Tornado};
use crate::context::Context;
use crate::fmt::{count, dec, pct};
use crate::frame::Section;
use crate::html::{Html, anchor};
use crate::part::{Cell, Column, Figure, Table};
use crate::when::day;
use model::results::Decision;
use model::results::decision::{QuestionEffect, Value};
use units::Money;

/// Questions drawn and listed at most.
const DRAWN: usize = 12;
const LISTED: usize = 60;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    match c.d.decision {
        None => {
            body.push(&absent(
                "Open questions were not weighed.",
                "They stand in the register below without their effect.",
            ));
        }
        Some(decision) => {
            body.push(&questions(c, decision));
            body.push(&options(c, decision));
        }
    }
    make("questions", "Open questions and options", "Questions and options", body)
}

/// What a question can do to the answer, in words.
pub(super) fn effect_words(c: &Context<'_>, q: &QuestionEffect) -> String {
    let mut words = Vec::new();
    if q.low.is_none() || q.high.is_none() {
        words.push("at one end there is no plan at all".to_owned());
    }
    if q.served_swing.abs() >= 0.0005 {
        words.push(format!("moves what is served by up to {}", points(q.served_swing)));
    }
    if !q.cost_swing.is_zero() {
        words.push(format!("moves the cost by up to {}", c.money(q.cost_swing)));
    }
    if words.is_empty() {
        words.push("changes neither cost nor service by itself".to_owned());
    }
    if q.flips {
        words.push("can turn the answer".to_owned());
    }
    words.join("; ")
}

fn points(share: f64) -> String {
    crate::fmt::unit(&dec(share.abs() * 100.0, 1), "points")
}

fn questions(c: &Context<'_>, decision: &Decision) -> Html {
    let mut html = Html::new();
    if decision.questions.is_empty() {
        html.para("No number of this ring is given as a range with a question, so nothing can be weighed. Ranges go into assumptions.csv.");
        return html;
    }
    let flips = decision.questions.iter().filter(|q| q.flips).count();
    html.para(&format!(
        "{} weighed one at a time, each at its low and high end with all others as planned; {}.",
        count(decision.questions.len(), "open question", "open questions"),
        if flips == 0 { "none turns the answer by itself".to_owned() } else { format!("{flips} can turn the answer") }
    ));
    html.push(&tornado(c, decision, "fig-tornado-cost", "cost", |v| v.cost.as_f64() / 1e6, 2));
    html.push(&tornado(c, decision, "fig-tornado-served", "served", |v| v.served * 100.0, 1));
    html.push(&ranking(c, decision));
    html
}

fn tornado(c: &Context<'_>, decision: &Decision, id: &str, what: &str, pick: fn(&Value) -> f64, places: usize) -> Html {
    let base = pick(&decision.base);
    let mut swings: Vec<(f64, Swing)> = decision
        .questions
        .iter()
        .filter_map(|q| {
            let a = &c.ring().assumptions[q.assumption];
            let (low, high) = (pick(q.low.as_ref()?), pick(q.high.as_ref()?));
            let reach = (low - base).abs().max((high - base).abs());
            let label = c.address_words(&a.address);
            Some((
                reach,
                Swing {
                    label,
                    low: (c.value_words(q.assumption, a.low), low),
                    high: (c.value_words(q.assumption, a.high), high),
                },
            ))
        })
        .filter(|(reach, _)| *reach >= 0.5 * libm::pow(10.0, -crate::svg::count_f64(places)))
        .collect();
    swings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let unit = if what == "cost" {
        format!("total cost with penalties, M {}", c.ring().settings.currency)
    } else {
        "share of demand and draws met by the end, %".to_owned()
    };
    let Some((reach, first)) = swings.first() else {
        return Html::text(format!("No question moves the {unit} visibly.")).wrap("p", "");
    };
    let finding = if what == "cost" {
        format!("{} moves the cost most, by up to {}", capital(&first.label), c.money(Money::from_f64(reach * 1e6)))
    } else {
        format!("{} moves what is served most, by up to {}", capital(&first.label), points(reach / 100.0))
    };
    let chart = Tornado { result: unit, base, places, swings: swings.into_iter().take(DRAWN).map(|s| s.1).collect() };
    Figure {
        id,
        finding,
        note: "The plan is made anew at each end of the range, all else as planned. Grey: the low value; blue: the high one.".into(),
        chart: &chart,
        sources: c.sources("questions", &["assumptions"]),
    }
    .html()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|f| f.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn ranking(c: &Context<'_>, decision: &Decision) -> Html {
    let columns = vec![
        Column::number("Rank"),
        Column::text("Question"),
        Column::text("Planned with"),
        Column::text("Range"),
        Column::number("Cost moves by"),
        Column::number("Service moves by"),
        Column::text("Turns the answer"),
        Column::text("Who can tell"),
        Column::text("Due"),
        Column::text("To find out"),
    ];
    let mut table = Table::new("Open questions, the one with the largest effect first", columns);
    for (k, q) in decision.questions.iter().take(LISTED).enumerate() {
        let a = &c.ring().assumptions[q.assumption];
        let words = |v: f64| c.value_words(q.assumption, v);
        let ask = match (a.cost, a.days) {
            (None, None) => "not known".to_owned(),
            (cost, days) => {
                let cost = cost.map(|m| c.money(m));
                let days = days.map(|d| count(usize::try_from(d).unwrap_or(0), "day", "days"));
                cost.into_iter().chain(days).collect::<Vec<_>>().join(", ")
            }
        };
        let served =
            if q.low.is_none() || q.high.is_none() { "no plan at one end".to_owned() } else { points(q.served_swing) };
        table.row([
            Cell::from(format!("{}", k + 1)),
            Html::link(c.question(q.assumption), anchor("as", &a.address.to_string())).into(),
            c.input(&a.address, &words(a.mode)).into(),
            format!("{} to {}", words(a.low), words(a.high)).into(),
            c.money(q.cost_swing).into(),
            served.into(),
            if q.flips { "yes" } else { "no" }.into(),
            c.partner(a.owner).into(),
            a.due.map_or_else(|| "no day".to_owned(), day).into(),
            ask.into(),
        ]);
    }
    let mut html = table.html();
    if decision.questions.len() > LISTED {
        html.para(&format!(
            "{} more in decision_questions.csv.",
            count(decision.questions.len() - LISTED, "question", "questions")
        ));
    }
    html
}

fn options(c: &Context<'_>, decision: &Decision) -> Html {
    let mut html = Html::text("Options").wrap("h3", "");
    if decision.options.is_empty() {
        html.para("The ring names no options to decide between. Options go into alternatives.csv.");
        return html;
    }
    let mut points = vec![("As planned".to_owned(), Some(decision.base), true)];
    points.extend(decision.options.iter().map(|o| (option_name(&o.label, &o.name), o.value, false)));
    let known: Vec<(String, Value, bool)> =
        points.iter().filter_map(|(n, v, b)| v.map(|v| (n.clone(), v, *b))).collect();
    let beaten = |v: &Value| {
        known
            .iter()
            .any(|(_, o, _)| o.cash <= v.cash && o.served >= v.served && (o.cash < v.cash || o.served > v.served))
    };
    let chart = Frontier {
        x_label: format!("cost without penalties, M {}", c.ring().settings.currency),
        y_label: "share of demand and draws met by the end, %".into(),
        places: (2, 1),
        points: known
            .iter()
            .map(|(name, v, is_base)| FrontierPoint {
                label: name.clone(),
                x: v.cash.as_f64() / 1e6,
                y: v.served * 100.0,
                on_frontier: !beaten(v),
                is_chosen: *is_base,
            })
            .collect(),
    };
    let best: Vec<&str> = known.iter().filter(|(_, v, _)| !beaten(v)).map(|(n, _, _)| n.as_str()).collect();
    let finding = format!("{}: nothing else named is both cheaper and serves more", crate::fmt::list(&best));
    html.push(
        &Figure {
            id: "fig-options",
            finding,
            note: "Each option is the ring with some values changed and planned anew.".into(),
            chart: &chart,
            sources: c.sources("questions", &["alternatives"]),
        }
        .html(),
    );
    html.push(&option_table(c, decision));
    html
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
        Column::text("Planned rate from"),
        Column::text("Remark"),
    ];
    let mut table = Table::new("Options, planned in the same way as the ring itself", columns);
    let base = ("As planned".to_owned(), Some(decision.base), String::new());
    let rest = decision.options.iter().map(|o| (option_name(&o.label, &o.name), o.value, o.refusal.clone()));
    for (name, value, refusal) in core::iter::once(base).chain(rest) {
        let text = |f: &dyn Fn(&Value) -> String| value.as_ref().map_or_else(|| "\u{2013}".to_owned(), f);
        table.row([
            Cell::from(name),
            text(&|v| c.money(v.cash)).into(),
            text(&|v| c.money(v.cost)).into(),
            text(&|v| pct(v.served, 1)).into(),
            text(&|v| v.rate_period.map_or_else(|| "never".to_owned(), |p| c.when().name(c.period(p)))).into(),
            refusal.into(),
        ]);
    }
    table.html()
}
