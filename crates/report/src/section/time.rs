//! Where time goes: lost pieces by cause, states of stations, the bottleneck.

use super::{absent, make};
use crate::chart::{BarRow, Bars, Stack, StackRow, Strip, StripRow};
use crate::context::Context;
use crate::fmt::{capital, count, dec, pct};
use crate::frame::Section;
use crate::html::Html;
use crate::part::Figure;
use model::ids::SiteId;
use model::results::Evidence;
use model::results::evidence::{Cause, StationUse};

/// Stations drawn at most.
const DRAWN: usize = 16;
/// Sites drawn at most.
const STRIPS: usize = 12;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    body.push(&weeks(c));
    match c.d.evidence.filter(|e| !e.replications.is_empty()) {
        None => {
            body.push(&absent(
                "Nothing was simulated.",
                "Lost pieces, states of stations and the bottleneck are not known.",
            ));
        }
        Some(evidence) => {
            body.push(&lost(c, evidence));
            if !evidence.stations.is_empty() {
                body.push(&stations(c, evidence));
            }
        }
    }
    make("time", "Where time goes", "Where time goes", body)
}

/// What the calendars and dated outages leave of each period at the sites in use.
fn weeks(c: &Context<'_>) -> Html {
    let ring = c.ring();
    let Some(plan) = c.d.programme else { return Html::new() };
    let mut sites: Vec<SiteId> = plan.lines.iter().map(|l| ring.capability[l.capability].site).collect();
    sites.sort_unstable();
    sites.dedup();
    let rows: Vec<StripRow> = sites.iter().take(STRIPS).filter_map(|s| strip_row(c, *s)).collect();
    if rows.is_empty() {
        return Html::new();
    }
    let least = rows.iter().map(|r| (mean_open(r), r.label.as_str())).min_by(|a, b| a.0.total_cmp(&b.0));
    let finding = least.map_or_else(String::new, |(share, name)| {
        format!("Before anything unplanned, {name} loses most of its working time: {} is left", pct(share, 0))
    });
    let states = [
        ("can be worked", "s-work"),
        ("holiday", "s-shut"),
        ("alarm and power, as expected", "s-alarm"),
        ("dated stop and recovery", "s-down"),
    ];
    let chart = Strip {
        states: states.map(|(a, b)| (a.to_owned(), b.to_owned())).to_vec(),
        periods: c.when().all(),
        marks: c.when().marks(),
        rows,
    };
    let note = "Share of the working time of a full period, from the calendars and dated outages put in; random stops come on top. The figure at the right is the mean share that can be worked.";
    Figure {
        id: "fig-weeks",
        finding,
        note: note.into(),
        chart: &chart,
        sources: c.sources("weeks", &["calendars", "outages", "recovery"]),
    }
    .html()
}

fn mean_open(row: &StripRow) -> f64 {
    row.shares.iter().filter_map(|p| p.first()).sum::<f64>() / crate::svg::count_f64(row.shares.len().max(1))
}

/// Shares of each period at a site; none when it never works.
fn strip_row(c: &Context<'_>, site: SiteId) -> Option<StripRow> {
    let ring = c.ring();
    let periods: Vec<[f64; 3]> = (0..ring.settings.n_periods)
        .map(|t| {
            let mut sums = [0.0; 3];
            for day in rules::calendar::days(ring, t) {
                let scheduled = rules::calendar::scheduled(ring, site, day).as_f64();
                let output = scheduled * rules::calendar::output(ring, site, day);
                sums[0] += scheduled;
                sums[1] += output;
                sums[2] += output * rules::calendar::open(ring, site, day);
            }
            sums
        })
        .collect();
    let full = periods.iter().map(|p| p[0]).fold(0.0, f64::max);
    let shares = |p: &[f64; 3]| vec![p[2] / full, (full - p[0]) / full, (p[1] - p[2]) / full, (p[0] - p[1]) / full];
    (full > 0.0).then(|| StripRow { label: c.site(site).to_owned(), shares: periods.iter().map(shares).collect() })
}

fn lost(c: &Context<'_>, evidence: &Evidence) -> Html {
    let mut rows: Vec<_> = evidence.lost.iter().filter(|l| l.mean.abs() >= 0.005).collect();
    rows.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.cause.cmp(&b.cause)));
    let sum: f64 = evidence.lost.iter().map(|l| l.mean).sum();
    let finding = match rows.first() {
        None => "The simulated runs lose nothing against the plan".to_owned(),
        Some(first) => {
            let second = rows
                .get(1)
                .filter(|r| r.mean > 0.0)
                .map(|r| format!(", then {} ({})", cause_words(r.cause), dec(r.mean, 1)))
                .unwrap_or_default();
            format!(
                "On average {} pieces of the product fall short of the plan; most to {} ({}){second}",
                dec(sum, 1),
                cause_words(first.cause),
                dec(first.mean, 1)
            )
        }
    };
    let chart = Bars {
        caption: "Pieces of the product lost against the plan, mean over runs".into(),
        row_head: "Cause".into(),
        value_head: "Pieces lost".into(),
        rows: rows
            .iter()
            .map(|l| BarRow {
                label: capital(cause_words(l.cause)),
                value: l.mean,
                text: dec(l.mean, 1),
                interval: Some((l.mean - l.half_width, l.mean + l.half_width)),
                interval_text: format!("{} to {}", dec(l.mean - l.half_width, 1), dec(l.mean + l.half_width, 1)),
            })
            .collect(),
    };
    let runs = c.runs.as_ref().map_or(0, |r| r.n);
    let gains: Vec<String> = rows
        .iter()
        .filter(|r| r.mean < 0.0)
        .map(|r| format!("{} ({})", cause_words(r.cause), dec(r.mean, 1)))
        .collect();
    let gains = if gains.is_empty() {
        String::new()
    } else {
        format!(" Below zero is a gain against the plan: {}.", gains.join(", "))
    };
    let note = format!("Whiskers: 95 % interval of the mean over {}.{gains}", count(runs, "run", "runs"));
    Figure {
        id: "fig-lost",
        finding,
        note,
        chart: &chart,
        sources: c.sources("lost", &["calendars", "outages", "workforce", "supply", "equipment"]),
    }
    .html()
}

