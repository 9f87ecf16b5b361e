//! `ringworks completions`: completions for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::give;

/// Completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "\
For bash, for example:
  ringworks completions bash > ringworks.bash && . ./ringworks.bash")]
pub(crate) struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Gives the script on stdout.
pub(crate) fn run(args: &Args) -> Result<Answer, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ringworks", &mut script);
    give(&String::from_utf8_lossy(&script))?;
    Ok(Answer::Yes)
}
