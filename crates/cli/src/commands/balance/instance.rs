//! Balancing an instance file of the literature.

use std::fs;

use anyhow::{Context, anyhow, bail};
use balance::literature::{read_alb, read_in2};
use balance::{Goal, Instance, Outcome, Problem, Status};
use model::control::Control;
use ring_io::Sources;
use serde_json::json;

use super::Args;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::progress::Watch;
use crate::stop;
use crate::talk::{Format, give, give_json};
use crate::work::HowHard;

/// A file larger than this is refused, bytes.
const BYTES_MAX: u64 = 10_000_000;
/// Steps of search at quick effort.
const WORK_QUICK: u64 = 50_000_000;
/// Steps of search at full effort.
const WORK_FULL: u64 = 5_000_000_000;

/// Reads, balances, shows.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let (instance, written) = read(args)?;
    let goal = goal(args, written)?;
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let work_max = if args.effort == HowHard::Quick { WORK_QUICK } else { WORK_FULL };
    let mut control = Control::new(stop::flag(), work_max, &listen);
    let outcome = balance::solve(&Problem { instance: &instance, goal }, &balance::Options::default(), &mut control);
    drop(watch);
    show(&instance, goal, &outcome, cli)?;
    Ok(match outcome.status {
        _ if stop::is_asked() => Answer::Stopped,
        Status::Optimal | Status::Feasible => Answer::Yes,
        Status::Infeasible | Status::Unknown => Answer::No,
    })
}

/// The tasks, and the cycle time the file names.
fn read(args: &Args) -> Result<(Instance, Option<u32>), Failure> {
    let shown = args.input.display();
    let size = fs::metadata(&args.input).with_context(|| format!("`{shown}` cannot be read"))?.len();
    if size > BYTES_MAX {
        return Err(anyhow!("`{shown}` is larger than 10 MB").into());
    }
    let text = fs::read_to_string(&args.input).with_context(|| format!("`{shown}` cannot be read as text"))?;
    let is_alb = args.input.extension().is_some_and(|e| e.eq_ignore_ascii_case("alb"));
    let read = if is_alb {
        read_alb(&text).map(|file| (file.instance, file.cycle_time))
    } else {
        read_in2(&text).map(|file| (file.instance, None))
    };
    read.map_err(|fault| {
        let file = shown.to_string();
        let located = Sources::of(&file, &text).locate_all(fault.diagnostic(&file, &text));
        Failure::Told(Box::new(located))
    })
}

fn goal(args: &Args, written: Option<u32>) -> anyhow::Result<Goal> {
    match (args.stations, args.takt.as_slice(), written) {
        (Some(stations), ..) => Ok(Goal::CycleTime { stations: stations.max(1) }),
        (None, [one], _) => {
            let cycle_time: u32 =
                one.trim().parse().map_err(|_| anyhow!("`{one}` is not a cycle time; it is a whole number here"))?;
            Ok(Goal::Stations { cycle_time: cycle_time.max(1) })
        }
        (None, [], Some(cycle_time)) => Ok(Goal::Stations { cycle_time }),
        (None, [], None) => bail!("the file names no cycle time; give --takt or --stations"),
        (None, ..) => bail!("one cycle time at a time for such a file"),
    }
}

fn show(instance: &Instance, goal: Goal, outcome: &Outcome, cli: &Cli) -> Result<(), Failure> {
    let loads = outcome.best.as_ref().map(|best| best.loads(instance));
    let found = outcome.best.as_ref().map(|best| match goal {
        Goal::CycleTime { .. } => u64::from(best.cycle_time(instance)),
        _ => u64::from(best.stations),
    });
    let status = match outcome.status {
        Status::Optimal => "optimal",
        Status::Feasible => "work-limited",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    };
    let what = if matches!(goal, Goal::CycleTime { .. }) { "cycle time" } else { "stations" };
    if cli.format == Format::Json {
        give_json(&json!({
            "version": 1, "command": "balance", "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
            "tasks": instance.n_tasks(), "sought": what, "status": status, "found": found, "bound": outcome.bound,
            "station_of": outcome.best.as_ref().map(|best| best.station_of.clone()), "loads": loads,
            "work": outcome.stats.work,
        }))?;
        return Ok(());
    }
    let found = found.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let tasks = instance.n_tasks();
    give(&format!("{tasks} tasks: {what} {found}, at least {} ({status})\n", outcome.bound))?;
    Ok(())
}
