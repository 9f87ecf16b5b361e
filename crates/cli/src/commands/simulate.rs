//! `ringworks simulate`: would the plan hold? And plain lines, by themselves.

mod line;
mod line_file;
mod line_read;
mod trace;

use std::num::{NonZeroU32, NonZeroUsize};
use std::path::PathBuf;

use model::ids::PeriodId;
use simulate::ring::Stops;
use study::Stage;
use units::Id;

use super::stage::{self, StageArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show;
use crate::work::Work;

/// Would the plan hold? Every unit at every station, many times
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Of a ring: plans first, then runs the plan through spread, breakdowns, absence,
alarms, power, outages and missing parts. Intervals are of 95 %.
  ringworks simulate RING --stops --stop-days 14    time to survive, to recover
  ringworks simulate RING --trace 3 > visits.csv    replay of replication 3
  ringworks simulate RING --trace 3 --gantt A --day 12 > day.svg

Of a line, such as those in cases/lines: stations in series with buffers.
  ringworks simulate line.toml --precision 0.001 --format json
What is exactly recursive runs without events, sixteen replications side by
side in the lanes of vectors; the rest runs one event at a time. Both give the
same times to the last tick.")]
pub(crate) struct Args {
    /// A ring folder or workbook, or the .toml file of a line
    #[arg(value_name = "RING|LINE.toml")]
    input: PathBuf,

    #[command(flatten)]
    work: Work,

    /// Replications; 64 of a line, a ring's by effort
    #[arg(long, value_name = "N")]
    replications: Option<NonZeroUsize>,

    #[command(flatten)]
    ring: RingArgs,

    #[command(flatten)]
    line: LineArgs,
}

/// What only a ring can be told.
#[derive(Debug, clap::Args)]
struct RingArgs {
    /// Ring: stop each site, supplier and lane in turn
    #[arg(long)]
    stops: bool,

    /// Ring: days of a stop that ends; else as outages say
    #[arg(long, value_name = "DAYS", requires = "stops")]
    stop_days: Option<NonZeroU32>,

    /// Ring: period in which stops begin; else the middle
    #[arg(long, value_name = "N", requires = "stops")]
    stop_from: Option<NonZeroU32>,

    /// Ring: worth of one more place, copy, person, kit
    #[arg(long)]
    worth: bool,

    /// Ring: every visit of one replication instead
    #[arg(long, value_name = "RUN")]
    trace: Option<u32>,

    /// Replay: a site's day as a Gantt chart, SVG
    #[arg(long, value_name = "SITE", requires_all = ["trace", "day"])]
    gantt: Option<String>,

    /// Replay: the day of the Gantt chart, from 1
    #[arg(long, value_name = "DAY", requires = "gantt")]
    day: Option<NonZeroU32>,

    /// Replay: the passport of one piece of a line
    #[arg(long, value_name = "LINE:PIECE", requires = "trace", conflicts_with = "gantt")]
    piece: Option<String>,
}

/// What only a plain line can be told.
#[derive(Debug, clap::Args)]
struct LineArgs {
    /// Line: until the interval is this narrow, a share
    #[arg(long, value_name = "SHARE", conflicts_with = "replications")]
    precision: Option<f64>,

    /// Line: time not counted; from pilots unless given
    #[arg(long, value_name = "TIME")]
    warm_up: Option<f64>,

    /// Line: time counted in each replication
    #[arg(long, value_name = "TIME")]
    length: Option<f64>,

    /// Line: sse2, avx2 or avx512; the widest unless given
    #[arg(long, value_name = "WIDTH")]
    simd: Option<String>,

    /// Line: one event at a time, whatever the line
    #[arg(long, conflicts_with = "simd")]
    events: bool,
}

/// Simulates and shows what happened.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if args.input.extension().is_some_and(|e| e.eq_ignore_ascii_case("toml")) && args.input.is_file() {
        return line::run(args, cli);
    }
    let asked = Stops {
        from: args.ring.stop_from.map(|n| PeriodId::from_index(n.get() as usize - 1)),
        days: args.ring.stop_days.map(|n| i64::from(n.get())),
    };
    let work = Work {
        replications: args.replications,
        stops: args.ring.stops.then_some(asked),
        worth: args.ring.worth,
        ..args.work.clone()
    };
    if let Some(index) = args.ring.trace {
        return trace::run(&args.input, &work, (index, &args.ring), cli);
    }
    let stage = StageArgs { ring: args.input.clone(), work };
    stage::run(&stage, cli, Stage::Simulate, |loaded, study| {
        Some(show::evidence::text(&loaded.ring, study.evidence.as_ref()?))
    })
}
