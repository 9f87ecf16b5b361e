//! `ringworks ledger pull`: takes what is new from another node.

use std::path::{Path, PathBuf};

use custody::bundle::Bundle;
use custody::encode::decode;
use custody::hash::{hex, unhex};
use custody::name::{Organisation, Word};
use custody::pack::{Pack, Unread};
use custody::record::{Body, Record};
use custody::world::{Conflict, NodeInfo};
use diag::{Code, Diagnostic, Place};
use ring_io::Sources;
use serde_json::{Map, Value, json};
use store::{Ledger, Reader};

use super::fetch;
use super::told::{self, failure, tell};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{Format, give, give_json, say};

/// Take what is new from another node: a folder, a file, or http://
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every record, link and checkpoint is checked first; of a log that does not
hold nothing is taken. Nothing is taken of a node not met before unless --meet
names its public key, as its people gave it by another way than the log:
`ledger checkpoint` shows it to them. A bundle (from `export --bundle`) that
came along with goods is taken with --giver and --key. Exit code 1 when a log
was refused or records contradict each other.")]
pub(crate) struct Args {
    /// A ring folder with a ledger
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// Another node's ring folder, a file of `export --log` or `--bundle`
    #[arg(value_name = "FROM")]
    from: String,

    /// For a bundle: the organisation that gives
    #[arg(long, value_name = "NAME", requires = "key")]
    giver: Option<String>,

    /// For a bundle: the public key of the giver's node
    #[arg(long, value_name = "HEX", requires = "giver")]
    key: Option<String>,

    /// The key of a node not met before; may be repeated
    #[arg(long, value_name = "HEX")]
    meet: Vec<String>,

    /// Private values too, from a node of one's own party
    #[arg(long)]
    private: bool,
}

/// Pulls and says what came.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let folder = super::folder(&args.ring);
    let mut ledger = Ledger::open(&folder).map_err(failure)?;
    if let (Some(giver), Some(key)) = (&args.giver, &args.key) {
        return bring(args, giver, key, &mut ledger, cli);
    }
    let before = Reader::open(&folder).and_then(|reader| reader.conflicts()).map_err(failure)?;
    let meet = args.meet.iter().map(|key| public_key(key)).collect::<Result<Vec<_>, _>>()?;
    let mut pack = pack_of(&args.from, &ledger, args.private)?;
    let mut refused = strangers(&mut pack, &ledger, &meet);
    let pulled = ledger.pull(&pack).map_err(failure)?;
    refused.extend(pulled.refused);
    let after = Reader::open(&folder).and_then(|reader| reader.conflicts()).map_err(failure)?;
    let new: Vec<Diagnostic> = after.iter().filter(|conflict| !before.contains(conflict)).map(warning).collect();
    let answer = if refused.is_empty() && new.is_empty() { Answer::Yes } else { Answer::No };
    match cli.format {
        Format::Json => {
            let taken: Map<String, Value> = pulled.taken.iter().map(|(node, n)| (node.to_string(), json!(n))).collect();
            let met: Map<String, Value> =
                pulled.met.iter().map(|(node, info)| (node.to_string(), json!(info.organisation.as_str()))).collect();
            let diagnostics = told::json(refused.into_iter().chain(new).collect(), &Sources::default());
            give_json(&json!({ "version": 1, "taken": taken, "met": met, "diagnostics": diagnostics }))?;
        }
        Format::Text => {
            tell(refused, &Sources::default());
            for (node, info) in pulled.met.iter().filter(|_| !cli.quiet) {
                say(format!("met `{node}` of `{}`", info.organisation));
            }
            tell(new, &Sources::default());
            for (node, n) in &pulled.taken {
                give(&format!("{node}  {n}\n"))?;
            }
            if !cli.quiet {
                let n: u64 = pulled.taken.iter().map(|(_, n)| n).sum();
                say(format!("{} taken", crate::show::count(usize::try_from(n).unwrap_or(usize::MAX), "record")));
            }
        }
    }
    Ok(answer)
}

