//! Balancing an instance file of the literature.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, bail};
use balance::literature::{TextFault, read_alb, read_in2};
use balance::{Goal, Instance, Options, Outcome, Problem, Status};
use model::control::Control;
use ring_io::Sources;
use serde_json::{Value, json};
use verify::plain::{PlainLine, check_assignment};

use super::{Args, certificate};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::progress::Watch;
use crate::stop;
use crate::talk::{Format, give, give_json};
use crate::work::{self, HowHard};

/// A file larger than this is refused, bytes.
const BYTES_MAX: u64 = 10_000_000;
/// Steps of search at quick effort.
const WORK_QUICK: u64 = 50_000_000;
/// Steps of search at full effort.
const WORK_FULL: u64 = 5_000_000_000;

/// What an engine gave, and how long it took.
pub(super) struct Timed<T> {
    pub(super) outcome: T,
    pub(super) seconds: f64,
    /// The clock ended it.
    pub(super) cut: bool,
}

impl<T> Timed<T> {
    /// What the program answers to a status.
    pub(super) fn answer(&self, status: Status) -> Answer {
        match status {
            _ if stop::is_asked() && !self.cut => Answer::Stopped,
            Status::Optimal | Status::Feasible => Answer::Yes,
            Status::Infeasible | Status::Unknown => Answer::No,
        }
    }
}

/// Reads, balances, shows.
pub(super) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let (instance, written) = read(args)?;
    let goal = goal(args, written)?;
    let problem = Problem { instance: &instance, goal };
    let timed = timed(args, cli, |options, control| balance::solve(&problem, options, control));
    show(&instance, goal, &timed, cli)?;
    Ok(timed.answer(timed.outcome.status))
}

/// Runs an engine with the limits and threads asked for.
pub(super) fn timed<T>(args: &Args, cli: &Cli, engine: impl FnOnce(&Options, &mut Control<'_>) -> T) -> Timed<T> {
    let watch = Watch::new(cli.quiet);
    let listen = |progress| watch.tell(&progress);
    let work_max = match (args.time_max, args.effort) {
        // A limit of time speaks for itself.
        (Some(_), _) => u64::MAX,
        (None, HowHard::Quick) => WORK_QUICK,
        (None, HowHard::Full) => WORK_FULL,
    };
    let timed_out: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
    if let Some(seconds) = args.time_max {
        work::cap(Duration::from_secs(seconds), timed_out);
    }
    let started = Instant::now();
    let options = Options { threads: args.threads.map_or(1, usize::from), ..Options::default() };
    let outcome = engine(&options, &mut Control::new(stop::flag(), work_max, &listen));
    drop(watch);
    Timed { outcome, seconds: started.elapsed().as_secs_f64(), cut: timed_out.load(Ordering::Relaxed) }
}

/// The text of the file.
pub(super) fn text(args: &Args) -> Result<String, Failure> {
    if args.rules.are_asked() || args.whole || args.item.is_some() || !args.without_area.is_empty() || args.no_copies {
        return Err(anyhow!("an instance file has tasks and stations only: no items, areas, copies or rules").into());
    }
    let shown = args.input.display();
    let size = fs::metadata(&args.input).with_context(|| format!("`{shown}` cannot be read"))?.len();
    if size > BYTES_MAX {
        return Err(anyhow!("`{shown}` is larger than 10 MB").into());
    }
    Ok(fs::read_to_string(&args.input).with_context(|| format!("`{shown}` cannot be read as text"))?)
}

/// A fault of the file with its place.
pub(super) fn told(args: &Args, text: &str, fault: TextFault) -> Failure {
    let file = args.input.display().to_string();
    let located = Sources::of(&file, text).locate_all(fault.diagnostic(&file, text));
    Failure::Told(Box::new(located))
}

/// The tasks, and the cycle time the file names.
fn read(args: &Args) -> Result<(Instance, Option<u32>), Failure> {
    let text = text(args)?;
    let is_alb = args.input.extension().is_some_and(|e| e.eq_ignore_ascii_case("alb"));
    let read = if is_alb {
        read_alb(&text).map(|file| (file.instance, file.cycle_time))
    } else {
        read_in2(&text).map(|file| (file.instance, None))
    };
    read.map_err(|fault| told(args, &text, fault))
}

fn goal(args: &Args, written: Option<u32>) -> anyhow::Result<Goal> {
    let cycle_time = match args.takt.as_slice() {
        [] => None,
        [one] => Some(
            one.trim().parse::<u32>().map_err(|_| anyhow!("`{one}` is not a cycle time; it is a whole number here"))?,
        ),
        _ => bail!("one cycle time at a time for such a file"),
    };
    let cycle_time = cycle_time.map(|c| c.max(1));
    match (cycle_time, args.stations.map(|s| s.max(1)), args.stations_max) {
        (Some(_), _, Some(_)) => bail!("--takt and --stations-max, not both, for an instance file"),
        (None, None, Some(_)) => bail!("--stations-max needs --stations, the fewest of them, for an instance file"),
        (None, Some(stations_min), Some(stations_max)) => Ok(Goal::Efficiency { stations_min, stations_max }),
        (Some(cycle_time), Some(stations), None) => Ok(Goal::Feasible { cycle_time, stations }),
        (None, Some(stations), None) => Ok(Goal::CycleTime { stations }),
        (cycle_time, None, None) => match cycle_time.or(written) {
            Some(cycle_time) => Ok(Goal::Stations { cycle_time }),
            None => bail!("the file names no cycle time; give --takt or --stations"),
        },
    }
}

/// The word for a status; `cut` when the clock ended the run.
pub(super) fn word(status: Status, cut: bool) -> &'static str {
    match status {
        Status::Optimal => "optimal",
        Status::Feasible if cut => "time-limited",
        Status::Feasible => "work-limited",
        Status::Infeasible => "infeasible",
        Status::Unknown => "unknown",
    }
}

