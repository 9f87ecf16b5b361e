//! `ringworks ledger export`: events as EPCIS, logs for other nodes, bundles for goods.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use custody::event::RecordId;
use custody::record::{Body, Record};
use custody::time::Stamp;
use ring_io::{Existing, write_file};
use store::{Ledger, Reader, now_ms};

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{give, say};

/// Write events as EPCIS 2.0, a log for another node, or a proof
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Without more, every event of every log held here, as one EPCIS 2.0 document on
stdout. A document that was imported comes out with --document as it came.
Private values leave only with --private: in a --log for a node of one's own
party, in a --bundle for whoever is to see them; `verify` checks them there.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// Only the events of this node
    #[arg(long, value_name = "NODE")]
    node: Option<String>,

    /// Instead: every log held here, for another's `pull`
    #[arg(long, value_name = "FILE", group = "what")]
    log: Option<PathBuf>,

    /// Instead: one record with its proof, to go with goods
    #[arg(long, value_name = "NODE/N", group = "what")]
    bundle: Option<String>,

    /// Instead: an imported document
    #[arg(long, value_name = "NODE/N", group = "what")]
    document: Option<String>,

    /// With the private values that lie here
    #[arg(long)]
    private: bool,
}

/// Writes it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let folder = super::folder(&args.ring);
    if args.private && args.log.is_none() && args.bundle.is_none() {
        return Err(anyhow::anyhow!("private values leave only with --log or --bundle").into());
    }
    if let Some(file) = &args.log {
        let pack = store::pack(&folder, &BTreeMap::new(), args.private).map_err(failure)?;
        write_file(file, &pack.bytes(), Existing::Replace)?;
        if !cli.quiet {
            say(format!("wrote {}: {}", file.display(), crate::show::count(pack.stretches.len(), "log")));
        }
    } else if let Some(text) = &args.bundle {
        let (ledger, id) = (Ledger::open(&folder).map_err(failure)?, id(text)?);
        let mut bundle = ledger.bundle(&id).map_err(failure)?;
        if args.private {
            bundle.shown = Reader::open(&folder).and_then(|reader| reader.private(&id)).map_err(failure)?;
        }
        give(&bundle.text())?;
    } else if let Some(text) = &args.document {
        let record = one(&folder, &id(text)?)?;
        match record.map(|record| record.body) {
            Some(Body::Document { text, .. }) => give(&text)?,
            _ => return Err(anyhow::anyhow!("`{text}` is not an imported document").into()),
        }
    } else {
        give(&epcis_document(&folder, args.node.as_deref())?)?;
    }
    Ok(Answer::Yes)
}

fn id(text: &str) -> Result<RecordId, Failure> {
    Ok(RecordId::read(text).ok_or_else(|| anyhow::anyhow!("`{text}` is not a record such as yard/17"))?)
}

fn one(folder: &Path, id: &RecordId) -> Result<Option<Record>, Failure> {
    let reader = Reader::open(folder).map_err(failure)?;
    reader.record(id).map_err(failure)
}

/// All events as one document.
fn epcis_document(folder: &Path, node: Option<&str>) -> Result<String, Failure> {
    let reader = Reader::open(folder).map_err(failure)?;
    let mut records = Vec::new();
    let mut ring = String::new();
    let sizes = reader.sizes().map_err(failure)?;
    if let Some(unknown) = node.filter(|node| sizes.iter().all(|(name, _)| name != node)) {
        let names: Vec<&str> = sizes.iter().map(|(name, _)| name.as_str()).collect();
        return Err(anyhow::anyhow!("no log of `{unknown}` is held here, only of {}", names.join(", ")).into());
    }
    for (name, _) in sizes {
        reader
            .each(&name, 0, |record| {
                if let Body::Open { ring: of, .. } = &record.body {
                    ring = of.to_string();
                }
                if node.is_none_or(|node| node == name) {
                    records.push(record);
                }
                Ok(())
            })
            .map_err(failure)?;
    }
    records.sort_by(|a, b| a.place().cmp(&b.place()));
    let made = Stamp { ms: now_ms(), offset_min: 0 };
    Ok(epcis::write(&ring, &records, made, |id| reader.record(id).ok().flatten()))
}
