//! `ringworks ledger pull`: takes what is new from another node.

use std::path::{Path, PathBuf};

use custody::bundle::Bundle;
use custody::hash::unhex;
use custody::name::{Organisation, Word};
use custody::pack::Pack;
use custody::world::{Conflict, NodeInfo};
use diag::{Code, Diagnostic, Place};
use ring_io::Sources;
use store::{Ledger, Reader};

use super::told::{failure, tell};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{give, say};

/// Take what is new from another node: a folder, a file, or http://
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Every record, link and checkpoint is checked first; of a log that does not
hold nothing is taken. A bundle (from `export --bundle`) that came along with
goods is taken with --giver and --key. Exit code 1 when a log was refused or
records contradict each other.")]
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

    /// Private values too, from a node of one's own party
    #[arg(long)]
    private: bool,
}

/// Most bytes taken over HTTP.
const DOWNLOAD_MAX: u64 = 4 << 30;

/// Pulls and says what came.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    let folder = super::folder(&args.ring);
    let mut ledger = Ledger::open(&folder).map_err(failure)?;
    if let (Some(giver), Some(key)) = (&args.giver, &args.key) {
        return bring(args, giver, key, &mut ledger, cli);
    }
    let before = Reader::open(&folder).and_then(|reader| reader.conflicts()).map_err(failure)?;
    let pack = fetch(&args.from, &ledger, args.private)?;
    let pulled = ledger.pull(&pack).map_err(failure)?;
    let mut answer = if pulled.refused.is_empty() { Answer::Yes } else { Answer::No };
    tell(pulled.refused, &Sources::default());
    for (node, info) in pulled.met.iter().filter(|_| !cli.quiet) {
        let key = custody::hash::hex(&info.key);
        say(format!("met `{node}` of `{}`; compare its key with the one they gave you:\n  {key}", info.organisation));
    }
    let after = Reader::open(&folder).and_then(|reader| reader.conflicts()).map_err(failure)?;
    let new: Vec<Diagnostic> = after.iter().filter(|conflict| !before.contains(conflict)).map(warning).collect();
    if !new.is_empty() {
        answer = Answer::No;
    }
    tell(new, &Sources::default());
    for (node, n) in &pulled.taken {
        give(&format!("{node}  {n}\n"))?;
    }
    if !cli.quiet {
        let n: u64 = pulled.taken.iter().map(|(_, n)| n).sum();
        say(format!("{} taken", crate::show::count(usize::try_from(n).unwrap_or(usize::MAX), "record")));
    }
    Ok(answer)
}

/// Gets a pack from a folder, a file or a server.
fn fetch(from: &str, ledger: &Ledger, with_private: bool) -> Result<Pack, Failure> {
    let path = Path::new(from);
    if path.is_dir() {
        let have = ledger.have().map_err(failure)?;
        return store::pack(&super::folder(path), &have, with_private).map_err(failure);
    }
    let bytes = match from.strip_prefix("http://") {
        Some(rest) => get(rest)?,
        None => std::fs::read(path)?,
    };
    Ok(Pack::read(&bytes).ok_or_else(|| anyhow::anyhow!("`{from}` is not a log as `export --log` writes it"))?)
}

/// One request of HTTP/1.0 without any header that would need more: plain, for a network the parties trust or a tunnel.
/// What comes is checked record by record like any other pack.
fn get(rest: &str) -> Result<Vec<u8>, Failure> {
    use std::io::{Read, Write};
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let mut stream = std::net::TcpStream::connect(&address)?;
    let patience = std::time::Duration::from_secs(30);
    stream.set_read_timeout(Some(patience))?;
    // In one piece: a server may answer and go as soon as it has seen the first line.
    stream.write_all(format!("GET /{path} HTTP/1.0\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes())?;
    let mut answer = Vec::new();
    stream.take(DOWNLOAD_MAX).read_to_end(&mut answer)?;
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n");
    let (head, body) = answer.split_at(end.map_or(0, |end| end + 4));
    let head = String::from_utf8_lossy(head);
    let status = head.split(' ').nth(1).unwrap_or("nothing");
    if status != "200" {
        return Err(anyhow::anyhow!("`http://{rest}` answered {status}").into());
    }
    Ok(body.to_vec())
}

fn bring(args: &Args, giver: &str, key: &str, ledger: &mut Ledger, cli: &Cli) -> Result<Answer, Failure> {
    let text = std::fs::read_to_string(&args.from)?;
    let bundle = Bundle::read(&text).ok_or_else(|| anyhow::anyhow!("`{}` is not a bundle", args.from))?;
    let key = unhex(key).and_then(|bytes| bytes.try_into().ok());
    let info = NodeInfo {
        ring: Word::clone(&ledger.identity().ring),
        organisation: Organisation::new(giver).ok_or_else(|| anyhow::anyhow!("`{giver}` is not a name"))?,
        key: key.ok_or_else(|| anyhow::anyhow!("a public key is 64 hexadecimal digits"))?,
    };
    let id = ledger.bring(&bundle, &info).map_err(failure)?;
    if !cli.quiet {
        say(format!("{id} is in the log of {giver}; its goods can be received"));
    }
    Ok(Answer::Yes)
}

/// RW0730: records that contradict each other.
fn warning(conflict: &Conflict) -> Diagnostic {
    let help = match conflict.ruling {
        custody::world::Ruling::Void => "the record stands in its log and has no effect",
        custody::world::Ruling::Dispute => "the serial is in dispute: its parties write `settle`",
    };
    Diagnostic::warning(Code(730), conflict.fact.clone(), help)
        .at(Place::Result(format!("record {}", conflict.record)), "")
}
