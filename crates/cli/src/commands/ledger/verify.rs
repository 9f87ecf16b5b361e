//! `ringworks ledger verify`: is every log what it was?

use std::path::{Path, PathBuf};

use custody::audit::{Finding, Harm, Kept};
use custody::bundle::{Bundle, Unproven};
use custody::checkpoint::Checkpoint;
use custody::hash::{Hash, unhex};
use diag::{Code, Diagnostic, Place};
use ring_io::Sources;
use serde_json::{Map, Value, json};
use store::{Ledger, Verified};

use super::told::{self, failure};
use super::{fetch, history};
use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::show::count;
use crate::talk::{Format, give, give_json};

/// Is every log what it was? Names the first record that is not
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Reads every record, recomputes chain, tree and states, and compares them with
the signed head, with the checkpoints that lie in the ledger and with those
given. Exit code 1 when something does not hold.
With a bundle (from `export --bundle`) and the --key of its node: whether the
record in it stands in the log that its checkpoint was signed for. That needs
neither a ledger nor a network.")]
pub(crate) struct Args {
    /// A ring folder with a ledger, or a bundle
    #[arg(value_name = "RING")]
    ring: PathBuf,

    /// For a bundle: the public key of its record's node
    #[arg(long, value_name = "HEX")]
    key: Option<String>,

    /// A checkpoint that a partner kept; may be repeated
    #[arg(long, value_name = "CHECKPOINT")]
    against: Vec<PathBuf>,

    /// First make the derived tables anew from the log
    #[arg(long)]
    rebuild: bool,
}

/// Verifies and says what was found.
pub(crate) fn run(args: &Args, cli: &Cli) -> Result<Answer, Failure> {
    if let Some(key) = &args.key {
        return bundle(&args.ring, key, cli);
    }
    if args.ring.is_file() {
        let shown = args.ring.display();
        let help =
            "a bundle is verified with the `--key` of its node;\n  a log is pulled into a ledger of your own first";
        return Err(anyhow::anyhow!("`{shown}` is a file, not a ring folder\n  {help}").into());
    }
    let folder = super::folder(&args.ring);
    if args.rebuild {
        Ledger::open(&folder).and_then(|mut ledger| ledger.rebuild()).map_err(failure)?;
    }
    let kept: Vec<Kept> = args.against.iter().map(|path| read(path)).collect::<Result<_, _>>()?;
    let verified = store::verify(&folder, &kept).map_err(failure)?;
    let diagnostics = diagnostics(&verified);
    let holds = diagnostics.is_empty();
    let records: u64 = verified.logs.iter().map(|(_, n)| n).sum();
    match cli.format {
        Format::Json => {
            let logs: Map<String, Value> = verified.logs.iter().map(|(node, n)| (node.to_string(), json!(n))).collect();
            give_json(&json!({
                "version": 1, "holds": holds, "records": logs,
                "diagnostics": told::json(diagnostics, &Sources::default()),
            }))?;
        }
        Format::Text => {
            let n = diagnostics.len();
            told::tell(diagnostics, &Sources::default());
            let logs = count(verified.logs.len(), "log");
            let verdict = if holds { "all of it holds".to_owned() } else { count(n, "finding") };
            give(&format!(
                "{} in {logs}: {verdict}\n",
                count(usize::try_from(records).unwrap_or(usize::MAX), "record")
            ))?;
        }
    }
    Ok(if holds { Answer::Yes } else { Answer::No })
}

/// Verifies a record on its own.
fn bundle(path: &Path, key: &str, cli: &Cli) -> Result<Answer, Failure> {
    let text = fetch::text(path)?;
    let bundle = Bundle::read(&text).ok_or_else(|| anyhow::anyhow!("`{}` is not a bundle", path.display()))?;
    let key: Option<[u8; 32]> = unhex(key).and_then(|bytes| bytes.try_into().ok());
    let key = key.ok_or_else(|| anyhow::anyhow!("a public key is 64 hexadecimal digits"))?;
    let why = match bundle.prove(&key) {
        Ok((record, checkpoint)) => {
            let (id, head) = (record.id(), &checkpoint.head);
            match cli.format {
                Format::Json => give_json(&json!({
                    "version": 1, "holds": true, "record": history::as_json(&record), "ring": head.ring.as_str(),
                    "size": head.size, "private": history::private_json(&bundle.shown),
                }))?,
                Format::Text => {
                    let (happened, event, by) = history::row(&record);
                    let size = head.size;
                    give(&format!(
                        "{id} is in the log of `{}` as it was signed at {size} records\n  {happened}  {event}, said {by}\n{}",
                        record.node,
                        history::private_text(&bundle.shown, "as committed")
                    ))?;
                }
            }
            return Ok(Answer::Yes);
        }
        Err(Unproven::Malformed) => "it cannot be read",
        Err(Unproven::NotIncluded) => "its record is not in the log that its checkpoint speaks of",
        Err(Unproven::NotSigned) => "its checkpoint is not signed with this key",
        Err(Unproven::NotCommitted) => "a private value it shows is not the one that the record commits to",
    };
    let help = "ask for the bundle again, and compare the key with the one you were given by its owner";
    let fault = Diagnostic::error(Code(764), format!("the bundle proves nothing: {why}"), help);
    let fault = fault.at(Place::Result(path.display().to_string()), "");
    match cli.format {
        Format::Json => {
            let diagnostics = told::json(vec![fault], &Sources::default());
            give_json(&json!({ "version": 1, "holds": false, "diagnostics": diagnostics }))?;
        }
        Format::Text => told::tell(vec![fault], &Sources::default()),
    }
    Ok(Answer::No)
}

