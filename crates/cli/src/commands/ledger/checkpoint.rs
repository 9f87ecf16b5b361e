//! `ringworks ledger checkpoint`: the signed head of a log, for partners to keep.

use std::path::PathBuf;

use custody::hash::hex;
use store::Ledger;

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{give, say};

/// The signed head of this node's log, for partners to keep
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Whoever keeps it can show later that the log was changed. With --leaves they
can also name the changed record: 64 letters a record.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// With the hash of every record
    #[arg(long)]
    leaves: bool,
}

/// Gives it on stdout.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let folder = super::folder(&args.ring);
    let ledger = Ledger::open(&folder).map_err(failure)?;
    let checkpoint = ledger.checkpoint();
    let mut text = checkpoint.text();
    if args.leaves {
        text.push('\n');
        for leaf in store::leaves(&folder, &checkpoint.head.node, checkpoint.head.size).map_err(failure)? {
            text.push_str(&format!("{leaf}\n"));
        }
    }
    give(&text)?;
    if !cli.quiet {
        say(format!("public key {}", hex(&ledger.public_key())));
    }
    Ok(Answer::Yes)
}