/// A cause as a reader says it.
pub(super) fn cause_words(cause: Cause) -> &'static str {
    match cause {
        Cause::Outage => "site outages",
        Cause::Alarm => "alarms",
        Cause::Power => "power cuts",
        Cause::Breakdown => "breakdowns",
        Cause::Absence => "absence",
        Cause::Parts => "missing parts",
        Cause::SubAssembly => "missing sub-assemblies",
        Cause::Learning => "learning slower than planned",
        Cause::Quality => "rework and scrap",
        Cause::Variability => "spread on the line and the rest",
    }
}

/// States of a station, busiest first in the drawing.
fn states() -> Vec<(String, String)> {
    [
        ("working", "s-work"),
        ("down", "s-down"),
        ("stopped by alarm, power, outage", "s-alarm"),
        ("waiting for people", "s-power"),
        ("waiting for parts", "s-shut"),
        ("blocked", "s-block"),
        ("no piece", "s-wait"),
    ]
    .map(|(a, b)| (a.to_owned(), b.to_owned()))
    .to_vec()
}

fn shares(s: &StationUse) -> Vec<f64> {
    vec![s.working, s.down, s.stopped, s.waiting_people, s.waiting_parts, s.blocked, s.starved]
}

/// Time in which a station is the one others wait for: it has a piece and could pass it on.
fn busy(s: &StationUse) -> f64 {
    1.0 - s.blocked - s.starved - s.waiting_parts
}

/// The station others wait for most, on lines that make the product.
pub(crate) fn bottleneck<'e>(c: &Context<'_>, evidence: &'e Evidence) -> Option<&'e StationUse> {
    let product = c.ring().settings.product;
    let on_product = |s: &&StationUse| c.ring().capability[s.capability].item == product;
    let any_product = evidence.stations.iter().any(|s| on_product(&s));
    let pool = evidence.stations.iter().filter(|s| !any_product || on_product(s));
    pool.max_by(|a, b| busy(a).total_cmp(&busy(b)).then(b.station.cmp(&a.station)))
}

/// A station's name: number, site, item.
pub(crate) fn station_name(c: &Context<'_>, s: &StationUse) -> String {
    let row = &c.ring().capability[s.capability];
    format!("station {} at {} ({})", s.station + 1, c.site(row.site), c.item(row.item))
}

/// A station's name beside its bar: number and site, and the item only where the site makes several.
fn short_name(c: &Context<'_>, s: &StationUse, all: &[&StationUse]) -> String {
    let row = &c.ring().capability[s.capability];
    let same_site = |o: &&&StationUse| c.ring().capability[o.capability].site == row.site;
    let line = (s.capability, s.option);
    let several = all.iter().filter(same_site).any(|o| (o.capability, o.option) != line);
    let item = if several { format!(", {}", c.item(row.item)) } else { String::new() };
    format!("Station {}, {}{item}", s.station + 1, c.site(row.site))
}

fn stations(c: &Context<'_>, evidence: &Evidence) -> Html {
    let worst = bottleneck(c, evidence);
    let mut rows: Vec<&StationUse> = evidence.stations.iter().collect();
    rows.sort_by(|a, b| {
        busy(b).total_cmp(&busy(a)).then((a.capability, a.option, a.station).cmp(&(b.capability, b.option, b.station)))
    });
    let finding = worst.map_or_else(String::new, |s| {
        format!(
            "The product line waits most for {}: busy or held up {} of its time",
            station_name(c, s),
            pct(busy(s), 0)
        )
    });
    let left_out = rows.len().saturating_sub(DRAWN);
    let label = |s: &StationUse| short_name(c, s, &rows);
    let chart = Stack {
        caption: "Where time goes at each station, share of the time its line was staffed".into(),
        row_head: "Station".into(),
        states: states(),
        rows: rows
            .iter()
            .take(DRAWN)
            .map(|s| StackRow {
                label: label(s),
                is_marked: worst.is_some_and(|w| core::ptr::eq(w, *s)),
                shares: shares(s),
            })
            .collect(),
    };
    let more = if left_out > 0 {
        format!(" {} more in tables/evidence_stations.csv.", count(left_out, "station", "stations"))
    } else {
        String::new()
    };
    let note = format!("The stations that wait least for others; the one in bold sets the pace of the product.{more}");
    Figure {
        id: "fig-stations",
        finding,
        note,
        chart: &chart,
        sources: c.sources("stations", &["tasks", "equipment", "calendars"]),
    }
    .html()
}
