//! `ringworks balance`: lay out the lines of a ring, or an instance of the literature.

mod certificate;
mod instance;
mod ring;
mod sheet;
mod workers;

use std::num::NonZeroUsize;
use std::path::PathBuf;

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::work::HowHard;

pub(crate) use sheet::Told;

/// Lay out the lines: stations, cycle time, and how good that is at best
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without more, every line the ring may need, at the takts that demand asks
for. With --takt or --stations, one line at a time:
  ringworks balance RING --whole --without-area flight_accept --takt 60
With --sheet, or anything that a line is to keep, one line is told in full:
  ringworks balance RING --whole --takt 60 --overflow 0.05 --heads-max 24
A file of the literature is read instead of a ring: .alb, .IN2, or one without
ending for named workers (ALWABP-2). With --takt the fewest stations, with
--stations the shortest cycle time, with both whether there is a line, with
--stations and --stations-max the least product of both.")]
pub(crate) struct Args {
    /// A ring folder or workbook, or an instance file
    #[arg(value_name = "RING")]
    input: PathBuf,

    /// The item the line makes [default: the product]
    #[arg(long, value_name = "ITEM")]
    item: Option<String>,

    /// The complete item, sub-assemblies included
    #[arg(long)]
    whole: bool,

    /// Leave out the tasks of an area; may be repeated
    #[arg(long, value_name = "AREA")]
    without_area: Vec<String>,

    /// Takts or cycle times, minutes: fewest stations
    #[arg(long, alias = "cycle-time", value_name = "MIN,...", value_delimiter = ',')]
    takt: Vec<String>,

    /// Stations: the shortest cycle time with these
    #[arg(long, value_name = "N")]
    stations: Option<u32>,

    /// Most stations
    #[arg(long, alias = "max-stations", value_name = "N")]
    stations_max: Option<u32>,

    /// Of an instance file: threads
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Of an instance file: stop after this
    #[arg(long, alias = "time-limit", value_name = "SECONDS")]
    time_max: Option<u64>,

    /// Refuse copies of a station side by side
    #[arg(long)]
    no_copies: bool,

    /// Show what each station does
    #[arg(long)]
    show_stations: bool,

    /// How hard to try
    #[arg(
        long,
        value_enum,
        default_value_t = HowHard::Quick,
        hide_possible_values = true,
        hide_default_value = true,
        help = "quick (unless given) or full: longer proofs"
    )]
    effort: HowHard,

    #[command(flatten)]
    rules: sheet::Rules,
}

/// Balances and shows the layouts.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let ending = args.input.extension().map(|e| e.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        Some("alb" | "in2") => instance::run(args, cli),
        None | Some("alwabp" | "txt") if args.input.is_file() => workers::run(args, cli),
        _ if args.rules.are_asked() || args.stations_max.is_some() => sheet::run(args, cli),
        _ => ring::run(args, cli),
    }
}
