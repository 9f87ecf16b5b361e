//! What would change the answer: open questions by effect.

use super::{absent, make};
use crate::chart::{Swing, Tornado};
use crate::context::Context;
use crate::fmt::{count, dec};
use crate::frame::Section;
use crate::html::{Html, anchor};
use crate::part::{Cell, Column, Figure, Table, prose};
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
            body.push(&super::options::body(c, decision));
            body.push(&super::withstand::block(c, decision));
            if let Some(analysis) = &decision.analysis {
                body.push(&super::weighing::body(c, analysis));
            }
        }
    }
    make("questions", "Open questions and options", "Questions and options", body)
}

/// What a question can do to the answer, in words.
pub(super) fn effect_words(c: &Context<'_>, q: &QuestionEffect) -> String {
    let mut words = Vec::new();
    if q.low.is_none() && q.high.is_none() {
        return "its effect is not known, since neither end gave a plan".to_owned();
    }
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
    html.push(&reasons(decision));
    let flips = decision.questions.iter().filter(|q| q.flips).count();
    html.para(&format!(
        "{} weighed one at a time, each at its low and high end with all others, and the sites and lines, as planned; numbers of one cause move together. {}.",
        count(decision.questions.len(), "open question", "open questions"),
        if flips == 0 { "None turns the answer by itself".to_owned() } else { format!("{flips} can turn the answer") }
    ));
    html.push(&tornado(c, decision, "fig-tornado-cost", Measure::Cost));
    html.push(&tornado(c, decision, "fig-tornado-served", Measure::Served));
    html.push(&ranking(c, decision));
    html
}

/// Why the evidence supports its answer, in the words of the evaluation.
fn reasons(decision: &Decision) -> Html {
    if decision.reasons.is_empty() {
        return Html::new();
    }
    let mut rows = Html::new();
    for reason in &decision.reasons {
        rows.push(&prose(reason).wrap("li", ""));
    }
    let mut html = Html::text(format!("Why \u{201c}{}\u{201d}", decision.answer.word())).wrap("h3", "");
    html.push(&rows.wrap("ul", ""));
    html
}

/// What a question is seen to move.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Measure {
    Cost,
    Served,
}

/// Thousands or millions: the divisor and its letter, by the size of an amount.
pub(super) fn scale(amount: Money) -> (f64, &'static str) {
    if amount.as_f64().abs() >= 1e6 { (1e6, "M") } else { (1e3, "k") }
}

fn tornado(c: &Context<'_>, decision: &Decision, id: &str, measure: Measure) -> Html {
    let currency = &c.ring().settings.currency;
    let (divisor, letter) = scale(decision.base.cost);
    let (unit, places) = match measure {
        Measure::Cost => (format!("total cost with penalties, {letter} {currency}"), 2),
        Measure::Served => ("share of demand and draws met by the end, %".to_owned(), 1),
    };
    let pick = |v: &Value| match measure {
        Measure::Cost => v.cost.as_f64() / divisor,
        Measure::Served => v.served * 100.0,
    };
    let base = pick(&decision.base);
    let mut swings: Vec<(f64, Swing)> = decision
        .questions
        .iter()
        .filter_map(|q| swing(c, q, base, pick(q.low.as_ref()?), pick(q.high.as_ref()?)))
        .collect();
    swings.retain(|(reach, _)| *reach >= 0.5 * libm::pow(10.0, -crate::svg::count_f64(places)));
    swings.sort_by(|a, b| b.0.total_cmp(&a.0));
    let what = if measure == Measure::Cost { "the cost" } else { "what is served" };
    let Some((reach, first)) = swings.first() else {
        let words = format!("No question that can be planned at both ends moves {what} visibly.");
        return Html::text(words).wrap("p", "");
    };
    let by = if measure == Measure::Cost { c.money(Money::from_f64(reach * divisor)) } else { points(reach / 100.0) };
    let finding = format!("What moves {what} most, by up to {by}: {}", first.label);
    let chart = Tornado { result: unit, base, places, swings: swings.into_iter().take(DRAWN).map(|s| s.1).collect() };
    Figure {
        id,
        finding,
        note: "Sites and lines stay as planned; people, production, purchases and deliveries follow the number. Grey: its low value; blue: the high one.".into(),
        chart: &chart,
        sources: c.sources("questions", &["assumptions"]),
    }
    .html()
}

/// How far a question reaches from the base, and its bar; a group goes by its name.
fn swing(c: &Context<'_>, q: &QuestionEffect, base: f64, low: f64, high: f64) -> Option<(f64, Swing)> {
    let a = c.ring().assumptions.get(q.assumption)?;
    let tied = c.tied(q.assumption);
    let label = match a.group.as_deref() {
        Some(group) if tied > 0 => format!("{group} ({})", count(tied + 1, "number", "numbers")),
        _ => c.address_words(&a.address),
    };
    let ends = |at: &str, v: f64| if tied > 0 { at.to_owned() } else { c.value_words(q.assumption, v) };
    let swing = Swing { label, low: (ends("low", a.low), low), high: (ends("high", a.high), high) };
    Some(((low - base).abs().max((high - base).abs()), swing))
}

fn ranking(c: &Context<'_>, decision: &Decision) -> Html {
    let listed = &decision.questions[..decision.questions.len().min(LISTED)];
    let (first, rest) = listed.split_at(listed.len().min(DRAWN));
    let mut html = table("Open questions, the one with the largest effect first", c, first).html();
    if !rest.is_empty() {
        let caption = "Open questions with less effect, in the same order";
        html.push(
            &table(caption, c, rest).folded(&format!("Show the other {}", count(rest.len(), "question", "questions"))),
        );
    }
    if decision.questions.len() > LISTED {
        html.para(&format!(
            "{} more in tables/decision_questions.csv.",
            count(decision.questions.len() - LISTED, "question", "questions")
        ));
    }
    html
}

fn table(caption: &str, c: &Context<'_>, questions: &[QuestionEffect]) -> Table {
    let columns = vec![
        Column::text("Question and who can tell"),
        Column::text("Planned with"),
        Column::text("Range"),
        Column::number("Cost moves by"),
        Column::number("Service moves by"),
        Column::text("Turns the answer"),
        Column::text("To find out"),
    ];
    let mut table = Table::new(caption, columns);
    for q in questions {
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
        let (cost, served) = match (&q.low, &q.high) {
            (None, None) => ("not known".to_owned(), "no plan at either end".to_owned()),
            (Some(_), Some(_)) => (c.money(q.cost_swing), points(q.served_swing)),
            _ => (c.money(q.cost_swing), "no plan at one end".to_owned()),
        };
        table.row([
            Cell::from(asked_of(c, q)),
            c.input(&a.address, &words(a.mode)).into(),
            c.range_words(q.assumption).into(),
            cost.into(),
            served.into(),
            if q.flips { "yes" } else { "no" }.into(),
            ask.into(),
        ]);
    }
    table
}

/// The question, who can tell and by when, and how many numbers of the same cause it settles.
fn asked_of(c: &Context<'_>, q: &QuestionEffect) -> Html {
    let a = &c.ring().assumptions[q.assumption];
    let mut html = Html::link(c.question(q.assumption), anchor("as", &a.address.to_string()));
    let mut who = format!(
        " {}, {}",
        c.partner(a.owner),
        a.due.map_or_else(|| "no day".to_owned(), |d| format!("due {}", day(d)))
    );
    let tied = c.tied(q.assumption);
    if tied > 0 {
        who.push_str(&format!("; settles {} together", count(tied + 1, "number", "numbers")));
    }
    html.push(&Html::text(who).wrap("span", "who"));
    html
}
