//! `ringworks ledger checkpoint`: the signed head of a log, for partners to keep.

use std::path::PathBuf;

use custody::hash::hex;
use custody::name::Node;
use serde_json::json;

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json, say};

/// The signed head of a log, for partners to keep
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Whoever keeps it can show later that the log was changed. With --leaves they
can also name the changed record: 64 letters a record. --of gives what lies
here of another node's log since it was pulled, or of this node's own log since
a partner gave it back, with the signatures of everybody who saw it.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// With the hash of every record
    #[arg(long)]
    leaves: bool,

    /// The latest one kept here of this node's log
    #[arg(long, value_name = "NODE")]
    of: Option<String>,
}

/// Gives it on stdout.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let folder = super::folder(&args.ring);
    let (checkpoint, public) = match &args.of {
        None => {
            let (checkpoint, public) = store::own_checkpoint(&folder).map_err(failure)?;
            (checkpoint, Some(public))
        }
        Some(name) => {
            let node = Node::new(name).ok_or_else(|| anyhow::anyhow!("`{name}` is not a node"))?;
            let kept = store::kept_checkpoint(&folder, &node).map_err(failure)?;
            (kept.ok_or_else(|| anyhow::anyhow!("no checkpoint of `{name}` lies here; pull its log first"))?, None)
        }
    };
    let mut text = checkpoint.text();
    if args.leaves {
        text.push('\n');
        for leaf in store::leaves(&folder, &checkpoint.head.node, checkpoint.head.size).map_err(failure)? {
            text.push_str(&format!("{leaf}\n"));
        }
    }
    if cli.format == Format::Json {
        give_json(&json!({ "version": 1, "checkpoint": text, "key": public.map(|key| hex(&key)) }))?;
        return Ok(Answer::Yes);
    }
    give(&text)?;
    if let Some(public) = public.filter(|_| !cli.quiet) {
        say(format!("public key {}", hex(&public)));
    }
    Ok(Answer::Yes)
}
