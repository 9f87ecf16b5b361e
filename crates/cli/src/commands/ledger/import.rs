//! `ringworks ledger import`: EPCIS documents of others, kept word by word.

use std::path::PathBuf;

use ring_io::Sources;
use serde_json::json;
use store::{Ledger, now_ms};

use super::fetch;
use super::told::{self, failure};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json};

/// Take EPCIS 2.0 documents of others into the ledger
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every rule of EPCIS and CBV 2.0 is asked first; a document that breaks one is
refused whole. It is kept word by word and moves no serial of this ring.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// Documents in JSON
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Most bytes of a document.
const DOCUMENT_MAX: usize = 64 << 20;

/// Takes what keeps the rules and shows what does not.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let mut ledger = Ledger::open(&super::folder(&args.ring)).map_err(failure)?;
    let mut answer = Answer::Yes;
    let mut taken = Vec::new();
    let mut told_json = Vec::new();
    for file in &args.files {
        let name = file.display().to_string();
        let text = fetch::text(file)?;
        if text.len() > DOCUMENT_MAX {
            return Err(anyhow::anyhow!("`{name}` is larger than {} MiB", DOCUMENT_MAX >> 20).into());
        }
        let sources = Sources::of(&name, &text);
        let diagnostics = match epcis::read(&name, &text) {
            Ok(document) => {
                let receipt = ledger.append_document(&text, &document.mentions(), now_ms()).map_err(failure)?;
                taken.push((name, receipt, document.events().len()));
                document.warnings
            }
            Err(faults) => {
                answer = Answer::No;
                faults
            }
        };
        match cli.format {
            Format::Json => told_json.push(told::json(diagnostics, &sources)),
            Format::Text => told::tell(diagnostics, &sources),
        }
    }
    match cli.format {
        Format::Json => {
            let one = |(file, receipt, events): &(String, store::Receipt, usize)| json!({ "file": file, "record": receipt.id.to_string(), "events": events, "was_there": receipt.was_there });
            let diagnostics: Vec<_> = told_json.iter().filter_map(|list| list.as_array()).flatten().collect();
            give_json(
                &json!({ "version": 1, "taken": taken.iter().map(one).collect::<Vec<_>>(), "diagnostics": diagnostics }),
            )?;
        }
        Format::Text => {
            for (file, receipt, events) in &taken {
                let there = if receipt.was_there { ", was there" } else { "" };
                give(&format!("{}  {file}: {}{there}\n", receipt.id, crate::show::count(*events, "event")))?;
            }
        }
    }
    Ok(answer)
}
