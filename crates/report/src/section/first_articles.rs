//! First articles due: where, of what, why and when.

use crate::context::Context;
use crate::fmt::{count, int};
use crate::html::Html;
use crate::part::{Cell, Column, Table};
use model::results::decision::{ArticleCause, FirstArticle};

/// The list of first articles with its finding; nothing without a plan.
pub(super) fn block(c: &Context<'_>) -> Html {
    let mut out = Html::new();
    let (Some(decision), Some(_)) = (c.d.decision, c.d.programme) else { return out };
    let all = &decision.first_articles;
    out.push(&Html::text("First articles due").wrap("h3", ""));
    out.para(&finding(c, all));
    if all.is_empty() {
        return out;
    }
    let columns = vec![
        Column::text("When"),
        Column::text("Site"),
        Column::text("Item"),
        Column::text("On the line of"),
        Column::text("Because of"),
        Column::text("Extent"),
        Column::number("Lines"),
    ];
    let mut table = Table::new("First articles that the plan makes due, in order of time", columns);
    for article in all {
        let row = &c.ring().capability[article.capability];
        table.row([
            Cell::from(c.when().name(c.period(article.period))),
            c.site(row.site).into(),
            c.item(article.item).into(),
            format!("{} ({})", c.item(row.item), row.line_type).into(),
            cause(c, article.cause).into(),
            if article.is_full() { "full" } else { "partial" }.into(),
            int(article.lines).into(),
        ]);
    }
    out.push(&table.folded("Show every first article"));
    out.push(&c.sources("first-articles", &["capability", "revisions", "items"]).wrap("p", "src"));
    out
}

fn cause(c: &Context<'_>, cause: ArticleCause) -> String {
    match cause {
        ArticleCause::Site => "first lines at the site".to_owned(),
        ArticleCause::Tooling => "further tooling".to_owned(),
        ArticleCause::Lapse => "a pause in production".to_owned(),
        ArticleCause::Revision(id) => format!("revision {}", c.ring().revisions[id].revision),
    }
}

fn finding(c: &Context<'_>, all: &[FirstArticle]) -> String {
    if all.is_empty() {
        return "The plan makes no first article due.".to_owned();
    }
    let of = |is: fn(&ArticleCause) -> bool| all.iter().filter(|a| is(&a.cause)).count();
    let parts = [
        (of(|c| matches!(c, ArticleCause::Site)), "for first lines at a site"),
        (of(|c| matches!(c, ArticleCause::Tooling)), "for further tooling"),
        (of(|c| matches!(c, ArticleCause::Revision(_))), "for revisions"),
        (of(|c| matches!(c, ArticleCause::Lapse)), "after a pause"),
    ];
    let words: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, why)| format!("{n} {why}")).collect();
    let mut busiest: Vec<(usize, usize)> = Vec::new();
    for article in all {
        let period = c.period(article.period);
        match busiest.iter_mut().find(|(at, _)| *at == period) {
            Some((_, n)) => *n += 1,
            None => busiest.push((period, 1)),
        }
    }
    let most = busiest.iter().max_by_key(|(at, n)| (*n, core::cmp::Reverse(*at)));
    let when = most.map_or_else(String::new, |(at, n)| format!("; most in one period: {n} in {}", c.when().name(*at)));
    format!(
        "{}: {}{when}. An article shows that the process can make conforming pieces; it accepts none. Those of revisions \
         and pauses have no price in the plan.",
        count(all.len(), "article is due", "articles are due"),
        words.join(", ")
    )
}
