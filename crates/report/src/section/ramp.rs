//! Ramp and deliveries: plan against demand, and what simulation says would arrive.

use super::{absent, band, make};
use crate::chart::{Fan, FanBand, FanPanel, Mark};
use crate::context::Context;
use crate::facts::{SeriesRuns, Spread, cumulate, demand, in_stretches, is_mixed, stretch};
use crate::fmt::{amount, count, dec, int, pct, range};
use crate::frame::Section;
use crate::html::Html;
use crate::part::{Cell, Column, Figure, Table};
use model::ids::{CustomerId, ItemId};
use model::results::{Evidence, Programme};
use units::{Id, Quantity};

const EIGHT: &str = "8 in 10 runs";
/// Customers and items drawn at most.
const DRAWN: usize = 6;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    match c.d.programme {
        None => {
            body.push(&absent("There is no plan.", "Nothing can be delivered on paper, so nothing was simulated."));
        }
        Some(plan) => {
            if c.runs.is_none() {
                body.push(&absent(
                    "Nothing was simulated.",
                    "The lines below are the plan alone; they hold if nothing goes wrong.",
                ));
            }
            body.push(&fans(c, plan));
            if let Some(evidence) = c.d.evidence {
                body.push(&band::body(c, plan, evidence));
            }
            if !c.ring().exercises.is_empty() {
                body.push(&exercises(c, plan));
            }
        }
    }
    make("ramp", "Ramp and deliveries", "Ramp and deliveries", body)
}

/// One customer and item with the plan's and the runs' numbers.
struct Series<'a> {
    customer: CustomerId,
    item: ItemId,
    asked: Vec<f64>,
    planned: Vec<f64>,
    late: Vec<f64>,
    runs: Option<&'a SeriesRuns>,
}

fn series<'a>(c: &'a Context<'_>, plan: &Programme) -> Vec<Series<'a>> {
    let n = c.ring().settings.n_periods;
    let per_period = |rows: &mut dyn Iterator<Item = (usize, Quantity)>| {
        let mut v = vec![0.0; n];
        rows.for_each(|(t, q)| {
            if let Some(slot) = v.get_mut(t) {
                *slot += q.as_f64();
            }
        });
        v
    };
    Evidence::series(c.ring())
        .into_iter()
        .map(|(customer, item)| {
            let mine = plan.deliveries.iter().filter(|d| d.customer == customer && d.item == item);
            let backlog = plan.backlog.iter().filter(|b| b.customer == customer && b.item == item);
            Series {
                customer,
                item,
                asked: demand(c.ring(), customer, item),
                planned: per_period(&mut mine.map(|d| (d.period.index(), d.replenishment + d.pool))),
                late: per_period(&mut backlog.map(|b| (b.period.index(), b.quantity))),
                runs: c.runs.as_ref().and_then(|r| r.series.iter().find(|s| s.customer == customer && s.item == item)),
            }
        })
        .collect()
}

fn lines(spread: &[Spread], pick: fn(&Spread) -> f64) -> Vec<f64> {
    spread.iter().map(pick).collect()
}

fn panel(title: String, unit: &str, asked: Option<Vec<f64>>, plan: Vec<f64>, runs: Option<&[Spread]>) -> FanPanel {
    FanPanel {
        title,
        unit: unit.to_owned(),
        demand: asked,
        plan: Some(plan),
        median: runs.map(|r| lines(r, |s| s.p50)),
        band: runs.map(|r| FanBand { label: EIGHT.to_owned(), low: lines(r, |s| s.p10), high: lines(r, |s| s.p90) }),
    }
}

