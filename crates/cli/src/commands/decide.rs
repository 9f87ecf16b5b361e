//! `ringworks decide`: gates, and the open questions that would change the answer.

use model::results::decision::Answer as Says;
use study::Stage;

use super::stage::{self, StageArgs};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show;

/// Gates, and the open questions that would change the answer
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Plans again for each end of each range and for each option. Exit code 1 when
the evidence supports stopping.")]
pub(crate) struct Args {
    #[command(flatten)]
    stage: StageArgs,
}

/// Decides and shows why.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let stop = std::cell::Cell::new(false);
    let answer = stage::run(&args.stage, cli, Stage::Decide, |loaded, study| {
        let decision = study.decision.as_ref()?;
        stop.set(decision.answer == Says::Stop);
        Some(show::decision::text(&loaded.ring, decision))
    })?;
    Ok(if answer == Answer::Yes && stop.get() { Answer::No } else { answer })
}
