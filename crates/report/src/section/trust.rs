//! How sure we are: the independent check, what limits cut, how each number is worked out, what made the page.

use super::make;
use crate::context::Context;
use crate::fmt::{count, dec, int, pct};
use crate::frame::Section;
use crate::html::{Html, esc};
use crate::part::{Cell, Column, Table, Tone, notice, prose, sentence};
use diag::{Diagnostic, Place, Severity};
use model::results::Status;

/// Findings listed at most.
const LISTED: usize = 40;

pub(super) fn section(c: &Context<'_>) -> Section {
    let mut body = Html::new();
    body.push(&checked(c));
    if !c.d.refusals.is_empty() {
        body.push(&Html::text("What could not be done").wrap("h3", ""));
        body.push(&diagnostics(c.d.refusals, "Refusals of the stages"));
    }
    body.push(&Html::text("How far each stage came").wrap("h3", ""));
    body.push(&stages(c));
    body.push(&notes(c));
    body.push(&Html::text("How the numbers are worked out").wrap("h3", ""));
    body.push(&methods(c));
    body.push(&Html::text("What made this page").wrap("h3", ""));
    body.push(&provenance(c));
    make("trust", "How sure are we", "How sure are we", body)
}

fn checked(c: &Context<'_>) -> Html {
    match c.d.findings {
        None => notice(
            Tone::Warn,
            "Not checked.",
            &Html::text("The independent check of feasibility and cost did not run on these results."),
        ),
        Some([]) => notice(
            Tone::Good,
            "Checked.",
            &Html::text(
                "A separate program part that knows the ring and the rules, but none of the engines, recomputed feasibility, dates and costs of these results and found nothing to object to.",
            ),
        ),
        Some(found) => {
            let mut html = notice(
                Tone::Bad,
                &format!("The independent check objects to {}.", count(found.len(), "thing", "things")),
                &Html::text("Do not rely on the numbers it names."),
            );
            html.push(&diagnostics(found, "Findings of the independent check"));
            html
        }
    }
}

fn place_words(place: &Place) -> String {
    match place {
        Place::Cell { table, row, column: Some(column) } => format!("{table}.csv, row {}, {column}", row + 1),
        Place::Cell { table, row, column: None } => format!("{table}.csv, row {}", row + 1),
        Place::Header { table, column } => format!("{table}.csv, header {}", column.as_deref().unwrap_or("")),
        Place::Setting(path) => format!("ring.toml, {path}"),
        Place::Span { file, .. } => file.clone(),
        Place::Result(name) => name.clone(),
    }
}

fn diagnostics(found: &[Diagnostic], caption: &str) -> Html {
    let columns = ["Code", "What", "Where", "What to do"].map(Column::text).to_vec();
    let mut table = Table::new(caption, columns);
    for d in found.iter().take(LISTED) {
        let places: Vec<String> = d
            .labels
            .iter()
            .map(|l| {
                if l.text.is_empty() { place_words(&l.place) } else { format!("{}: {}", place_words(&l.place), l.text) }
            })
            .collect();
        let what = if d.severity == Severity::Warning { format!("Note: {}", d.fact) } else { d.fact.clone() };
        table.row([
            Cell::from(d.code.to_string()),
            prose(&what).into(),
            places.join("; ").into(),
            sentence(&d.help).into(),
        ]);
    }
    let mut html = table.html();
    if found.len() > LISTED {
        html.para(&format!("{} more.", int(i64::try_from(found.len() - LISTED).unwrap_or(0))));
    }
    html
}

fn status_words(status: Status) -> &'static str {
    match status {
        Status::Optimal => "complete",
        Status::WorkLimited => "stopped at its limit of work; the same run gives the same result",
        Status::TimeLimited => "stopped by the clock; another run may differ",
    }
}

