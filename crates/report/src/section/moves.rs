//! Decisions of a plan carried over that did not stay: how many of how many allowed, which, and why.

use super::make;
use crate::context::Context;
use crate::fmt::{count, dec, int};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, Table};
use crate::tables::why_moved;
use crate::when::day;
use rules::moves::{self, Decision, Move};
use std::collections::BTreeMap;

/// Moves listed on the page at most; the table beside it has all.
const LISTED: usize = 40;

/// The section; none where the ring keeps no plan or has none now.
pub(super) fn section(c: &Context<'_>) -> Option<Section> {
    let programme = c.d.programme.filter(|_| moves::has_kept_plan(c.ring()))?;
    let all = moves::of(c.ring(), programme);
    let why: Vec<String> = all
        .iter()
        .map(|moved| why_moved(c.ring(), moves::cause(c.ring(), c.d.line_designs, programme, moved), moved))
        .collect();
    let mut body = Html::new();
    body.para(&rule(c));
    body.para(&finding(c, &all, &why));
    if !all.is_empty() {
        body.push(&table(c, &all, &why));
    }
    body.push(&c.sources("moves", &["kept"]).wrap("p", "src"));
    Some(make("moves", "What moved against the plan as it stood", "Moves", body))
}

/// What the ring asks about moves.
fn rule(c: &Context<'_>) -> String {
    let settings = &c.ring().settings;
    let mut parts = Vec::new();
    if let Some(until) = settings.freeze_until {
        parts.push(format!("decisions before {} were to stay", day(until)));
    }
    if let Some(most) = settings.moves_max {
        parts.push(format!("at most {} might move after that", int(most)));
    }
    if !settings.move_cost.is_zero() {
        parts.push(format!("each move counts {}", c.money(settings.move_cost)));
    }
    format!(
        "This plan carries another one on: {}. A site opened, lines ordered or pieces made in a period that differ from it are one move each.",
        crate::fmt::list(&parts)
    )
}

fn finding(c: &Context<'_>, all: &[Move], why: &[String]) -> String {
    let counted = all.iter().filter(|m| !m.frozen).count();
    let frozen = all.len() - counted;
    let stayed = moves::kept(c.ring()).len() - all.iter().filter(|m| !m.kept.is_zero()).count();
    let of_frozen = match frozen {
        0 => "Everything that was frozen stays.".to_owned(),
        n => format!("{} that was frozen could not stay.", count(n, "decision", "decisions")),
    };
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    why.iter().for_each(|w| *causes.entry(w).or_default() += 1);
    let most = causes.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(a.0)));
    let reason = most.map_or_else(String::new, |(why, n)| format!(" Most often, {n} of {}: {why}.", all.len()));
    format!(
        "{} counted; {} of the old plan as they were. {of_frozen}{reason}",
        count(counted, "move is", "moves are"),
        count(stayed, "decision stays", "decisions stay"),
    )
}

fn table(c: &Context<'_>, all: &[Move], why: &[String]) -> Html {
    let columns = vec![
        Column::text("When"),
        Column::text("What"),
        Column::text("Site"),
        Column::text("Item"),
        Column::number("In the old plan"),
        Column::number("Now"),
        Column::text("Frozen"),
        Column::text("Why"),
    ];
    let mut table = Table::new("Decisions that differ from the plan as it stood", columns);
    for (moved, why) in all.iter().zip(why).take(LISTED) {
        let (what, capability) = match moved.decision {
            Decision::Site(..) => ("site opened".to_owned(), None),
            Decision::Line(capability, option, _) => {
                (format!("lines ordered, layout {}", option + 1), Some(capability))
            }
            Decision::Make(capability, _) => ("pieces made".to_owned(), Some(capability)),
        };
        table.row([
            Cell::from(c.when().name(moved.decision.period())),
            what.into(),
            c.site(moved.decision.site(c.ring())).into(),
            capability.map_or("", |id| c.item(c.ring().capability[id].item)).into(),
            dec(moved.kept.as_f64(), 1).into(),
            dec(moved.now.as_f64(), 1).into(),
            if moved.frozen { "yes" } else { "no" }.into(),
            why.as_str().into(),
        ]);
    }
    let mut html = table.html();
    if all.len() > LISTED {
        html.para(&format!("{} in tables/moves.csv.", count(all.len() - LISTED, "more stands", "more stand")));
    }
    html
}
