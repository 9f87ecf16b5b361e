//! Gates, questions and options.

use super::build::{Head, money, number, period, size, table, text, whole, yes_no};
use crate::context::Context;
use model::Choice;
use model::ids::PartnerId;
use model::results::decision::{ArticleCause, Value};
use model::results::resilience::Exposure;
use model::results::table::Cell;
use model::results::{Decision, ResultTable};
use model::tables::outages::Target;
use model::tables::readiness::Thread;

pub(super) fn tables(c: &Context<'_>, d: &Decision) -> Vec<ResultTable> {
    let mut all = vec![
        gates(c, d),
        record(c),
        readiness(c, d),
        first_articles(c, d),
        questions(c, d),
        options(c, d),
        stops(c, d),
    ];
    all.extend(d.analysis.iter().flat_map(|a| super::analysis::tables(c, a)));
    all
}

fn gates(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let rows = d
        .gates
        .iter()
        .map(|g| {
            let blocking = g.blocking.map_or("", |e| ring.gate_evidence[e].evidence.as_str());
            let due = g.due.map_or(Cell::Empty, |day| text(&day.to_string()));
            let decided = g.decision.map_or(Cell::Empty, |id| text(&ring.gate_decisions[id].day.to_string()));
            vec![
                text(&ring.gates[g.gate].key),
                text(g.stage.word()),
                size(g.accepted),
                size(g.asked),
                text(blocking),
                due,
                ring.gates[g.gate].readiness.map_or(Cell::Empty, whole),
                yes_no(g.is_ready),
                decided,
            ]
        })
        .collect();
    let columns: &[Head] = &[
        ("gate", "", "Gate."),
        ("stage", "", "How far it is: open, to be decided, passed, waiting, rework, stopped."),
        ("accepted", "", "Evidence accepted."),
        ("asked", "", "Evidence asked for."),
        ("blocking", "", "Evidence that blocks it."),
        ("due", "", "Last day any open evidence is due."),
        ("readiness", "level", "Level it asks for."),
        ("is_ready", "", "Whether every site in use has that level."),
        ("decided", "", "Day of the last decision."),
    ];
    table("decision_gates", "Where the gates stand.", columns, rows)
}

fn record(c: &Context<'_>) -> ResultTable {
    let ring = c.ring();
    let keys =
        |partners: &[PartnerId]| partners.iter().map(|p| ring.partners[*p].key.as_str()).collect::<Vec<_>>().join(";");
    let rows = ring.gate_decisions.iter().map(|d| {
        vec![
            text(&ring.gates[d.gate].key),
            text(&d.day.to_string()),
            text(&d.verdict.to_string()),
            text(&ring.partners[d.taken_by].key),
            text(&keys(&d.agreed_by)),
            text(&keys(&d.dissent)),
            text(&d.reason),
            text(&d.reopen),
        ]
    });
    let columns: &[Head] = &[
        ("gate", "", "Gate."),
        ("day", "", "Day of the decision."),
        ("decision", "", "What was decided."),
        ("taken_by", "", "Partner that took it."),
        ("agreed_by", "", "Other partners that signed it."),
        ("dissent", "", "Partners that dissented."),
        ("reason", "", "Why, and what those who dissented say."),
        ("reopen", "", "What opens it again."),
    ];
    table("decision_record", "Decisions at gates.", columns, rows.collect())
}

fn readiness(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let gap = |level: Option<i64>| level.map_or(Cell::Empty, whole);
    let rows = d.readiness.iter().map(|site| {
        let mut row = vec![text(&ring.sites[site.site].key), gap(site.least)];
        row.extend(site.levels.iter().map(|level| gap(*level)));
        row
    });
    let mut columns: Vec<Head> = vec![
        ("site", "", "Site in use."),
        ("least", "level", "Least level of all threads; empty while one is not assessed."),
    ];
    columns
        .extend(Thread::VALUES.iter().map(|t| (t.word(), "level", "Level of this thread; empty when not assessed.")));
    table("decision_readiness", "Manufacturing readiness of the sites in use.", &columns, rows.collect())
}

fn first_articles(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let rows = d.first_articles.iter().map(|a| {
        let row = &ring.capability[a.capability];
        let revision = match a.cause {
            ArticleCause::Revision(id) => text(&ring.revisions[id].revision),
            _ => Cell::Empty,
        };
        vec![
            period(a.period),
            text(&ring.sites[row.site].key),
            text(&ring.items[a.item].key),
            text(&ring.items[row.item].key),
            text(&row.line_type.to_string()),
            text(a.cause.word()),
            revision,
            yes_no(a.is_full()),
            whole(a.lines),
        ]
    });
    let columns: &[Head] = &[
        ("period", "", "Period in which it is made, from 1."),
        ("site", "", "Site."),
        ("item", "", "Item it is made of."),
        ("line_item", "", "Item of the line."),
        ("line_type", "", "Type of the line."),
        ("cause", "", "Why: site, tooling, revision, lapse."),
        ("revision", "", "The revision, where that is why."),
        ("full", "", "Whether it is a whole article, or a partial one."),
        ("lines", "", "Lines it is due on."),
    ];
    table("decision_first_articles", "First articles that the plan makes due.", columns, rows.collect())
}

/// Cost, cash, service and rate of a version of the ring; empty cells when there is none.
fn value(v: Option<&Value>) -> Vec<Cell> {
    let Some(v) = v else { return vec![Cell::Empty; 4] };
    vec![money(v.cost), money(v.cash), number(v.served, 6), v.rate_period.map_or(Cell::Empty, period)]
}