fn stages(c: &Context<'_>) -> Html {
    let columns = ["Stage", "How it ended", "What is known"].map(Column::text).to_vec();
    let mut table = Table::new("Stages and their proofs", columns);
    let options: Vec<_> = c.d.line_designs.iter().flat_map(|d| &d.options).collect();
    let proven = options.iter().filter(|o| o.n_stations() <= o.bound).count();
    let worst = options.iter().map(|o| o.status).max();
    table.row([
        Cell::from("Lines"),
        worst.map_or("no result", status_words).into(),
        format!("{proven} of {} proven to need no station less", count(options.len(), "layout", "layouts")).into(),
    ]);
    table.row(match c.d.programme {
        Some(p) => [
            Cell::from("Plan"),
            status_words(p.status).into(),
            format!(
                "cost {}, least possible {} by the engine's bound: gap {}",
                c.money(p.cost),
                c.money(p.bound),
                pct(p.gap(), 2)
            )
            .into(),
        ],
        None => [Cell::from("Plan"), "no result".into(), "".into()],
    });
    table.row(match c.d.evidence {
        Some(e) => [
            Cell::from("Simulation"),
            status_words(e.status).into(),
            format!(
                "{} with seed {}, {} visits of a piece to a station",
                count(e.replications.len(), "run", "runs"),
                e.seed,
                dec(crate::svg::count_f64(usize::try_from(e.station_visits).unwrap_or(0)), 0)
            )
            .into(),
        ],
        None => [Cell::from("Simulation"), "no result".into(), "".into()],
    });
    table.row(match c.d.decision {
        Some(d) => [
            Cell::from("Decision"),
            status_words(d.status).into(),
            format!(
                "{} weighed with sites and lines as planned, {} planned anew",
                count(d.questions.len(), "question", "questions"),
                count(d.options.len(), "option", "options")
            )
            .into(),
        ],
        None => [Cell::from("Decision"), "no result".into(), "".into()],
    });
    table.html()
}

fn notes(c: &Context<'_>) -> Html {
    let notes: Vec<&String> =
        c.d.programme.iter().flat_map(|p| &p.notes).chain(c.d.evidence.iter().flat_map(|e| &e.notes)).collect();
    let mut html = Html::new();
    if !notes.is_empty() {
        html.push(&Html::text("What the stages want you to know").wrap("h3", ""));
        let mut rows = String::new();
        for n in notes.iter().take(LISTED) {
            rows.push_str(prose(n).wrap("li", "").as_str());
        }
        html.push(&Html::trusted(rows).wrap("ul", ""));
    }
    html
}

