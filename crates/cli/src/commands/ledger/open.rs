//! `ringworks ledger open`: a new ledger for a node.

use std::path::PathBuf;

use custody::hash::hex;
use custody::name::{Node, Organisation, Word};
use store::{Identity, Ledger};

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::say;

/// Begin a ledger for one node of the ring
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Makes the folder RING/ledger with the node's secret key in it. Give the public
key to your partners by another way than the ledger itself.")]
pub(crate) struct Args {
    /// A ring folder
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// The node's name; no other node of the ring has it
    #[arg(long, value_name = "NAME")]
    node: String,

    /// Whose node it is
    #[arg(long, value_name = "ORG")]
    organisation: String,

    /// The ring's name [default: the folder's name]
    #[arg(long = "ring", value_name = "NAME", id = "ring_name")]
    name: Option<String>,
}

/// Makes it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let name = match &args.name {
        Some(name) => name.clone(),
        None => args.ring.canonicalize()?.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()),
    };
    let no =
        |what: &str, name: &str| anyhow::anyhow!("`{name}` is not a name for {what}: letters, digits, signs; no space");
    let identity = Identity {
        ring: Word::new(&name).ok_or_else(|| no("a ring", &name))?,
        node: Node::new(&args.node).filter(|n| !n.as_str().contains('/')).ok_or_else(|| no("a node", &args.node))?,
        organisation: Organisation::new(&args.organisation).ok_or_else(|| no("an organisation", &args.organisation))?,
    };
    let ledger = Ledger::create(&super::folder(&args.ring), &identity).map_err(failure)?;
    if !cli.quiet {
        let key = hex(&ledger.public_key());
        say(format!("opened the ledger of `{}` for `{}`\npublic key {key}", args.node, args.organisation));
    }
    Ok(Answer::Yes)
}