/// Reads a checkpoint, with leaf hashes when they follow it.
fn read(path: &Path) -> Result<Kept, Failure> {
    let text = fetch::text(path)?;
    let no = |why: &str| anyhow::anyhow!("`{}` {why}", path.display());
    let cut = text.match_indices("\n\n").nth(1).map_or(text.len(), |(at, _)| at + 1);
    let checkpoint = Checkpoint::read(&text[..cut]).ok_or_else(|| no("is not a checkpoint"))?;
    let leaves: Vec<&str> = text[cut..].split_whitespace().collect();
    if leaves.is_empty() {
        return Ok(Kept { checkpoint, leaves: None });
    }
    let leaves: Option<Vec<Hash>> = leaves.into_iter().map(Hash::read).collect();
    let kept = leaves.and_then(|leaves| Kept::with_leaves(checkpoint, leaves));
    Ok(kept.ok_or_else(|| no("holds hashes of records that are not the ones its checkpoint was made over"))?)
}

/// Findings as diagnostics, the first record harmed first.
fn diagnostics(verified: &Verified) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> =
        verified.findings.iter().map(|finding| diagnostic(finding, &verified.derived)).collect();
    for id in &verified.not_signed {
        let size = count(usize::try_from(id.seq).unwrap_or(usize::MAX), "record");
        let fact = format!("the checkpoint of `{}` at {size} is not signed with the key of its log", id.node);
        let help =
            "the checkpoint is forged or the log was begun anew: compare the node's key with the one you were given";
        all.push(Diagnostic::error(Code(728), fact, help));
    }
    for id in &verified.not_held {
        let fact =
            format!("the checkpoint is of the log of `{}`, which is not held here: nothing was compared", id.node);
        all.push(Diagnostic::error(Code(764), fact, "give the checkpoint to a ledger that holds this log, or pull it"));
    }
    all
}

/// `derived`: the tables that do not follow from the log.
fn diagnostic(finding: &Finding, derived: &[&str]) -> Diagnostic {
    let at = &finding.at;
    let place = match finding.before {
        Some(before) if before > at.seq + 1 => format!("a record of `{}` from {} to {}", at.node, at.seq, before - 1),
        _ => format!("record {} of `{}`", at.seq, at.node),
    };
    let compare = "write nothing more to this ledger; compare the record with a partner's copy";
    let (code, fact, help) = match finding.harm {
        Harm::Edited => (721, format!("{place} was edited"), compare),
        Harm::Deleted => (722, format!("{place} was deleted"), compare),
        Harm::Inserted => (723, format!("{place} was inserted"), compare),
        Harm::Reordered => (724, format!("{place} stands in another place than it was written in"), compare),
        Harm::Truncated => (
            725,
            format!("{place} and all after it are missing"),
            "put the newest sound copy back, or of a partner's log pull it again",
        ),
        Harm::Forked => (
            726,
            format!("{place} and what follows was written anew, chained and signed"),
            "keep both copies and settle with the owner of the node which one holds",
        ),
        Harm::RolledBack => (
            727,
            format!("the ledger is older than the checkpoint: {place} and all after it are missing"),
            "stop writing to it and put the newest copy back",
        ),
        Harm::Unsigned => (728, format!("the head of the log of `{}` is not signed with its key", at.node), compare),
        Harm::Derived => (
            729,
            match derived {
                [one] => format!("the table `{one}` is not what the log gives"),
                many => format!("the tables `{}` are not what the log gives", many.join("`, `")),
            },
            "make them anew with `ringworks ledger verify RING --rebuild`",
        ),
    };
    Diagnostic::error(Code(code), fact, help).at(Place::Result("ledger".to_owned()), "")
}
