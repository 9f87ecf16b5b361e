//! Balancing a line of named workers (ALWABP-2): the shortest cycle time.

use anyhow::{anyhow, bail};
use balance::literature::read_alwabp;
use balance::workers::{WorkerLine, WorkerOutcome, solve};
use serde_json::json;
use verify::plain::check_workers;

use super::instance::{Timed, told, word};
use super::{Args, certificate, instance};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json};

/// Reads, balances, shows.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let text = instance::text(args)?;
    let line = read_alwabp(&text).map_err(|fault| told(args, &text, fault))?;
    let workers = line.n_workers() as u32;
    if !args.takt.is_empty() || args.stations_max.is_some() || args.stations.is_some_and(|s| s != workers) {
        return Err(anyhow!("a line of {workers} workers has as many stations, and its cycle time is sought").into());
    }
    let timed = instance::timed(args, cli, |options, control| solve(&line, options, control));
    show(&line, &timed, cli)?;
    Ok(timed.answer(timed.outcome.status))
}

fn show(line: &WorkerLine, timed: &Timed<WorkerOutcome>, cli: &Cli) -> anyhow::Result<()> {
    let outcome = &timed.outcome;
    let rows: Vec<Vec<u32>> =
        (0..line.n_tasks()).map(|t| (0..line.n_workers()).map(|w| line.time(w, t)).collect()).collect();
    let arcs: Vec<(usize, usize)> = line.graph().successors().pairs().collect();
    let found = outcome.best.as_ref().map(|best| best.cycle_time(line));
    if let (Some(best), Some(cycle_time)) = (&outcome.best, found)
        && let Err(why) = check_workers(&rows, &arcs, &best.station_of, &best.worker_of, cycle_time)
    {
        bail!("the verifier refuses the line: {why}");
    }
    let status = word(outcome.status, timed.cut);
    let bound = (outcome.bound.cycle_time_min < u64::MAX).then_some(outcome.bound.cycle_time_min);
    if cli.format == Format::Json {
        give_json(&json!({
            "version": 1, "command": "balance", "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
            "tasks": line.n_tasks(), "workers": line.n_workers(), "sought": "cycle time of workers", "status": status,
            "stations": line.n_workers(), "cycle_time": found, "found": found, "bound": bound,
            "seconds": timed.seconds, "work": outcome.stats.work,
            "certificate": certificate::of_workers(&rows, &outcome.bound),
            "assignment": outcome.best.as_ref().map(|b| json!({"station_of": b.station_of, "worker_of": b.worker_of})),
            "loads": outcome.best.as_ref().map(|best| best.loads(line)),
        }))?;
        return Ok(());
    }
    let words = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let (tasks, workers) = (line.n_tasks(), line.n_workers());
    give(&format!(
        "{tasks} tasks, {workers} workers: cycle time {}, at least {} ({status})\n",
        words(found),
        words(bound)
    ))?;
    Ok(())
}
