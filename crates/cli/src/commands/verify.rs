//! `ringworks verify`: a dossier's results recomputed without the engines that made them.

use std::path::PathBuf;

use diag::{Code, Diagnostic, Place};
use ring_io::Loaded;
use serde_json::json;

use crate::args::Cli;
use crate::dossier::{self, Proof, RING};
use crate::exit::{Answer, Failure};
use crate::input;
use crate::output::{diagnostics, tell};
use crate::show::count;
use crate::talk::{Format, give, give_json};

/// Recompute a dossier's results without the engines that made them
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads the inputs and results kept in the dossier and recomputes precedence,
capacity, flows, dates, every cost and every summary. With --ring, also
whether the dossier was made from that ring.")]
pub(crate) struct Args {
    /// A dossier's folder
    #[arg(value_name = "DIR")]
    dossier: PathBuf,

    /// The ring it should have been made from
    #[arg(long, value_name = "RING")]
    ring: Option<PathBuf>,
}

/// Verifies and shows what was found.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    dossier::expect(&args.dossier)?;
    let inside = args.dossier.join(RING);
    let loaded = match input::load(&inside, cli)? {
        Ok(loaded) => loaded,
        Err(answer) => return Ok(answer),
    };
    let proof = Proof::read(&args.dossier, &loaded.ring)?;
    let inputs = proof.provenance.inputs.clone();
    let study = proof.into_study();
    let mut findings = study::confirm(&loaded.ring, &study);
    if let Some(ring) = &args.ring {
        match input::load(ring, cli)? {
            Ok(other) => findings.extend(other_inputs(&other, &inputs)),
            Err(answer) => return Ok(answer),
        }
    }
    let holds = findings.is_empty();
    match cli.format {
        Format::Json => give_json(&json!({
            "version": 1,
            "command": "verify",
            "dossier": args.dossier.display().to_string(),
            "holds": holds,
            "findings": diagnostics(&loaded, &findings),
        }))?,
        Format::Text => {
            tell(&loaded, &findings);
            let verdict = if holds { "every result holds".to_owned() } else { count(findings.len(), "finding") };
            give(&format!("{}: {verdict}\n", args.dossier.display()))?;
        }
    }
    Ok(if holds { Answer::Yes } else { Answer::No })
}

/// A finding for each input file that differs from what the dossier was made from.
fn other_inputs(other: &Loaded, inputs: &[(String, String)]) -> Vec<Diagnostic> {
    let mut names: Vec<&String> =
        inputs.iter().map(|(name, _)| name).chain(other.hashes.iter().map(|h| &h.file)).collect();
    names.sort();
    names.dedup();
    let then = |name: &String| inputs.iter().find(|(n, _)| n == name).map(|(_, hash)| hash);
    let now = |name: &String| other.hashes.iter().find(|h| h.file == *name).map(|h| &h.sha256);
    let differ = names.into_iter().filter(|name| then(name) != now(name));
    differ
        .map(|name| {
            let fact = match (then(name), now(name)) {
                (Some(_), Some(_)) => format!("`{name}` is not what the dossier was made from"),
                (Some(_), None) => format!("`{name}` is missing; the dossier was made with it"),
                _ => format!("`{name}` is new; the dossier was made without it"),
            };
            let help = "study this ring again, or verify against the ring of that day";
            Diagnostic::error(Code(406), fact, help).at(Place::Result("dossier".to_owned()), "")
        })
        .collect()
}
