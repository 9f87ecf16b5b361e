//! `ringworks export`: a ring folder to a workbook.

use std::path::PathBuf;

use super::convert;
use crate::args::Cli;
use crate::exit::{Answer, Failure};

/// Turn a ring folder into a workbook
#[derive(Debug, clap::Args)]
#[command(after_help = "\
One sheet per table and a sheet `ring` for the settings; `import` brings
the same ring back.")]
pub(crate) struct Args {
    /// The ring folder
    #[arg(value_name = "RING")]
    folder: PathBuf,

    /// The workbook to write, ending in .xlsx
    workbook: PathBuf,

    /// Replace a workbook that is already there
    #[arg(long)]
    force: bool,
}

/// Writes the workbook.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if !convert::is_workbook(&args.workbook) {
        return Err(anyhow::anyhow!("`{}` does not end in .xlsx", args.workbook.display()).into());
    }
    convert::run(&args.folder, &args.workbook, args.force, cli)
}
