//! `ringworks new`: a sample ring to start from.

use std::path::PathBuf;

use ring_io::NewFolder;

use crate::args::Cli;
use crate::embedded::TEMPLATES;
use crate::exit::{Answer, Failure};
use crate::stop;
use crate::talk::say;

/// Write a sample ring to start from
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which sample
    #[arg(long, value_enum, default_value_t = Template::Pilot, value_name = "NAME")]
    template: Template,

    /// The folder to write; it must not exist yet
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// The sample rings.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Template {
    /// One site, ten units a month
    Pilot,
    /// Seven sites, sub-assemblies, two customers, a year by week
    Ring,
    /// Forty candidate sites, twelve items, two years: a load test
    Large,
}

impl Template {
    fn name(self) -> &'static str {
        match self {
            Self::Pilot => "pilot",
            Self::Ring => "ring",
            Self::Large => "large",
        }
    }
}

/// Writes the sample.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let name = args.template.name();
    let files = TEMPLATES.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, files)| *files);
    if files.is_empty() {
        return Err(anyhow::anyhow!("the sample `{name}` is not built into this program; that is a defect").into());
    }
    let folder = NewFolder::begin(&args.folder, None)?;
    stop::unfinished(folder.path());
    for (file, bytes) in files {
        folder.write(file, bytes)?;
    }
    folder.finish()?;
    if !cli.quiet {
        let shown = args.folder.display();
        say(format!("wrote {} files to {shown}\nnext: ringworks check {shown}", files.len()));
    }
    Ok(Answer::Yes)
}