/// Gets a pack from a folder, a file or a server.
fn pack_of(from: &str, ledger: &Ledger, with_private: bool) -> Result<Pack, Failure> {
    let path = Path::new(from);
    if path.is_dir() {
        let have = ledger.have().map_err(failure)?;
        return store::pack(&super::folder(path), &have, with_private).map_err(failure);
    }
    if from.starts_with("https://") {
        let help = "fetch it with another program, such as `curl -O`, and pull the file";
        return Err(anyhow::anyhow!("`{from}`: TLS is not spoken here\n  {help}").into());
    }
    let bytes = match from.strip_prefix("http://") {
        Some(rest) => fetch::http(rest)?,
        None => fetch::bytes(path, fetch::LOG_MAX)?,
    };
    Ok(Pack::read(&bytes).map_err(|why| match why {
        Unread::NoPack => anyhow::anyhow!("`{from}` is not a log as `export --log` writes it"),
        Unread::Damaged => anyhow::anyhow!("`{from}` is cut off or damaged: {} bytes came; get it again", bytes.len()),
    })?)
}

/// Leaves out of a pack the logs of nodes that are not known here, unless their key is one of `meet`.
///
/// A log once taken stays, and whoever runs a node may call it what they like: so nothing is taken of a stranger before
/// somebody has compared the key.
fn strangers(pack: &mut Pack, ledger: &Ledger, meet: &[[u8; 32]]) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    pack.stretches.retain(|stretch| {
        let first = stretch.records.first().and_then(|bytes| decode::<Record>(&bytes.0).ok());
        let Some(Body::Open { organisation, key, .. }) = first.map(|record| record.body) else { return true };
        if ledger.world().nodes.contains_key(&stretch.node) || meet.contains(&key) {
            return true;
        }
        let fact = format!("`{}` of `{organisation}` is not known here; its key is {}", stretch.node, hex(&key));
        let help = "compare the key with the one its people gave you by another way, then pull again with `--meet KEY`";
        let place = Place::Result(format!("log of {}", stretch.node));
        told.push(Diagnostic::error(Code(716), fact, help).at(place, ""));
        false
    });
    told
}

fn bring(args: &Args, giver: &str, key: &str, ledger: &mut Ledger, cli: &Cli) -> Result<Answer, Failure> {
    let text = fetch::text(Path::new(&args.from))?;
    let bundle = Bundle::read(&text).ok_or_else(|| anyhow::anyhow!("`{}` is not a bundle", args.from))?;
    let info = NodeInfo {
        ring: Word::clone(&ledger.identity().ring),
        organisation: Organisation::new(giver).ok_or_else(|| anyhow::anyhow!("`{giver}` is not a name"))?,
        key: public_key(key)?,
    };
    let id = ledger.bring(&bundle, &info).map_err(failure)?;
    if !cli.quiet {
        say(format!("{id} is in the log of {giver}; its goods can be received"));
    }
    Ok(Answer::Yes)
}

fn public_key(text: &str) -> Result<[u8; 32], Failure> {
    let key = unhex(text).and_then(|bytes| bytes.try_into().ok());
    Ok(key.ok_or_else(|| anyhow::anyhow!("`{text}` is no public key: it has 64 hexadecimal digits"))?)
}

/// RW0730: records that contradict each other.
fn warning(conflict: &Conflict) -> Diagnostic {
    let help = match conflict.ruling {
        custody::world::Ruling::Void => "the record stands in its log and has no effect",
        custody::world::Ruling::Dispute => "the serial is in dispute: its parties write `settle`",
        custody::world::Ruling::Stands => "the record has its effect; agree who uses another id from now on",
    };
    Diagnostic::warning(Code(730), conflict.fact.clone(), help)
        .at(Place::Result(format!("record {}", conflict.record)), "")
}
