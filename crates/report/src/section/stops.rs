//! What a stop of one place does: how long deliveries hold against how long it is out.

use crate::chart::{Survival, SurvivalRow};
use crate::context::Context;
use crate::fmt::{count, dec, list};
use crate::html::Html;
use crate::part::Figure;
use model::results::resilience::{Resilience, StopEffect};
use model::tables::outages::Target;

/// Stops drawn at most, the worst first.
const DRAWN: usize = 16;

/// The figure; nothing where nothing was worked out.
pub(super) fn block(c: &Context<'_>) -> Html {
    let Some(view) = c.d.decision.and_then(|d| d.resilience.as_ref()) else { return Html::new() };
    let mut stops: Vec<&StopEffect> = view.stops.iter().filter(|s| s.targets.len() == 1).collect();
    let survive = |s: &StopEffect| s.survive_days.unwrap_or(f64::INFINITY);
    stops.sort_by(|a, b| {
        b.lost_value.cmp(&a.lost_value).then(survive(a).total_cmp(&survive(b))).then(a.targets.cmp(&b.targets))
    });
    let mut html = Html::text("When one place stops").wrap("h3", "");
    if stops.is_empty() {
        html.para("There is nothing whose stop could be looked at.");
        return html;
    }
    let rows = stops.iter().take(DRAWN).map(|s| row(c, s)).collect();
    let chart = Survival { horizon: view.horizon_days, rows };
    let left = stops.len().saturating_sub(DRAWN);
    let more = match left {
        0 => String::new(),
        n => format!(" {} in tables/decision_stops.csv.", count(n, "more stop stands", "more stops stand")),
    };
    let asked = rules::exposure::asked_days(c.ring()).map_or_else(String::new, |days| {
        format!(
            "; what they tell nothing of stands still as long as the longest stop told of a site, {} days",
            dec(days, 0)
        )
    });
    let undisturbed = view.undisturbed_days.map_or_else(String::new, |days| {
        format!("; with no stop at all deliveries hold {} days, since they are partly from stock", dec(days, 0))
    });
    html.push(
        &Figure {
            id: "fig-stops",
            finding: finding(c, view, &stops),
            note: format!(
                "In the plan\u{2019}s last weeks, from {} on{undisturbed}. How long something is out follows from outages.csv and recovery.csv{asked}. Output comes back in steps: deliveries hold when they hold for the days of full output missed, which are fewer than the days until all is back. Nothing here says how likely a stop is.{more}",
                c.when().name(c.period(view.from))
            ),
            chart: &chart,
            sources: c.sources("stops", &["outages", "recovery"]),
        }
        .html(),
    );
    html
}

fn row(c: &Context<'_>, stop: &StopEffect) -> SurvivalRow {
    let ends: Vec<String> = stop.ended.iter().map(|(customer, _)| c.ring().customers[*customer].name.clone()).collect();
    SurvivalRow {
        label: target(c, &stop.targets[0]),
        recover: stop.recover_days,
        missed: stop.missed_days,
        survive: stop.survive_days,
        short: stop.falls_short(),
        lost: stop.lost_value.map_or_else(|| "not known".to_owned(), |value| c.money(value)),
        ends: list(&ends),
    }
}

/// A target as a reader says it.
pub(super) fn target(c: &Context<'_>, target: &Target) -> String {
    match target {
        Target::Site(site) => c.site(*site).to_owned(),
        Target::Zone(zone) => format!("all of zone {zone}"),
        Target::Supplier(supplier) => c.ring().suppliers[*supplier].clone(),
        Target::Lane(lane) => format!("lane {}", c.ring().lanes[*lane].key),
    }
}

fn finding(c: &Context<'_>, view: &Resilience, stops: &[&StopEffect]) -> String {
    let known = stops.iter().filter(|s| s.recover_days.is_some()).count();
    let short: Vec<&&StopEffect> = stops.iter().filter(|s| s.falls_short()).collect();
    let ends = stops.iter().filter(|s| s.is_single_point_of_failure()).count();
    let worst = short.first().map(|s| {
        let holds = s.survive_days.map_or(view.horizon_days, |d| d);
        format!("; the worst is {}, which holds {} days", target(c, &s.targets[0]), dec(holds, 1))
    });
    let known = count(known, "stop", "stops");
    let through = match short.len() {
        0 => format!("No delivery is lost through any of {known} whose length is known"),
        n => {
            format!("Deliveries are lost through {n} of {known} whose length is known{}", worst.unwrap_or_default())
        }
    };
    format!("{through}; {ends} single stops of {} end a delivery altogether once stocks are used", stops.len())
}
