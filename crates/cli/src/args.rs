//! The command line: what may be said, and the help that explains it.

use clap::{Parser, Subcommand};

use crate::commands;
use crate::talk::Format;

/// The commands in the order of work; clap would list them without their groups.
const HELP: &str = "\
{about}

Usage: ringworks [OPTIONS] COMMAND

The main job:
  study        A ring to a dossier: all the stages below, and the page

One stage at a time:
  check        Is the input sound? Every fault, and every question still open
  balance      Lay out the lines: stations, cycle time, and the proven least
  plan         Which sites make which item, when, how much and for whom
  replan       Plan again from a day on, moving as little as asked
  simulate     Would the plan hold? Every unit at every station, many times
  decide       Gates, and the open questions that would change the answer
  report       Write a dossier's page again
  compare      Two dossiers side by side, the difference explained by cause

Rings and dossiers:
  new          Write a sample ring to start from
  import       Turn a workbook into a ring folder
  export       Turn a ring folder into a workbook
  verify       Recompute a dossier's results without the engines that made them

Running the ring:
  ledger       What was made and handed over, so that every party can believe it

Help:
  explain      What a code such as RW0102 means, with an example
  doctor       Is this program sound on this machine?
  completions  Completions for a shell

Options:
{options}

Data goes to stdout, talk to stderr. Exit codes: 0 all is well, 1 the answer
is no, 2 it could not run, 130 stopped by Ctrl-C with what there was.
`ringworks COMMAND --help` tells more about a command.
";

/// Plans, proves and runs a production ring: one product, several sites.
#[derive(Debug, Parser)]
#[command(name = "ringworks", bin_name = "ringworks", version, help_template = HELP, max_term_width = 80)]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    /// How results are given
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "FORM",
        hide_possible_values = true,
        hide_default_value = true,
        display_order = 100,
        help = "How results are given: text or json"
    )]
    pub(crate) format: Format,

    /// Say less: no progress, no closing remarks
    #[arg(short, long, global = true, display_order = 101)]
    pub(crate) quiet: bool,

    /// When to use colours
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        hide_default_value = true,
        display_order = 102,
        help = "Colours: auto, always or never"
    )]
    pub(crate) color: Colour,

    #[command(subcommand)]
    pub(crate) command: Command,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Tells every stream.
    pub(crate) fn settle(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Study(commands::study::Args),
    Check(commands::check::Args),
    Balance(commands::balance::Args),
    Plan(commands::plan::Args),
    Replan(commands::replan::Args),
    Simulate(commands::simulate::Args),
    Decide(commands::decide::Args),
    Report(commands::report::Args),
    Compare(commands::compare::Args),
    New(commands::new::Args),
    Import(commands::import::Args),
    Export(commands::export::Args),
    Verify(commands::verify::Args),
    Ledger(commands::ledger::Args),
    Explain(commands::explain::Args),
    Doctor(commands::doctor::Args),
    Completions(commands::completions::Args),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_help_names_every_command_and_no_other() {
        Cli::command().debug_assert();
        let real: Vec<String> = Cli::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
        let rows = HELP.lines().filter(|line| line.starts_with("  "));
        let mut told: Vec<String> = rows.filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
        told.sort();
        let mut expected = real.clone();
        expected.sort();
        assert_eq!(told, expected);
        assert!(HELP.lines().all(|line| line.chars().count() <= 80), "80 columns");
    }
}
