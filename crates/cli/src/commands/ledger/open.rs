//! `ringworks ledger open`: a new ledger for a node.

use std::path::{Path, PathBuf};

use anyhow::Context;
use custody::hash::hex;
use custody::name::{Node, Organisation, Word};
use serde_json::json;
use store::{Identity, Ledger};

use super::told::failure;
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give_json, say};

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

    /// The ring's name [default: as in ring.toml]
    #[arg(long = "ring", value_name = "NAME", id = "ring_name")]
    name: Option<String>,
}

/// What a ring is called: a name in `ring.toml` with its spaces as hyphens, or that of its folder.
fn name_of(ring: &Path) -> Result<String, Failure> {
    let folder = ring.canonicalize().with_context(|| format!("`{}` cannot be read", ring.display()))?;
    let text = std::fs::read_to_string(folder.join("ring.toml")).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let named = table.get("ring").and_then(|ring| ring.get("name")).and_then(toml::Value::as_str);
    Ok(match named {
        Some(name) => name.split_whitespace().collect::<Vec<_>>().join("-"),
        None => folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    })
}

/// Makes it.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if !args.ring.is_dir() {
        let help = "name the ring's folder; `ringworks new` makes one";
        return Err(anyhow::anyhow!("`{}` is no folder\n  {help}", args.ring.display()).into());
    }
    let name = match &args.name {
        Some(name) => name.clone(),
        None => name_of(&args.ring)?,
    };
    let no =
        |what: &str, name: &str| anyhow::anyhow!("`{name}` is not a name for {what}: letters, digits, signs; no space");
    let identity = Identity {
        ring: Word::new(&name).ok_or_else(|| no("a ring", &name))?,
        node: Node::new(&args.node).filter(|n| !n.as_str().contains('/')).ok_or_else(|| no("a node", &args.node))?,
        organisation: Organisation::new(&args.organisation).ok_or_else(|| no("an organisation", &args.organisation))?,
    };
    let ledger = Ledger::create(&super::folder(&args.ring), &identity).map_err(failure)?;
    let (key, node, organisation) = (hex(&ledger.public_key()), &args.node, &args.organisation);
    if cli.format == Format::Json {
        give_json(&json!({ "version": 1, "node": node, "organisation": organisation, "ring": name, "key": key }))?;
    } else if !cli.quiet {
        say(format!("opened the ledger of `{node}` for `{organisation}` in the ring `{name}`\npublic key {key}"));
    }
    Ok(Answer::Yes)
}