fn show(instance: &Instance, goal: Goal, timed: &Timed<Outcome>, cli: &Cli) -> anyhow::Result<()> {
    let outcome = &timed.outcome;
    let best = outcome.best.as_ref();
    let (stations, cycle_time) = (best.map(|b| b.stations), best.map(|b| b.cycle_time(instance)));
    if let (Some(best), Some(cycle_time)) = (best, cycle_time) {
        let arcs: Vec<(usize, usize)> = instance.successors().pairs().collect();
        let line = PlainLine { times: instance.times(), arcs: &arcs };
        if let Err(why) = check_assignment(line, &best.station_of, best.stations, cycle_time) {
            bail!("the verifier refuses the line: {why}");
        }
    }
    let product = stations.zip(cycle_time).map(|(m, c)| u64::from(m) * u64::from(c));
    let (what, found) = match goal {
        Goal::Stations { .. } | Goal::Feasible { .. } => ("stations", stations.map(u64::from)),
        Goal::CycleTime { .. } => ("cycle time", cycle_time.map(u64::from)),
        Goal::Efficiency { .. } => ("stations x cycle time", product),
    };
    let status = word(outcome.status, timed.cut);
    let bound = (outcome.bound < u64::from(u32::MAX)).then_some(outcome.bound);
    if cli.format == Format::Json {
        let certificates: Vec<Value> =
            outcome.certificates.iter().map(|claim| certificate::of_line(instance, claim)).collect();
        give_json(&json!({
            "version": 1, "command": "balance", "program": concat!("ringworks ", env!("CARGO_PKG_VERSION")),
            "tasks": instance.n_tasks(), "sought": what, "status": status, "stations": stations,
            "cycle_time": cycle_time, "found": found, "bound": bound, "seconds": timed.seconds,
            "work": outcome.stats.work, "certificate": certificates,
            "assignment": best.map(|b| json!({"station_of": b.station_of})),
            "loads": best.map(|best| best.loads(instance)),
        }))?;
        return Ok(());
    }
    let words = |n: Option<u64>| n.map_or_else(|| "none".to_owned(), |n| n.to_string());
    let tasks = instance.n_tasks();
    give(&format!("{tasks} tasks: {what} {}, at least {} ({status})\n", words(found), words(bound)))?;
    Ok(())
}
