//! What it costs, by category and by payer, against the ceilings.

use super::{absent, make};
use crate::chart::{Budget, BudgetRow, Step, Waterfall};
use crate::context::Context;
use crate::facts::{PlanFacts, is_penalty};
use crate::fmt::{list, pct};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, Figure, Table};
use model::Choice as _;
use model::ids::PartnerId;
use model::results::Programme;
use model::settings::CostKind;
use units::{Date, Money};

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    match (c.d.programme, &c.plan) {
        (Some(plan), Some(facts)) => {
            body.push(&by_kind(c, plan, facts));
            body.push(&by_payer(c, plan));
            body.push(&by_site(c, plan));
        }
        _ => {
            body.push(&absent("There is no plan.", "Without one there is no cost to show."));
        }
    }
    make("cost", "Cost", "Cost", body)
}

/// A kind of cost as a reader says it.
pub(crate) fn kind_words(kind: CostKind) -> &'static str {
    match kind {
        CostKind::SiteOpening => "Opening sites",
        CostKind::SiteFixed => "Keeping sites open",
        CostKind::Line => "Lines and equipment",
        CostKind::FirstArticle => "First articles",
        CostKind::Hiring => "Hiring",
        CostKind::Training => "Training",
        CostKind::Wages => "Wages",
        CostKind::Parts => "Bought parts",
        CostKind::Transport => "Transport",
        CostKind::Holding => "Holding stock",
        CostKind::Backlog => "Late pieces",
        CostKind::Unmet => "Never delivered",
        CostKind::Moves => "Changes of plan",
    }
}

fn total(plan: &Programme, keep: impl Fn(CostKind) -> bool) -> Money {
    plan.costs.iter().filter(|x| keep(x.kind)).fold(Money::ZERO, |a, x| a + x.amount)
}

fn by_kind(c: &Context<'_>, plan: &Programme, facts: &PlanFacts) -> Html {
    let mut steps: Vec<Step> = CostKind::VALUES
        .iter()
        .filter(|k| !is_penalty(**k))
        .map(|k| (*k, total(plan, |x| x == *k)))
        .filter(|(_, amount)| !amount.is_zero())
        .map(|(k, amount)| Step { label: kind_words(k).to_owned(), amount: amount.as_f64(), text: c.money(amount) })
        .collect();
    steps.sort_by(|a, b| b.amount.total_cmp(&a.amount));
    let finding = steps.first().map_or_else(
        || "The plan spends nothing".to_owned(),
        |s| format!("{}: {} of {}", s.label, pct(s.amount / facts.cash.as_f64(), 0), c.money(facts.cash)),
    );
    let penalty = if facts.penalties.is_zero() {
        "Nothing is late at a price.".to_owned()
    } else {
        format!(
            "Not in it, since nobody pays it out: {} at the customers' rates for late and missing pieces.",
            c.money(facts.penalties)
        )
    };
    let chart = Waterfall { caption: "Cost over the horizon by category".into(), steps, total: c.money(facts.cash) };
    Figure {
        id: "fig-cost",
        finding,
        note: format!("Over the whole horizon, nothing discounted. {penalty}"),
        chart: &chart,
        sources: c.sources("cost", &["sites", "supply", "workforce", "equipment"]),
    }
    .html()
}

/// What a partner pays in a stretch of days.
fn paid(c: &Context<'_>, plan: &Programme, partner: PartnerId, window: Option<(Date, Date)>) -> Money {
    let kinds = &c.ring().partners[partner].pays;
    let inside = |day: Date| window.is_none_or(|(from, to)| from <= day && day <= to);
    plan.costs
        .iter()
        .filter(|x| kinds.contains(&x.kind) && inside(c.ring().settings.first_day(c.period(x.period))))
        .fold(Money::ZERO, |a, x| a + x.amount)
}

fn by_payer(c: &Context<'_>, plan: &Programme) -> Html {
    let ring = c.ring();
    let mut rows = Vec::new();
    for (id, partner) in ring.partners.enumerate().filter(|(_, p)| !p.pays.is_empty()) {
        if partner.budgets.is_empty() {
            let amount = paid(c, plan, id, None);
            rows.push(BudgetRow {
                payer: partner.name.clone(),
                amount: amount.as_f64(),
                text: c.money(amount),
                ceiling: None,
            });
        }
        for b in &partner.budgets {
            let amount = paid(c, plan, id, Some((b.from, b.to)));
            let payer =
                if partner.budgets.len() > 1 { format!("{}, {}", partner.name, b.key) } else { partner.name.clone() };
            rows.push(BudgetRow {
                payer,
                amount: amount.as_f64(),
                text: c.money(amount),
                ceiling: Some((b.ceiling.as_f64(), c.money(b.ceiling))),
            });
        }
    }
    let unpaid: Vec<&str> = CostKind::VALUES
        .iter()
        .filter(|k| !is_penalty(**k) && ring.payer(**k).is_none() && !total(plan, |x| x == **k).is_zero())
        .map(|k| kind_words(*k))
        .collect();
    let mut html = Html::new();
    if !rows.is_empty() {
        let over: Vec<&str> = rows
            .iter()
            .filter(|r| r.ceiling.as_ref().is_some_and(|x| r.amount > x.0))
            .map(|r| r.payer.as_str())
            .collect();
        let tight = rows
            .iter()
            .filter_map(|r| r.ceiling.as_ref().map(|x| (r.amount / x.0.max(0.01), r)))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let finding = match (over.is_empty(), tight) {
            (false, _) => format!("{} would pay more than promised", list(&over)),
            (true, Some((share, r))) => {
                format!("Every payer stays within its ceiling; {} comes nearest with {}", r.payer, pct(share, 0))
            }
            (true, None) => "No payer has named a ceiling".to_owned(),
        };
        let chart = Budget { rows };
        html.push(
            &Figure {
                id: "fig-budget",
                finding,
                note: "The frame is the ceiling in its window, the bar what falls to the payer in that window.".into(),
                chart: &chart,
                sources: budget_sources(c),
            }
            .html(),
        );
    }
    if !unpaid.is_empty() {
        html.para(&format!("Nobody is named to pay for: {}.", list(&unpaid).to_lowercase()));
    }
    html
}

fn budget_sources(c: &Context<'_>) -> Html {
    let mut html = c.sources("cost", &[]);
    html.push_text(" \u{b7} ceilings and who pays what: ").push(&Html::link("ring.toml", "inputs-ring"));
    html
}

fn by_site(c: &Context<'_>, plan: &Programme) -> Html {
    let columns = vec![Column::text("Spent at"), Column::number("Amount"), Column::number("Share")];
    let mut table = Table::new("Cost by place over the horizon, penalties left out", columns);
    let cash = total(plan, |k| !is_penalty(k));
    let at = |site| {
        plan.costs.iter().filter(|x| x.site == site && !is_penalty(x.kind)).fold(Money::ZERO, |a, x| a + x.amount)
    };
    let places = c.ring().sites.ids().map(Some).chain([None]);
    for (site, amount) in places.map(|s| (s, at(s))).filter(|(_, a)| !a.is_zero()) {
        let name = site.map_or("no single site", |s| c.site(s));
        table.row([Cell::from(name), c.money(amount).into(), pct(amount.as_f64() / cash.as_f64(), 1).into()]);
    }
    table.row([Cell::from("Total"), c.money(cash).into(), pct(1.0, 1).into()]);
    table.with_total();
    table.folded("Show cost by place")
}
