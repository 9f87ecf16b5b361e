//! A programme chosen for what may stop: what it costs, and every future.

use super::build::{Head, money, number, size, table, text};
use model::Ring;
use model::results::hedge::{Estimate, Hedge, Stop};
use model::results::{ResultTable, table::Cell};

/// The tables of a hedge: its figures, its futures, their stops, and notes.
#[must_use]
pub(super) fn hedge(ring: &Ring, hedge: &Hedge) -> Vec<ResultTable> {
    vec![figures(ring, hedge), futures(hedge), stops(ring, hedge), notes(hedge)]
}

fn figures(ring: &Ring, h: &Hedge) -> ResultTable {
    let currency = &ring.settings.currency;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut row = |name: &str, value: f64, decimals: usize, unit: &str, doc: &str| {
        rows.push(vec![text(name), number(value, decimals), text(unit), text(doc)]);
    };
    let amounts = [
        ("expected", h.hedged.expected, "Expected cost over the futures."),
        ("worst", h.hedged.worst, "Mean cost of the worst share of the futures."),
        ("objective", h.hedged.objective, "Expected and worst by the weight of the tail."),
        ("bound", h.bound, "Least objective proven, of any sites, lines and people."),
        ("plain_expected", h.plain.expected, "Expected cost of the plan that knows of no stops."),
        ("plain_worst", h.plain.worst, "Its mean cost over the worst share."),
        ("plain_objective", h.plain.objective, "Its expected and worst by the weight of the tail."),
        ("undisturbed", h.programme.cost, "Cost of the programme when nothing stops."),
    ];
    for (name, amount, doc) in amounts {
        row(name, amount.as_f64(), 2, currency, doc);
    }
    row("gap", 100.0 * h.gap(), 4, "%", "Objective less bound, over the objective.");
    row("tail_weight", h.tail.weight, 4, "", "Weight of the worst futures.");
    row("tail_share", h.tail.share, 4, "", "Share of the futures that counts as the worst.");
    if let Some(check) = &h.check {
        row("check_futures", check.futures as f64, 0, "", "Futures drawn afresh.");
        let mut estimate = |name: &str, e: &Estimate, doc: &str| {
            row(name, e.mean, 2, currency, doc);
            row(&format!("{name}_half_width"), e.half_width, 2, currency, "Half the width of its 95 % interval.");
            let plain = "Half the width without the figures that reduce the variance.";
            row(&format!("{name}_half_width_plain"), e.half_width_plain, 2, currency, plain);
        };
        estimate("check_expected", &check.hedged, "Expected cost in futures drawn afresh.");
        estimate("check_saved", &check.saved, "What the plan that knows of no stops costs more there.");
    }
    let columns = &[
        ("figure", "", "What is told."),
        ("value", "", "Its value."),
        ("unit", "", "Its unit."),
        ("meaning", "", "What it means."),
    ];
    table("hedge", "A programme chosen for what may stop.", columns, rows)
}

const FUTURE: Head = ("future", "", "Future, from 1.");

fn futures(h: &Hedge) -> ResultTable {
    let row = |(at, f): (usize, &model::results::hedge::FutureCost)| {
        vec![size(at + 1), number(f.future.weight, 6), size(f.future.stops.len()), money(f.cost), money(f.plain)]
    };
    let columns = &[
        FUTURE,
        ("weight", "", "Its probability."),
        ("stops", "", "Stops in it."),
        ("cost", "", "What the hedged choice costs in it."),
        ("plain", "", "What the plan that knows of no stops costs in it."),
    ];
    let rows = h.futures.iter().enumerate().map(row).collect();
    table("hedge_futures", "What every future costs, smallest lots and rounding left out.", columns, rows)
}

fn stops(ring: &Ring, h: &Hedge) -> ResultTable {
    let all = h.futures.iter().enumerate().flat_map(|(at, f)| f.future.stops.iter().map(move |s| (at, s)));
    let row = |(at, stop): (usize, &Stop)| {
        let from = ring.settings.start.plus_days(stop.from).to_string();
        vec![size(at + 1), text(&stop.target.written(ring)), text(&from), number(stop.days as f64, 0)]
    };
    let columns = &[
        FUTURE,
        ("target", "", "What stops, as in `outages.csv`."),
        ("from", "", "First day of the stop."),
        ("days", "days", "Days at zero output."),
    ];
    table("hedge_stops", "What stops in each future.", columns, all.map(row).collect())
}

fn notes(h: &Hedge) -> ResultTable {
    let rows = h.notes.iter().map(|note| vec![text(note)]).collect();
    table("hedge_notes", "What the reader should know.", &[("note", "", "A sentence.")], rows)
}