fn fans(c: &Context<'_>, plan: &Programme) -> Html {
    let all = series(c, plan);
    let shown = &all[..all.len().min(DRAWN)];
    let word = c.when().word();
    let name = |s: &Series<'_>| -> String {
        let customer = &c.ring().customers[s.customer].name;
        if all.iter().filter(|o| o.customer == s.customer).count() > 1 {
            format!("{customer}, {}", c.item(s.item))
        } else {
            customer.clone()
        }
    };
    let asked = |s: &Series<'_>| s.asked.iter().any(|v| *v > 0.0);
    let fan = |panels: Vec<FanPanel>, caption: &str| Fan {
        periods: c.when().all(),
        marks: c.when().marks(),
        panels,
        places: 1,
        caption: caption.to_owned(),
    };
    let cumulative = fan(
        shown
            .iter()
            .map(|s| {
                panel(
                    name(s),
                    "pieces so far",
                    asked(s).then(|| cumulate(&s.asked)),
                    cumulate(&s.planned),
                    s.runs.map(|r| r.cumulative.as_slice()),
                )
            })
            .collect(),
        "Pieces handed over since the first day",
    );
    let length = stretch(&c.ring().settings);
    let stretch_words = if length == 1 { format!("a {word}") } else { format!("in {length} {word}s") };
    let per_stretch = Fan {
        periods: (0..c.ring().settings.n_periods / length).map(|k| stretch_name(c, k, length)).collect(),
        marks: stretch_marks(c, length),
        panels: shown
            .iter()
            .map(|s| {
                panel(
                    name(s),
                    &format!("pieces {stretch_words}"),
                    asked(s).then(|| in_stretches(&s.asked, length)),
                    in_stretches(&s.planned, length),
                    s.runs.map(|r| r.per_stretch.as_slice()),
                )
            })
            .collect(),
        places: 1,
        caption: format!("Pieces handed over {stretch_words}"),
    };
    let late = fan(
        shown
            .iter()
            .filter(|s| asked(s))
            .map(|s| (s, s.runs.filter(|_| !is_mixed(c.ring(), s.customer, s.item))))
            .filter(|(s, runs)| {
                let in_runs = runs.iter().flat_map(|r| &r.late).map(|late| late.p90);
                s.late.iter().copied().chain(in_runs).any(|late| late > 0.0)
            })
            .map(|(s, runs)| panel(name(s), "pieces late", None, s.late.clone(), runs.map(|r| r.late.as_slice())))
            .collect(),
        "Replenishment late at the end of each period",
    );
    let how =
        "Dashed: what is asked. Black: the plan. The band holds 8 in 10 simulated runs, the line in it the middle run.";
    let sources = |how: &str| c.sources(how, &["demand", "exercises", "lanes"]);
    let mut html = Html::new();
    html.push(
        &Figure {
            id: "fig-cumulative",
            finding: delivered_finding(c, &all),
            note: how.into(),
            chart: &cumulative,
            sources: sources("delivered"),
        }
        .html(),
    );
    html.push(
        &Figure {
            id: "fig-rate",
            finding: rate_finding(c),
            note: format!("Pieces that reach the customer {stretch_words}. {how}"),
            chart: &per_stretch,
            sources: sources("rate"),
        }
        .html(),
    );
    if !late.panels.is_empty() {
        html.push(
            &Figure {
                id: "fig-late",
                finding: late_finding(c, &all),
                note:
                    "Replenishment asked so far and not yet handed over. A customer without a chart waits for nothing."
                        .into(),
                chart: &late,
                sources: sources("late"),
            }
            .html(),
        );
    }
    if all.iter().any(asked) {
        html.push(&on_time(c, &all));
    }
    if all.len() > DRAWN {
        html.para(&format!(
            "{} more in tables/programme_deliveries.csv and tables/evidence_fans.csv.",
            count(all.len() - DRAWN, "customer and item", "customers and items")
        ));
    }
    html
}

/// `weeks 5 to 8 (from 1 Feb 2027)`; one period by its own name.
fn stretch_name(c: &Context<'_>, k: usize, length: usize) -> String {
    let first = k * length;
    if length == 1 {
        return c.when().dated(first);
    }
    let day = crate::when::day(c.ring().settings.first_day(first));
    format!("{}s {} to {} (from {day})", c.when().word(), first + 1, first + length)
}

/// Marks of the time axis, moved to the stretches that hold them.
fn stretch_marks(c: &Context<'_>, length: usize) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for mark in c.when().marks() {
        let at = mark.at.div_ceil(length);
        if marks.last().is_none_or(|m| m.at < at) {
            marks.push(Mark { at, ..mark });
        }
    }
    marks
}

fn delivered_finding(c: &Context<'_>, all: &[Series<'_>]) -> String {
    let planned: f64 = all.iter().map(|s| s.planned.iter().sum::<f64>()).sum();
    match &c.runs {
        Some(r) => format!(
            "The plan hands over {} pieces; the middle run {}, and 8 in 10 runs between {} and {}",
            dec(planned, 0),
            dec(r.delivered.p50, 0),
            dec(r.delivered.p10, 0),
            dec(r.delivered.p90, 0)
        ),
        None => format!("The plan hands over {}", amount(planned, "piece", "pieces")),
    }
}

