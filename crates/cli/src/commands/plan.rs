//! `ringworks plan`: which sites make which item, when, how much and for whom.

use study::Stage;

use super::stage::{self, StageArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show;

/// Which sites make which item, when, how much and for whom
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Lays out the lines first, then plans with them, as `study` does. The cost is
given with the least it could proven be.")]
pub(crate) struct Args {
    #[command(flatten)]
    stage: StageArgs,
}

/// Plans and shows the programme.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    stage::run(&args.stage, cli, Stage::Plan, |loaded, study| {
        let programme = study.programme.as_ref()?;
        Some(show::programme::text(&loaded.ring, &study.designs, programme))
    })
}
