//! The comparison as one self-contained page.

use super::{Comparison, words};
use crate::fmt::dec;
use crate::frame::{Page, Section};
use crate::html::Html;
use crate::part::{Cell, Column, Table};
use units::Money;

/// Rows of a table at most; the rest is counted.
const ROWS_MAX: usize = 200;

/// The page; a function of the comparison alone.
#[must_use]
pub fn compare_page(x: &Comparison) -> String {
    let mut told = Html::new();
    for sentence in x.told.iter().skip(1) {
        told.para(sentence);
    }
    let sections = vec![
        make("figures", "Headline numbers", figures(x)),
        make("causes", "Why the cost differs", causes(x)),
        make("costs", "Where the cost differs", costs(x)),
        make("customers", "Pieces to each customer", customers(x)),
        make("decisions", "Gates and first questions", decisions(x)),
        make("inputs", "Inputs that differ", inputs(x)),
    ];
    Page {
        language: "en".into(),
        title: format!("{} and {} \u{b7} Ringworks", x.names[0], x.names[1]),
        kicker: format!("{} against {}", x.names[1], x.names[0]),
        answer: x.told.first().map_or_else(String::new, |told| told.trim_end_matches('.').to_owned()),
        standfirst: told,
        summary: Html::new(),
        sections,
        colophon: Html::text(
            "Things are matched by their keys in the inputs. Every number of either side stands in its own dossier.",
        ),
    }
    .render()
}

/// The section of a dossier's own page that says what moved since another.
pub(crate) fn section(x: &Comparison) -> Section {
    let mut body = Html::new();
    for sentence in &x.told {
        body.para(sentence);
    }
    for part in [figures(x), causes(x), costs(x), inputs(x)] {
        body.push(&part);
    }
    Section { short: "What moved".to_owned(), ..make("moved", &format!("What moved since {}", x.names[0]), body) }
}

fn make(id: &str, title: &str, body: Html) -> Section {
    Section { id: id.to_owned(), title: title.to_owned(), short: title.to_owned(), body }
}

fn heads(x: &Comparison, first: &[&str], change: bool) -> Vec<Column> {
    let mut all: Vec<Column> = first.iter().map(|head| Column::text(*head)).collect();
    all.extend(x.names.iter().map(Column::number));
    if change {
        all.push(Column::number("Change"));
    }
    all
}

fn money(x: &Comparison, side: usize, amount: Money) -> String {
    crate::fmt::money(amount.as_f64(), &x.currency[side])
}

fn change(x: &Comparison, amount: Money) -> String {
    if !x.same_currency() {
        return String::new();
    }
    let sign = if amount.is_negative() { "\u{2212}" } else { "+" };
    format!("{sign}{}", crate::fmt::money(amount.as_f64().abs(), &x.currency[0]))
}

fn figures(x: &Comparison) -> Html {
    let mut table = Table::new("Headline numbers of both", heads(x, &["Number"], false));
    for figure in &x.figures {
        table.row([figure.name, &figure.words[0], &figure.words[1]]);
    }
    table.html()
}

fn causes(x: &Comparison) -> Html {
    let Some(rows) = &x.causes else {
        return Html::text(&x.causes_missing).wrap("p", "");
    };
    let mut html = Html::new();
    html.para(
        "Inputs are put in place one after the other, in the order of the tables, while sites and lines stay; then come the sites, \
         lines and layouts of the second. The steps add up to the whole difference; another order would share it out differently \
         where inputs act together.",
    );
    let columns =
        vec![Column::text("Cause"), Column::number("Cost with penalties"), Column::number("Served, percentage points")];
    let mut table = Table::new("Causes of the difference", columns);
    let mut sum = (Money::ZERO, 0);
    for row in rows {
        sum = (sum.0 + row.cost, sum.1 + row.served);
        table.row([row.what.clone(), change(x, row.cost), points(row.served)]);
    }
    table.row(["Together".to_owned(), change(x, sum.0), points(sum.1)]);
    table.with_total();
    html.push(&table.html());
    html
}

fn points(hundredths: i64) -> String {
    let sign = if hundredths < 0 { "\u{2212}" } else { "+" };
    format!("{sign}{}.{:02}", hundredths.abs() / 100, hundredths.abs() % 100)
}

fn costs(x: &Comparison) -> Html {
    let mut table = Table::new("Cost by kind and place, the largest difference first", heads(x, &["Cost"], true));
    let mut sums = [Money::ZERO; 2];
    for row in &x.costs {
        sums.iter_mut().zip(row.amounts).for_each(|(sum, amount)| *sum += amount);
        table.row([
            crate::fmt::capital(&words::place(row)),
            money(x, 0, row.amounts[0]),
            money(x, 1, row.amounts[1]),
            change(x, row.change()),
        ]);
    }
    table.row(["All costs".to_owned(), money(x, 0, sums[0]), money(x, 1, sums[1]), change(x, sums[1] - sums[0])]);
    table.with_total();
    table.html()
}

fn customers(x: &Comparison) -> Html {
    let mut table =
        Table::new("Pieces handed over by the plan, of those asked for", heads(x, &["Customer", "Item"], false));
    for row in &x.customers {
        let of =
            |side: usize| format!("{} of {}", dec(row.delivered[side].as_f64(), 0), dec(row.asked[side].as_f64(), 0));
        table.row([row.name.clone(), row.item.clone(), of(0), of(1)]);
    }
    table.html()
}

fn decisions(x: &Comparison) -> Html {
    let mut html = Html::new();
    if x.gates.is_empty() {
        html.para("Every gate stands as before.");
    } else {
        let mut table =
            Table::new("Gates that differ: evidence accepted, of that asked for", heads(x, &["Gate"], false));
        for row in &x.gates {
            let of = |side: usize| match (row.passed[side], row.evidence[side]) {
                (Some(passed), Some((accepted, asked))) => {
                    format!("{accepted} of {asked}{}", if passed { ", passed" } else { "" })
                }
                _ => "not there".to_owned(),
            };
            table.row([row.gate.clone(), of(0), of(1)]);
        }
        html.push(&table.html());
    }
    let mut columns = vec![Column::text("Question")];
    columns.extend(x.names.iter().flat_map(|name| {
        [Column::number(format!("Rank, {name}")), Column::number(format!("Moves the cost by, {name}"))]
    }));
    let mut table = Table::new("The first questions of each", columns);
    for row in &x.questions {
        let rank = |side: usize| row.rank[side].map_or_else(|| "not asked".to_owned(), |r| r.to_string());
        let swing = |side: usize| row.swing[side].map_or_else(String::new, |s| money(x, side, s));
        table.row([row.question.clone(), rank(0), swing(0), rank(1), swing(1)]);
    }
    html.push(&table.html());
    html
}

fn inputs(x: &Comparison) -> Html {
    if x.inputs.is_empty() {
        return Html::text("No input differs.").wrap("p", "");
    }
    let columns = std::iter::once("Address").chain(x.names.iter().map(String::as_str)).map(Column::text).collect();
    let mut table = Table::new("Inputs that differ, by their address", columns);
    for row in x.inputs.iter().take(ROWS_MAX) {
        let text = |side: usize| Cell::from(row.texts[side].as_deref().unwrap_or("not there"));
        table.row([Cell::from(row.address.as_str()), text(0), text(1)]);
    }
    let mut html = table.html();
    if x.inputs.len() > ROWS_MAX {
        html.para(&format!("And {} more.", x.inputs.len() - ROWS_MAX));
    }
    html
}