fn rate_finding(c: &Context<'_>) -> String {
    let Some(period) = c.plan.as_ref().and_then(|p| p.rate_period) else {
        let asked = rules::rate::asked(c.ring());
        if asked <= 0.0 {
            return "No replenishment is asked for, so there is no rate to reach".to_owned();
        }
        return format!("The plan never comes to the rate asked for, {} a {}", dec(asked, 1), c.when().word());
    };
    let plan = format!("The plan comes to the rate asked for in {}", c.when().dated(period));
    match c.runs.as_ref().map(|r| (r.rate_period, r.rate_share)) {
        None => plan,
        Some((None, _)) => format!("{plan}; no simulated run reaches that rate"),
        Some((Some(s), share)) => {
            format!(
                "{plan}; {} of runs reach that rate, in the middle in {}",
                pct(share, 0),
                c.when().name(period_index(s.p50))
            )
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "period indices are small and not negative"
)]
pub(super) fn period_index(value: f64) -> usize {
    value.max(0.0) as usize
}

fn late_finding(c: &Context<'_>, all: &[Series<'_>]) -> String {
    let peak = all.iter().map(|s| s.late.iter().copied().fold(0.0, f64::max)).fold(0.0, f64::max);
    let end: f64 = all.iter().filter_map(|s| s.late.last()).sum();
    let runs: f64 = all
        .iter()
        .filter_map(|s| s.runs.filter(|_| !is_mixed(c.ring(), s.customer, s.item)))
        .filter_map(|r| r.late.last())
        .map(|l| l.p50)
        .sum();
    let plan = if peak <= 0.0 {
        "On paper nothing is ever late".to_owned()
    } else if end <= 0.0 {
        format!("On paper up to {} late at one time, none at the end", amount(peak, "piece is", "pieces are"))
    } else {
        format!("On paper {} still late at the end", amount(end, "piece is", "pieces are"))
    };
    if c.runs.is_some() { format!("{plan}; by customer, the middle runs leave {} late", dec(runs, 0)) } else { plan }
}

/// The share of runs in which nothing is late, at quarters of the horizon.
fn on_time(c: &Context<'_>, all: &[Series<'_>]) -> Html {
    let Some(evidence) = c.d.evidence else { return Html::new() };
    let n = c.ring().settings.n_periods;
    let at: Vec<usize> = (1..=4).map(|q| (n * q).div_ceil(4).max(1) - 1).collect();
    let mut columns = vec![Column::text("Customer"), Column::text("Item")];
    columns.extend(at.iter().map(|t| Column::number(format!("End of {}", c.when().name(*t)))));
    let mut table = Table::new("Share of simulated runs in which nothing asked by then is late", columns);
    for s in all {
        let shares = at.iter().map(|t| {
            let fan =
                evidence.fans.iter().find(|f| f.customer == s.customer && f.item == s.item && f.period.index() == *t);
            Cell::from(fan.map_or_else(|| "\u{2013}".to_owned(), |f| pct(f.on_time, 0)))
        });
        table.row(
            [Cell::from(c.ring().customers[s.customer].name.as_str()), c.item(s.item).into()].into_iter().chain(shares),
        );
    }
    table.html()
}

fn exercises(c: &Context<'_>, plan: &Programme) -> Html {
    let columns = vec![
        Column::text("Exercise"),
        Column::text("Customer"),
        Column::text("Starts"),
        Column::number("Asked"),
        Column::number("Plan meets"),
        Column::number("Middle run meets"),
        Column::number("8 in 10 runs"),
        Column::number("Written off"),
    ];
    let mut table = Table::new("Exercises: units drawn from the customer's pool", columns);
    for (id, e) in c.ring().exercises.enumerate() {
        let met = plan.draws.iter().find(|d| d.exercise == id).map_or(Quantity::ZERO, |d| d.met);
        let run = c.runs.as_ref().and_then(|r| r.draws.get(id.index()).copied());
        let cell = |column: &str, text: String| Cell::from(c.cell("exercises", &e.key, column, &text));
        table.row([
            Cell::from(e.key.as_str()),
            c.ring().customers[e.customer].name.as_str().into(),
            cell("start", crate::when::day(e.start)),
            cell("draw", dec(e.draw.as_f64(), 0)),
            dec(met.as_f64(), 0).into(),
            run.map_or_else(|| "\u{2013}".to_owned(), |s| dec(s.p50, 0)).into(),
            run.map_or_else(|| "\u{2013}".to_owned(), |s| range(&dec(s.p10, 0), &dec(s.p90, 0))).into(),
            cell("write_off_share", pct(e.write_off_share.get(), 0)),
        ]);
    }
    let mut html = Html::text("Exercises").wrap("h3", "");
    let short = plan.draws.iter().filter(|d| d.met < c.ring().exercises[d.exercise].draw).count();
    html.para(&if short == 0 {
        "The plan meets every draw.".to_owned()
    } else {
        format!(
            "The plan falls short of {} of {} draws.",
            short,
            int(i64::try_from(c.ring().exercises.len()).unwrap_or(0))
        )
    });
    html.push(&table.html());
    html
}