fn questions(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let rows = d
        .questions
        .iter()
        .enumerate()
        .map(|(k, q)| {
            let a = &ring.assumptions[q.assumption];
            let mut row = vec![
                size(k + 1),
                text(&a.address.to_string()),
                text(&c.question(q.assumption)),
                number(a.low, 6),
                number(a.mode, 6),
                number(a.high, 6),
            ];
            row.extend(value(q.low.as_ref()));
            row.extend(value(q.high.as_ref()));
            row.extend([money(q.cost_swing), number(q.served_swing, 6), yes_no(q.flips)]);
            row
        })
        .collect();
    let columns: &[Head] = &[
        ("rank", "", "Rank by effect, from 1."),
        ("address", "", "Number it is about."),
        ("question", "", "What to ask."),
        ("low", "", "Low end; days since 1970-01-01 for dates."),
        ("mode", "", "Value planned with."),
        ("high", "", "High end."),
        ("low_cost", "money", "Cost with penalties at the low end."),
        ("low_cash", "money", "Cost without penalties at the low end."),
        ("low_served", "", "Share served at the low end."),
        ("low_rate_period", "", "Period from which on the rate asked for is reached at the low end, from 1."),
        ("high_cost", "money", "The same at the high end."),
        ("high_cash", "money", "The same at the high end."),
        ("high_served", "", "The same at the high end."),
        ("high_rate_period", "", "The same at the high end."),
        ("cost_swing", "money", "Largest change of cost against the ring as it is."),
        ("served_swing", "", "Largest change of the share served."),
        ("flips", "", "Whether the answer differs at one end."),
    ];
    table("decision_questions", "Open questions by effect, one at a time.", columns, rows)
}

fn options(c: &Context<'_>, d: &Decision) -> ResultTable {
    let of_base = d.resilience.as_ref().map(|view| rules::exposure::of(c.ring(), view));
    let least = c.d.programme.map(|plan| plan.bound);
    let base = (String::new(), "As planned".to_owned(), Some(&d.base), least, of_base, String::new());
    let rest = d
        .options
        .iter()
        .map(|o| (o.name.clone(), o.label.clone(), o.value.as_ref(), o.bound, o.exposure, o.refusal.clone()));
    let rows = core::iter::once(base)
        .chain(rest)
        .map(|(name, label, v, bound, exposure, refusal)| {
            let mut row = vec![text(&name), text(&label)];
            row.extend(value(v));
            row.push(bound.map_or(Cell::Empty, money));
            let of = |f: &dyn Fn(&Exposure) -> Cell| exposure.as_ref().map_or(Cell::Empty, f);
            row.extend([
                of(&|e| number(e.kept_mean, 6)),
                of(&|e| number(e.kept_worst, 6)),
                of(&|e| e.survive_least.map_or(Cell::Empty, |d| number(d, 2))),
                of(&|e| size(e.single_points)),
                of(&|e| size(e.single_sources)),
            ]);
            row.push(text(&refusal));
            row
        })
        .collect();
    let columns: &[Head] = &[
        ("name", "", "Name in alternatives.csv; empty for the ring as it is."),
        ("label", "", "What it is called."),
        ("cost", "money", "Cost with penalties."),
        ("cash", "money", "Cost without penalties."),
        ("served", "", "Share of demand and draws met by the end."),
        ("rate_period", "", "Period from which on the rate asked for is reached, from 1."),
        ("least", "money", "Cost with penalties below which it is proven that no plan of it can come."),
        ("kept_mean", "", "Share of deliveries kept through a stop of one site or zone, mean over all."),
        ("kept_worst", "", "The least of these shares."),
        ("survive_least", "days", "Fewest days for which all deliveries hold; empty when beyond the horizon."),
        ("single_points", "", "Sites and zones after whose stop a delivery ends altogether."),
        ("single_sources", "", "Items and bought components with one source only."),
        ("refusal", "", "Why there is no plan."),
    ];
    table("decision_options", "Options, each planned anew.", columns, rows)
}

fn stops(c: &Context<'_>, d: &Decision) -> ResultTable {
    let ring = c.ring();
    let name = |target: &Target| match target {
        Target::Site(site) => format!("site:{}", ring.sites[*site].key),
        Target::Supplier(supplier) => format!("supplier:{}", ring.suppliers[*supplier]),
        Target::Lane(lane) => format!("lane:{}", ring.lanes[*lane].key),
        Target::Zone(zone) => format!("zone:{zone}"),
    };
    let rows = d.resilience.iter().flat_map(|view| &view.stops).map(|s| {
        let ends: Vec<&str> = s.ended.iter().map(|(customer, _)| ring.customers[*customer].key.as_str()).collect();
        let days = |days: Option<f64>| days.map_or(Cell::Empty, |d| number(d, 2));
        vec![
            text(&s.targets.iter().map(name).collect::<Vec<_>>().join(" + ")),
            days(s.survive_days),
            days(s.recover_days),
            days(s.missed_days),
            s.lost_value.map_or(Cell::Empty, money),
            text(&ends.join(";")),
        ]
    });
    let columns: &[Head] = &[
        ("target", "", "What stops."),
        ("survive_days", "days", "How long every delivery holds; empty when beyond the horizon."),
        ("recover_days", "days", "Until all is back in full; empty when nobody tells."),
        ("missed_days", "days", "Days of full output missed by then."),
        ("lost_value", "money", "Value of deliveries lost by then."),
        ("ends", "", "Customers whose deliveries end altogether once stocks are used."),
    ];
    table("decision_stops", "Single stops in the plan's last weeks.", columns, rows.collect())
}