/// Anchor, number, how it is worked out, the result table that holds it.
const METHODS: &[(&str, &str, &str, &str)] = &[
    (
        "served",
        "Served by the plan",
        "Replenishment handed over plus exercise draws met by the end of the horizon, over replenishment demand plus draws asked.",
        "programme_deliveries, programme_draws",
    ),
    (
        "delivered",
        "Pieces delivered",
        "Pieces that reach customers, exercise pools included. Plan: the sum of its deliveries. Runs: quantiles over simulated runs, each the smallest sample with at least that share at or below it.",
        "programme_deliveries, evidence_samples",
    ),
    (
        "rate",
        "Full rate",
        "The rate asked for is the replenishment of the product due in the four weeks that ask for most, all customers together. It is reached in the first period from which on four weeks make 0.95 of that; plan and runs by the same rule. Exercises are not part of the rate.",
        "programme_make, evidence_samples",
    ),
    (
        "late",
        "Late pieces",
        "Replenishment asked so far less what was handed over, never below zero. Not shown for runs where a customer gets the item for exercises too.",
        "programme_backlog, evidence_samples",
    ),
    (
        "cost",
        "Cost",
        "Every cost of the plan by kind, place and period, summed; late and missing pieces at the customers' rates are kept apart, since nobody pays them out. Nothing is discounted.",
        "programme_costs",
    ),
    (
        "unit",
        "Cost of a delivered piece",
        "Cost without penalties over all pieces handed to customers in the horizon; openings, lines and training fall on these pieces alone.",
        "programme_costs, programme_deliveries",
    ),
    (
        "people",
        "People",
        "People at work whom the plan has hired or found there, by period; trainees are not counted.",
        "programme_people",
    ),
    (
        "flows",
        "Work and flows",
        "Hours of work are pieces made times minutes times crew of their tasks, for a trained crew. Flows are the plan's shipments; kits are parts ordered from the home plant, at price plus freight.",
        "programme_make, programme_shipments, programme_orders",
    ),
    (
        "lines",
        "Station loads and bounds",
        "A station's load is the sum of its tasks' minutes over its copies. The bound is the proven least number of stations at the pace asked for.",
        "line_menu, line_stations",
    ),
    (
        "schedule",
        "Dates",
        "Openings, first pieces, licences, first articles and training, by the plan's rules for lead times.",
        "programme_lines, programme_people",
    ),
    (
        "workshare",
        "Workshare",
        "Labour minutes of what is made at a partner's sites over all labour minutes, as promised in ring.toml; value is what is spent there on sites, lines, first articles, hiring, training and wages. A period counts in the month it begins in.",
        "programme_workshare",
    ),
    (
        "localised",
        "Localisation",
        "Pieces ordered and their price without freight, by the mode of their source: in kits from home, straight from elsewhere, localised.",
        "programme_localisation",
    ),
    (
        "lost",
        "Lost pieces by cause",
        "The product planned less the product finished, divided among causes in each run; the bar is the mean over runs.",
        "evidence_lost, evidence_samples",
    ),
    (
        "weeks",
        "Working time",
        "Minutes of all shifts, less holidays, less dated outages with their recovery, less the expected share of alarms and power in which work stops; over the most a period of the site holds.",
        "programme_worktime",
    ),
    (
        "stations",
        "Use of stations",
        "Share of the time the station's line was set up and staffed, mean over runs.",
        "evidence_stations",
    ),
    (
        "questions",
        "Effect of a question",
        "With the number at its low and at its high end, sites and lines stay as planned; people, production, purchases and deliveries are planned anew. The effect is the larger change against the ring as it is. Options are planned anew from the ground.",
        "decision_questions, decision_options",
    ),
    (
        "weighing",
        "Alternatives over futures",
        "A future gives every open question a value of its range at once, by the shape of the range. Sites and lines of an alternative stay; the rest follows the future. Best, regret and the worth of answers compare alternatives in the same futures.",
        "decision_alternatives, decision_futures, decision_knowing",
    ),
    (
        "stops",
        "When one place stops",
        "Time to survive and time to recover by two linear programs on the plan's last weeks: how long all deliveries can be kept up, and the least value lost until all is back. Stock and what is under way count; nothing says how likely a stop is.",
        "decision_stops, decision_options",
    ),
    (
        "gates",
        "Gates",
        "A gate is passed when all its evidence is accepted by someone other than its owner, the sites in use have the readiness it asks for, every earlier gate is passed, and two partners signed the last decision, a go.",
        "decision_gates, decision_record",
    ),
    (
        "readiness",
        "Readiness",
        "Levels 1 to 10 as assessed, per thread, of the sites that the plan orders lines at. The least thread counts; what is not assessed reaches no level.",
        "decision_readiness",
    ),
    (
        "first-articles",
        "First articles",
        "One for each item made on the first lines of a kind at a site, on each further order of such lines, at each revision that becomes effective while they make it, and after a pause longer than the ring allows.",
        "decision_first_articles",
    ),
    (
        "moves",
        "Moves",
        "Where this plan carries another one on: every site opened, lines ordered or pieces made in a period that differ from it by more than a hundredth of a piece. Why one did not stay is told from this plan\u{2019}s own lines, people, stocks and arrivals.",
        "moves",
    ),
];

fn methods(c: &Context<'_>) -> Html {
    let mut out = String::from("<dl class=\"methods\">\n");
    // Only a plan that carries another one on has moves.
    let has_moves = c.d.programme.is_some() && rules::moves::has_kept_plan(c.ring());
    for (id, name, text, tables) in METHODS.iter().filter(|(id, ..)| *id != "moves" || has_moves) {
        let files: Vec<String> = tables.split(", ").map(|t| format!("tables/{t}.csv")).collect();
        out.push_str(&format!(
            "<div id=\"how-{id}\"><dt>{}</dt><dd>{} <span class=\"who\">{}</span></dd></div>\n",
            esc(name),
            esc(text),
            esc(&files.join(", "))
        ));
    }
    out.push_str("</dl>\n");
    Html::trusted(out)
}

fn provenance(c: &Context<'_>) -> Html {
    let p = c.d.provenance;
    let mut html = Html::new();
    html.para(&format!(
        "Ringworks {}, seed {}. The same inputs, options and seed give this page byte for byte, on any number of threads.",
        c.version(),
        p.seed
    ));
    if !p.options.is_empty() {
        let mut options = Table::new("Options", vec![Column::text("Option"), Column::text("Value")]);
        p.options.iter().for_each(|(name, value)| {
            options.row([name.as_str(), value.as_str()]);
        });
        html.push(&options.html());
    }
    if !p.inputs.is_empty() {
        let mut inputs = Table::new("Input files", vec![Column::text("File"), Column::text("SHA-256")]);
        for (file, hash) in &p.inputs {
            inputs.row([Cell::from(file.as_str()), Html::text(hash).wrap("code", "").into()]);
        }
        html.push(&inputs.folded("Show input files and their hashes"));
    }
    html
}
