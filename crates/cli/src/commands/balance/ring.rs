//! Balancing the lines of a ring.

use anyhow::anyhow;
use balance::budget::Budget;
use balance::ring::{Copies, LayoutOptions, Line, LineRequest, MenuOptions, layout, menus};
use balance::{Goal, Problem};
use diag::{Code, Diagnostic, nearest};
use model::Ring;
use model::control::Control;
use model::ids::ItemId;
use model::results::{LineDesign, LineOption, Provenance};
use model::tables::capability::LineType;
use ring_io::Loaded;
use study::Study;
use units::Minutes;

use super::Args;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{give_tables, tell};
use crate::progress::Watch;
use crate::show::lines::{menus as show_menus, stations};
use crate::stop;
use crate::talk::{Format, give};
use crate::work::complete;

/// Balances all lines, or the one asked for.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if !args.takt.is_empty() && args.stations.is_some() {
        return Err(anyhow!("--takt or --stations, not both, for the lines of a ring").into());
    }
    if args.threads.is_some() || args.time_max.is_some() {
        return Err(anyhow!("--threads and --time-max are for instance files, not for a ring").into());
    }
    let loaded = match input::load(&args.input, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let mut control = Control::new(stop::flag(), u64::MAX, &listen);
    let effort = args.effort.effort();
    let one = args.whole || args.item.is_some() || !args.takt.is_empty() || args.stations.is_some();
    let copies = if args.no_copies { Copies::Refused } else { Copies::Allowed };
    let layouts = LayoutOptions { copies, ..LayoutOptions::of(effort) };
    let found = if one {
        line(args, &loaded.ring)?.map_err(|refusal| vec![refusal]).and_then(|line| {
            let takts = takts(args, &line, &mut control)?;
            design(&loaded.ring, &line, takts, layouts, &mut control).map_err(|refusal| vec![refusal])
        })
    } else {
        menus(&loaded.ring, &MenuOptions { layout: layouts, ..MenuOptions::of(effort) }, &mut control)
    };
    drop(watch);
    let designs = match found {
        Ok(designs) => designs,
        Err(refusals) => {
            tell(&loaded, &refusals);
            return Ok(Answer::No);
        }
    };
    show(args, cli, &loaded, designs)
}

/// The line asked for; the outer error is a name that is not in the ring.
pub(super) fn line(args: &Args, ring: &Ring) -> Result<Result<Line, Diagnostic>, Failure> {
    let item = match &args.item {
        None => ring.settings.product,
        Some(name) => item(ring, name)?,
    };
    for area in &args.without_area {
        let areas = ring.tasks.iter().map(|task| task.area.as_str());
        if !areas.clone().any(|a| a == area) {
            return Err(unknown("area", area, areas));
        }
    }
    let line_type = if args.whole { LineType::Complete } else { LineType::Cell };
    Ok(Line::new(ring, LineRequest { item, line_type, without_areas: args.without_area.clone() }))
}

pub(super) fn item(ring: &Ring, name: &str) -> Result<ItemId, Failure> {
    let found = ring.items.enumerate().find(|(_, item)| item.key == name).map(|(id, _)| id);
    found.ok_or_else(|| unknown("item", name, ring.items.iter().map(|item| item.key.as_str())))
}

pub(super) fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    let help = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("`ringworks check` and the tables of the ring tell each {kind}"),
    };
    Box::new(Diagnostic::error(Code(504), format!("the ring has no {kind} `{name}`"), help)).into()
}

/// The takts to lay out: those asked for, or the shortest with the stations there are.
fn takts(args: &Args, line: &Line, control: &mut Control<'_>) -> Result<Option<Vec<Minutes>>, Vec<Diagnostic>> {
    if let Some(stations) = args.stations {
        let problem = Problem { instance: &line.instance, goal: Goal::CycleTime { stations: stations.max(1) } };
        let outcome = balance::solve(&problem, &balance::Options::default(), control);
        let best = outcome.best.map(|best| i64::from(best.cycle_time(&line.instance)));
        return Ok(best.map(|ticks| vec![Minutes::from_ticks(ticks)]));
    }
    let mut takts = Vec::new();
    for text in &args.takt {
        match text.trim().parse::<Minutes>() {
            Ok(takt) if takt > Minutes::from_ticks(0) => takts.push(takt),
            _ => return Err(vec![no_takt(text)]),
        }
    }
    Ok((!takts.is_empty()).then_some(takts))
}

pub(super) fn no_takt(text: &str) -> Diagnostic {
    Diagnostic::error(Code(504), format!("`{text}` is not a takt"), "write minutes above 0, such as 60 or 7.5")
}

/// A layout per takt in the order asked for, or the menu that demand asks for.
fn design(
    ring: &Ring,
    line: &Line,
    takts: Option<Vec<Minutes>>,
    options: LayoutOptions,
    control: &mut Control<'_>,
) -> Result<Vec<LineDesign>, Diagnostic> {
    let Some(takts) = takts else {
        let time = rules::calendar::WorkTime::new(ring);
        let menu = MenuOptions { layout: options, options_max: 6, takts: None };
        return balance::ring::menu(ring, line, &time, &menu, control).map(|design| vec![design]);
    };
    let mut budget = Budget::new(control);
    let one = |takt| layout(ring, line, takt, options, &mut budget);
    let options: Vec<LineOption> = takts.into_iter().map(one).collect::<Result<_, _>>()?;
    Ok(vec![LineDesign { item: line.request.item, line_type: line.request.line_type, options }])
}

/// The options the layouts depend on, in name order.
fn options(args: &Args) -> Vec<(String, String)> {
    let mut options = vec![("effort", args.effort.word().to_owned())];
    options.extend(args.item.iter().map(|item| ("item", item.clone())));
    options.push(("copies", (!args.no_copies).to_string()));
    options.extend(args.stations.iter().map(|n| ("stations", n.to_string())));
    if !args.takt.is_empty() {
        options.push(("takt", args.takt.join(",")));
    }
    options.push(("whole", args.whole.to_string()));
    if !args.without_area.is_empty() {
        options.push(("without_area", args.without_area.join(",")));
    }
    options.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn show(args: &Args, cli: &Cli, loaded: &Loaded, designs: Vec<LineDesign>) -> Result<Answer, Failure> {
    match cli.format {
        Format::Json => {
            let provenance = complete(Provenance { options: options(args), ..Provenance::default() }, loaded);
            give_tables(loaded, &Study { designs, provenance, ..Study::default() }, "balance")?;
        }
        Format::Text => {
            let mut text = show_menus(&loaded.ring, &designs);
            for option in designs.iter().flat_map(|d| &d.options).filter(|_| args.show_stations) {
                let takt = option.takt.as_f64();
                text.push_str(&format!("\nStations at takt {takt:.1} min\n{}", stations(&loaded.ring, option)));
            }
            give(&text)?;
        }
    }
    Ok(if stop::is_asked() { Answer::Stopped } else { Answer::Yes })
}
