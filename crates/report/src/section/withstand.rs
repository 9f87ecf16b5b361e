//! The frontier of cost against resilience: the plan and every option side by side.

use super::options::{base, option_name};
use super::questions::scale;
use crate::chart::{Frontier, FrontierPoint};
use crate::context::Context;
use crate::fmt::{dec, list, pct};
use crate::html::Html;
use crate::part::{Cell, Column, Figure, Table};
use model::results::Decision;
use model::results::decision::Value;
use model::results::resilience::Exposure;

/// The frontier; nothing where no exposure was worked out.
pub(super) fn block(c: &Context<'_>, decision: &Decision) -> Html {
    let mut known: Vec<(String, Value, Exposure, bool)> = Vec::new();
    let of_base = decision.resilience.as_ref().map(|view| rules::exposure::of(c.ring(), view));
    known.extend(base(decision).zip(of_base).map(|(v, e)| ("As planned".to_owned(), v, e, true)));
    let options = decision.options.iter();
    known.extend(options.filter_map(|o| Some((option_name(&o.label, &o.name), o.value.clone()?, o.exposure?, false))));
    let Some(dearest) = known.iter().map(|k| k.1.cash).max().filter(|_| known.iter().any(|k| k.2.stops > 0)) else {
        return Html::new();
    };
    let (divisor, letter) = scale(dearest);
    let beaten = |at: usize| {
        let (_, value, exposure, _) = &known[at];
        let better = |(v, e): (&Value, &Exposure)| {
            let no_worse = v.cash <= value.cash && e.kept_mean >= exposure.kept_mean;
            no_worse && (v.cash < value.cash || e.kept_mean > exposure.kept_mean)
        };
        known.iter().enumerate().any(|(other, (_, v, e, _))| other != at && better((v, e)))
    };
    let short = |name: &str| name.split(':').next().unwrap_or(name).trim().to_owned();
    let points = known.iter().enumerate().map(|(at, (name, v, e, is_chosen))| FrontierPoint {
        label: short(name),
        x: v.cash.as_f64() / divisor,
        y: 100.0 * e.kept_mean,
        on_frontier: !beaten(at),
        is_chosen: *is_chosen,
    });
    let chart = Frontier {
        x_label: format!("cost without penalties, {letter} {}", c.ring().settings.currency),
        y_label: "share of deliveries kept through a stop of one place, mean, %".into(),
        places: (2, 1),
        points: points.collect(),
    };
    let front: Vec<String> = (0..known.len()).filter(|at| !beaten(*at)).map(|at| short(&known[at].0)).collect();
    let mut html = Html::text("Cost against resilience").wrap("h3", "");
    html.push(
        &Figure {
            id: "fig-withstand",
            finding: format!("{}: for each, whatever is cheaper keeps less when one place stops", list(&front)),
            note: "In each one\u{2019}s last weeks, over all stops of one site or zone, depots too; a place of which outages.csv tells nothing stands still as long as the longest stop told of any. Each stop counts alike, since nothing says how likely it is.".into(),
            chart: &chart,
            sources: c.sources("stops", &["outages", "recovery", "alternatives"]),
        }
        .html(),
    );
    html.push(&table(c, &known));
    html
}

fn table(c: &Context<'_>, known: &[(String, Value, Exposure, bool)]) -> Html {
    let columns = vec![
        Column::text("Option"),
        Column::number("Cost without penalties"),
        Column::number("Served"),
        Column::number("Kept through a stop, mean"),
        Column::number("Kept in the worst"),
        Column::number("Deliveries hold at least (days)"),
        Column::number("Places that end a delivery"),
        Column::number("One source only"),
    ];
    let mut table = Table::new("Options under stops of one place", columns);
    for (name, value, e, _) in known {
        table.row([
            Cell::from(name.as_str()),
            c.money(value.cash).into(),
            pct(value.served, 1).into(),
            pct(e.kept_mean, 1).into(),
            pct(e.kept_worst, 1).into(),
            e.survive_least.map_or_else(|| "beyond the horizon".to_owned(), |d| dec(d, 1)).into(),
            e.single_points.to_string().into(),
            e.single_sources.to_string().into(),
        ]);
    }
    table.html()
}
