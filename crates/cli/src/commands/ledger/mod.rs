//! `ringworks ledger`: what was made and handed over, so that every party can believe it.

mod append;
mod checkpoint;
mod export;
mod export_pg;
mod fetch;
mod history;
mod import;
mod open;
mod pull;
mod told;
mod verify;
mod where_used;

use std::path::{Path, PathBuf};

use crate::args::Cli;
use crate::exit::{Answer, Failure};

/// What was made and handed over, so that every party can believe it
#[derive(Debug, clap::Args)]
#[command(after_help = "\
A ring's ledger lies in its folder `ledger`. Each site has one of its own and
works without any network; `pull` exchanges them. docs/ledger.md says what
can be believed and why.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Open(open::Args),
    Append(append::Args),
    Import(import::Args),
    Export(export::Args),
    ExportPg(export_pg::Args),
    Checkpoint(checkpoint::Args),
    Pull(pull::Args),
    History(history::Args),
    WhereUsed(where_used::Args),
    Verify(verify::Args),
}

/// Runs the part that was asked for.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    match &args.command {
        Command::Open(args) => open::run(args, cli),
        Command::Append(args) => append::run(args, cli),
        Command::Import(args) => import::run(args, cli),
        Command::Export(args) => export::run(args, cli),
        Command::ExportPg(args) => export_pg::run(args, cli),
        Command::Checkpoint(args) => checkpoint::run(args, cli),
        Command::Pull(args) => pull::run(args, cli),
        Command::History(args) => history::run(args, cli),
        Command::WhereUsed(args) => where_used::run(args, cli),
        Command::Verify(args) => verify::run(args, cli),
    }
}

/// The folder of a ring's ledger.
fn folder(ring: &Path) -> PathBuf {
    ring.join("ledger")
}
