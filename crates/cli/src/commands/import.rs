//! `ringworks import`: a workbook to a ring folder.

use std::path::PathBuf;

use super::convert;
use crate::args::Cli;
use crate::exit::{Answer, Failure};

/// Turn a workbook into a ring folder
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The workbook has a sheet per table, named like it, and a sheet `ring` for
the settings. What the tables say is not judged here; `check` does that.")]
pub(crate) struct Args {
    /// The workbook, ending in .xlsx
    workbook: PathBuf,

    /// The folder to write
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Replace a ring folder that is already there
    #[arg(long)]
    force: bool,
}

/// Writes the folder.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if !convert::is_workbook(&args.workbook) {
        return Err(
            anyhow::anyhow!("`{}` does not end in .xlsx; `export` makes a workbook", args.workbook.display()).into()
        );
    }
    convert::run(&args.workbook, &args.folder, args.force, cli)
}
