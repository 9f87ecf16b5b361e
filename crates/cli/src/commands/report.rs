//! `ringworks report`: a dossier's page again, from its own results.

use std::path::PathBuf;

use ring_io::{Existing, write_file};

use super::compare;
use crate::args::Cli;
use crate::dossier::{self, Proof, RING};
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output;
use crate::talk::say;

/// Write a dossier's page again
#[derive(Debug, clap::Args)]
#[command(after_help = "\
From the results kept in the dossier, for instance with a newer program.
Nothing is computed again but the independent check.")]
pub(crate) struct Args {
    /// A dossier's folder
    #[arg(value_name = "DIR")]
    dossier: PathBuf,

    /// Where to write the page [default: in the dossier]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Replace FILE when there is one
    #[arg(long, requires = "out")]
    replace: bool,

    /// Also say what moved since this dossier
    #[arg(long, value_name = "DIR")]
    since: Option<PathBuf>,
}

/// Writes the page.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    dossier::expect(&args.dossier)?;
    let loaded = match input::load(&args.dossier.join(RING), cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let mut study = Proof::read(&args.dossier, &loaded.ring)?.into_study();
    study.findings = study::confirm(&loaded.ring, &study);
    let moved = match &args.since {
        Some(since) => match compare::since(since, &loaded, &study, cli)? {
            Ok(moved) => Some(moved),
            Err(answer) => return Ok(answer),
        },
        None => None,
    };
    // The dossier's own page may be written again; another file may be somebody's.
    let (out, existing) = match &args.out {
        Some(out) if !args.replace => (out.clone(), Existing::Keep),
        Some(out) => (out.clone(), Existing::Replace),
        None => (args.dossier.join("report.html"), Existing::Replace),
    };
    let dossier = report::Dossier { moved: moved.as_ref(), ..output::dossier(&loaded, &study) };
    write_file(&out, report::page(&dossier).as_bytes(), existing)?;
    if !cli.quiet {
        say(format!("wrote {}", out.display()));
    }
    Ok(if study.findings.is_empty() { Answer::Yes } else { Answer::No })
}
