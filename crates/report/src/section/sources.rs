//! Which tables have numbers without a source, and which sources carry the result.

use super::register::grade_words;
use crate::context::Context;
use crate::coverage::{Carrier, Covered, by_table, carriers};
use crate::fmt::{count, pct};
use crate::html::Html;
use crate::part::{Cell, Column, Table};

/// Sources listed at most; the table beside the page has all.
const LISTED: usize = 12;

pub(super) fn block(c: &Context<'_>) -> Html {
    let mut html = Html::text("Sources that carry the result").wrap("h3", "");
    let all = carriers(c.d);
    html.para(&finding(c, &all));
    if !all.is_empty() {
        html.push(&carrying(c, &all));
    }
    html.push(&bare(&by_table(c.d)));
    html
}

fn finding(c: &Context<'_>, all: &[Carrier]) -> String {
    let Some(decision) = c.d.decision else {
        return "Open questions were not weighed, so it is not known which sources matter.".to_owned();
    };
    let (what, weight): (&str, fn(&Carrier) -> f64) = match decision.analysis {
        Some(_) => ("the variance of the cost over sampled futures", |c| c.variance_share.unwrap_or(0.0)),
        None => ("the squared changes of cost, one question at a time", |c| c.swing_share),
    };
    let total: f64 = all.iter().map(weight).sum();
    let Some(first) = all.first().filter(|_| total > 0.0) else {
        return "No source carries any of the result: no range moves the cost.".to_owned();
    };
    let mut sum = 0.0;
    let most = all.iter().take_while(|c| {
        let before = sum;
        sum += weight(c);
        before < 0.8 * total
    });
    format!(
        "{} carry four fifths of {what}; first \u{201c}{}\u{201d} with {}.",
        count(most.count(), "source", "sources"),
        first.source,
        pct(weight(first) / total, 0)
    )
}

fn carrying(c: &Context<'_>, all: &[Carrier]) -> Html {
    let is_sampled = c.d.decision.is_some_and(|d| d.analysis.is_some());
    let mut columns = vec![
        Column::text("Source"),
        Column::text("Grade"),
        Column::number("Numbers"),
        Column::number("Questions"),
        Column::number("Share of squared changes of cost"),
    ];
    if is_sampled {
        columns.extend([Column::number("Share of the cost\u{2019}s variance"), Column::number("Its answers save")]);
    }
    let mut table = Table::new("Sources by how much of the result they carry", columns);
    for source in all.iter().take(LISTED) {
        let grades: Vec<&str> = source.grades.iter().map(|g| grade_words(*g)).collect();
        let mut row = vec![
            Cell::from(source.source.as_str()),
            grades.join("; ").into(),
            source.numbers.to_string().into(),
            source.questions.to_string().into(),
            pct(source.swing_share, 1).into(),
        ];
        if let (Some(share), Some(worth)) = (source.variance_share, source.worth) {
            row.extend([pct(share, 1).into(), c.money(worth).into()]);
        }
        table.row(row);
    }
    let mut html = table.html();
    if all.len() > LISTED {
        html.para(&format!("{} more in tables/coverage_sources.csv.", count(all.len() - LISTED, "source", "sources")));
    }
    html
}

fn bare(tables: &[Covered]) -> Html {
    let columns = vec![
        Column::text("Table"),
        Column::number("Numbers and days"),
        Column::number("With a graded source"),
        Column::number("Recorded as assumptions"),
        Column::number("No source at all"),
        Column::number("Missing"),
    ];
    let mut table = Table::new("Numbers by table and whether they have a source", columns);
    let mut rows: Vec<&Covered> = tables.iter().collect();
    rows.sort_by_key(|t| core::cmp::Reverse(t.bare()));
    for t in rows {
        table.row([
            t.table.clone(),
            t.numbers.to_string(),
            t.sourced.to_string(),
            t.assumed.to_string(),
            t.bare().to_string(),
            t.missing.to_string(),
        ]);
    }
    table.folded("Show which tables have numbers without a source")
}
