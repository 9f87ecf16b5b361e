//! `ringworks simulate`: would the plan hold?

use study::Stage;

use super::stage::{self, StageArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show;

/// Would the plan hold? Every unit at every station, many times
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Plans first, then runs the plan through spread, breakdowns, absence, alarms,
power, outages and missing parts. Intervals are of 95 %.")]
pub(crate) struct Args {
    #[command(flatten)]
    stage: StageArgs,
}

/// Simulates and shows what happened.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    stage::run(&args.stage, cli, Stage::Simulate, |loaded, study| {
        Some(show::evidence::text(&loaded.ring, study.evidence.as_ref()?))
    })
}
