//! What `plan`, `simulate` and `decide` share: the study cut short, so that each gives the study's own numbers.

use std::path::PathBuf;

use ring_io::Loaded;
use study::{Stage, Study};

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{give_tables, tell_troubles};
use crate::talk::{Format, give};
use crate::work::{self, Work};

/// Arguments of a stage.
#[derive(Debug, clap::Args)]
pub(crate) struct StageArgs {
    /// A ring folder or workbook
    #[arg(value_name = "RING")]
    pub(super) ring: PathBuf,

    #[command(flatten)]
    pub(super) work: Work,
}

/// Runs the study up to a stage and shows that stage's result.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn run(
    args: &StageArgs,
    cli: &Cli,
    until: Stage,
    show: impl Fn(&Loaded, &Study) -> Option<String>,
) -> Result<Answer, Failure> {
    let loaded = match input::load(&args.ring, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let ran = work::run(&loaded, &args.work, until, cli);
    let study = &ran.outcome.best;
    tell_troubles(&loaded, study);
    match cli.format {
        Format::Json => give_tables(&loaded, study, until.word())?,
        Format::Text => give(&show(&loaded, study).unwrap_or_default())?,
    }
    Ok(ran.answer())
}
