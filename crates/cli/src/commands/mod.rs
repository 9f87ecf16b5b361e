//! The commands, one per file, and the table that starts them.

pub(crate) mod balance;
pub(crate) mod check;
pub(crate) mod compare;
pub(crate) mod completions;
mod convert;
pub(crate) mod decide;
pub(crate) mod doctor;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod import;
pub(crate) mod ledger;
pub(crate) mod new;
pub(crate) mod plan;
pub(crate) mod replan;
pub(crate) mod report;
pub(crate) mod simulate;
mod stage;
pub(crate) mod study;
pub(crate) mod verify;

use ring_io::Located;
use ring_io::render::{Colour, render_text};

use crate::args::{Cli, Command};
use crate::exit::{Answer, Failure};
use crate::talk::{say, stderr_has_colour};

/// Runs the command that was asked for.
///
/// # Errors
/// Why it could not run.
pub(crate) fn run(cli: &Cli) -> Result<Answer, Failure> {
    match &cli.command {
        Command::Study(args) => study::run(args, cli),
        Command::Check(args) => check::run(args, cli),
        Command::Balance(args) => balance::run(args, cli),
        Command::Plan(args) => plan::run(args, cli),
        Command::Replan(args) => replan::run(args, cli),
        Command::Simulate(args) => simulate::run(args, cli),
        Command::Decide(args) => decide::run(args, cli),
        Command::Report(args) => report::run(args, cli),
        Command::Compare(args) => compare::run(args, cli),
        Command::New(args) => new::run(args, cli),
        Command::Import(args) => import::run(args, cli),
        Command::Export(args) => export::run(args, cli),
        Command::Ledger(args) => ledger::run(args, cli),
        Command::Verify(args) => verify::run(args, cli),
        Command::Explain(args) => explain::run(args, cli),
        Command::Doctor(args) => doctor::run(args, cli),
        Command::Completions(args) => completions::run(args),
    }
}

/// Shows why a command could not run.
pub(crate) fn tell_located(located: &Located) {
    let colour = if stderr_has_colour() { Colour::Always } else { Colour::Never };
    say(render_text(std::slice::from_ref(located), colour).trim_end());
}
