//! What simulation saw: samples and summaries.

use super::build::{Head, minutes, number, period, pieces, size, table, text, whole};
use crate::context::Context;
use model::Choice as _;
use model::results::evidence::{Cause, Fan};
use model::results::table::Cell;
use model::results::{Evidence, Programme, ResultTable};
use units::Id;

pub(super) fn tables(c: &Context<'_>, e: &Evidence) -> Vec<ResultTable> {
    let mut all = vec![fans(c, e), lost(e), stations(c, e), runs(e), samples(c, e)];
    all.extend(c.d.programme.map(|plan| band(c, plan, e)));
    all
}

fn band(c: &Context<'_>, plan: &Programme, e: &Evidence) -> ResultTable {
    let ring = c.ring();
    let bands = rules::band::deliveries(ring, plan);
    let row = |f: &Fan| {
        let band = bands.iter().find(|b| (b.customer, b.item) == (f.customer, f.item))?;
        let at = f.period.index();
        Some(vec![
            text(&ring.customers[f.customer].key),
            text(&ring.items[f.item].key),
            period(f.period),
            pieces(band.low[at]),
            pieces(band.high[at]),
            number(f.mean, 3),
            number(f.half_width, 3),
            number(band.outside(at, f.mean, f.half_width), 3),
        ])
    };
    let columns: &[Head] = &[
        ("customer", "", "Customer."),
        ("item", "", "Item."),
        ("period", "", "Period, from 1."),
        (
            "low",
            "pieces",
            "Least handed over by the end of the period by the plan: whole pieces of all periods before.",
        ),
        (
            "high",
            "pieces",
            "Most: what the plan hands over until then, a period ahead where transport is rounded up to whole periods.",
        ),
        ("mean", "pieces", "Cumulative deliveries, mean over runs."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
        (
            "outside",
            "pieces",
            "How far the mean lies outside, below zero under the band; zero where its interval reaches into it.",
        ),
    ];
    table(
        "evidence_band",
        "Simulated deliveries against the plan's own band.",
        columns,
        e.fans.iter().filter_map(row).collect(),
    )
}

fn fans(c: &Context<'_>, e: &Evidence) -> ResultTable {
    let ring = c.ring();
    let rows = e
        .fans
        .iter()
        .map(|f| {
            vec![
                text(&ring.customers[f.customer].key),
                text(&ring.items[f.item].key),
                period(f.period),
                number(f.mean, 3),
                number(f.half_width, 3),
                whole(f.p10),
                whole(f.p50),
                whole(f.p90),
                number(f.on_time, 4),
            ]
        })
        .collect();
    let columns: &[Head] = &[
        ("customer", "", "Customer."),
        ("item", "", "Item."),
        ("period", "", "Period, from 1."),
        ("mean", "pieces", "Cumulative deliveries, mean over runs."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
        ("p10", "pieces", "10 % quantile."),
        ("p50", "pieces", "Median."),
        ("p90", "pieces", "90 % quantile."),
        ("on_time", "", "Share of runs in which nothing asked by then is late."),
    ];
    table("evidence_fans", "Cumulative deliveries over simulated runs.", columns, rows)
}

fn lost(e: &Evidence) -> ResultTable {
    let rows = e.lost.iter().map(|l| vec![text(l.cause.word()), number(l.mean, 3), number(l.half_width, 3)]).collect();
    let columns: &[Head] = &[
        ("cause", "", "Cause."),
        ("mean", "pieces", "Pieces of the product lost against the plan, mean over runs."),
        ("half_width", "pieces", "Half width of the 95 % interval of the mean."),
    ];
    table("evidence_lost", "Lost pieces by cause.", columns, rows)
}

fn stations(c: &Context<'_>, e: &Evidence) -> ResultTable {
    let ring = c.ring();
    let rows = e
        .stations
        .iter()
        .map(|s| {
            let row = &ring.capability[s.capability];
            let mut cells = vec![
                text(&ring.sites[row.site].key),
                text(&ring.items[row.item].key),
                text(row.line_type.word()),
                size(s.option),
                size(s.station + 1),
                number(s.pieces, 3),
            ];
            let shares = [s.working, s.blocked, s.starved, s.waiting_parts, s.waiting_people, s.down, s.stopped];
            cells.extend(shares.map(|v| number(v, 5)));
            cells.push(minutes(s.minutes));
            cells
        })
        .collect();
    let columns: &[Head] = &[
        ("site", "", "Site."),
        ("item", "", "Item."),
        ("line_type", "", "Own tasks only, or the complete item."),
        ("option", "", "Place in the menu, from 0."),
        ("station", "", "Station, from 1."),
        ("pieces", "pieces", "Pieces finished, mean over runs."),
        ("working", "", "Share of time working, rework included."),
        ("blocked", "", "Unable to pass the piece on."),
        ("starved", "", "No piece to work on."),
        ("waiting_parts", "", "Waiting for parts or sub-assemblies."),
        ("waiting_people", "", "Waiting for people."),
        ("down", "", "Broken down."),
        ("stopped", "", "Stopped by alarm, power or outage."),
        ("minutes", "min", "Minutes the shares are of, mean over runs."),
    ];
    table("evidence_stations", "Where time goes at each station.", columns, rows)
}

/// One row a run: counts and losses.
fn runs(e: &Evidence) -> ResultTable {
    let rows = e
        .replications
        .iter()
        .map(|r| {
            #[expect(clippy::cast_precision_loss, reason = "indices of runs are far below 2^53")]
            let mut row = vec![number(r.index as f64, 0)];
            row.extend([r.started, r.finished, r.scrapped, r.in_process, r.first_articles].map(whole));
            row.push(whole(r.delivered.iter().flatten().sum()));
            row.push(r.rate_reached.map_or(Cell::Empty, period));
            row.extend(r.lost.iter().map(|q| number(q.as_f64(), 3)));
            row.resize(8 + Cause::ALL.len(), Cell::Empty);
            row
        })
        .collect();
    let columns: &[Head] = &[
        ("run", "", "Run, from 0; with the seed it fixes every draw."),
        ("started", "pieces", "Pieces of the product started."),
        ("finished", "pieces", "Finished and counted."),
        ("scrapped", "pieces", "Scrapped."),
        ("in_process", "pieces", "Still in work at the end."),
        ("first_articles", "pieces", "First articles."),
        ("delivered", "pieces", "Pieces that reached customers."),
        ("rate_reached", "", "Period from which on the rate asked for was reached, from 1."),
        ("lost_outage", "pieces", "Lost to outages."),
        ("lost_alarm", "pieces", "Lost to alarms."),
        ("lost_power", "pieces", "Lost to power."),
        ("lost_breakdown", "pieces", "Lost to breakdowns."),
        ("lost_absence", "pieces", "Lost to absence."),
        ("lost_parts", "pieces", "Lost to missing parts."),
        ("lost_sub_assembly", "pieces", "Lost to missing sub-assemblies."),
        ("lost_learning", "pieces", "Lost to learning."),
        ("lost_quality", "pieces", "Lost to rework and scrap."),
        ("lost_variability", "pieces", "Lost to variability and what no other cause takes."),
    ];
    table("evidence_samples", "One row for each simulated run, of the first thousand.", columns, rows)
}

/// Deliveries of every run, series and period that are not zero.
fn samples(c: &Context<'_>, e: &Evidence) -> ResultTable {
    let ring = c.ring();
    let series = Evidence::series(ring);
    let mut rows = Vec::new();
    for r in &e.replications {
        for ((customer, item), delivered) in series.iter().zip(&r.delivered) {
            for (t, n) in delivered.iter().enumerate().filter(|(_, n)| **n != 0) {
                #[expect(clippy::cast_precision_loss, reason = "indices of runs are far below 2^53")]
                let run = number(r.index as f64, 0);
                rows.push(vec![
                    run,
                    text(&ring.customers[*customer].key),
                    text(&ring.items[*item].key),
                    size(t + 1),
                    whole(*n),
                ]);
            }
        }
    }
    let columns: &[Head] = &[
        ("run", "", "Run, from 0."),
        ("customer", "", "Customer."),
        ("item", "", "Item."),
        ("period", "", "Period, from 1."),
        ("delivered", "pieces", "Pieces that reached the customer."),
    ];
    table("evidence_deliveries", "Deliveries of every simulated run, of the first thousand.", columns, rows)
}
