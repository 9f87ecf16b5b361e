//! Verification: every log from its first record, the signed heads, what partners kept, and the projections.

mod derived;
mod quick;

use std::path::Path;

use custody::audit::{Auditor, Finding, Harm, Kept};
use custody::checkpoint::Checkpoint;
use custody::encode::decode;
use custody::event::RecordId;
use custody::hash::Hash;
use custody::name::Node;
use custody::record::{Body, Record};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Result, refuse};
use crate::files::open_to_read;
use crate::ledger::nodes;
use crate::schema::key;

/// What was found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Records read, by node.
    pub logs: Vec<(Node, u64)>,
    /// What is wrong, the first record harmed first within each log; empty when nothing is.
    pub findings: Vec<Finding>,
    /// Tables that do not follow from the log, by name.
    pub derived: Vec<&'static str>,
    /// Checkpoints given that are not signed with the key of the log they speak of; nothing was compared with them.
    pub not_signed: Vec<RecordId>,
    /// Checkpoints given of logs that are not held here; nothing was compared with them.
    pub not_held: Vec<RecordId>,
}

/// Verifies a ledger, read alone, against what its partners kept besides what lies in the ledger itself.
///
/// First everything is read at once and found to be exactly right or not; only if it is not, the logs are read again with
/// care to name what happened.
///
/// # Errors
/// When there is no ledger or the disk refuses. What is wrong with the records is no error but a finding.
///
/// # Cost
/// Two hashes for each record on one thread, one decoding and one folding on another.
pub fn verify(folder: &Path, against: &[Kept]) -> Result<Verified> {
    let quick = quick::read(folder, against)?;
    let is_held = |node: &Node| quick.logs.iter().any(|(held, _)| held == node);
    let heads = against.iter().map(|kept| &kept.checkpoint.head).filter(|head| !is_held(&head.node));
    let not_held = heads.map(|head| RecordId { node: head.node.clone(), seq: head.size }).collect();
    if quick.holds && quick.derived.is_empty() {
        return Ok(Verified {
            logs: quick.logs,
            findings: Vec::new(),
            derived: Vec::new(),
            not_signed: quick.not_signed,
            not_held,
        });
    }
    let connection = open_to_read(folder)?;
    connection.execute_batch("begin")?;
    let all = nodes(&connection)?;
    let mut verified =
        Verified { logs: Vec::new(), findings: Vec::new(), derived: quick.derived, not_signed: Vec::new(), not_held };
    for (no, node) in &all {
        audit(&connection, *no, node, against, &mut verified)?;
    }
    // A log that does not hold has no tables to compare with.
    if verified.findings.is_empty()
        && let Some((_, node)) = all.first()
    {
        let at = RecordId { node: node.clone(), seq: 0 };
        verified.findings.push(Finding { harm: Harm::Derived, at, before: None });
    } else {
        verified.derived.clear();
    }
    Ok(verified)
}

/// What a node's log is compared with.
struct Claims {
    /// Checkpoints given and kept.
    kept: Vec<Kept>,
    /// The signed head: the node's own, or the last one that was pulled.
    own: Option<Checkpoint>,
    /// The key that its first record names.
    public: Option<[u8; 32]>,
}

impl Claims {
    fn of(connection: &Connection, no: i64, node: &Node, against: &[Kept]) -> Result<Self> {
        let checkpoints = checkpoints(connection, node)?;
        let public = first_record(connection, no)?.and_then(|record| match record.body {
            Body::Open { key, .. } => Some(key),
            _ => None,
        });
        // What is not signed with the node's key says nothing about its log.
        let is_of_log = |kept: &&Kept| {
            let checkpoint = &kept.checkpoint;
            checkpoint.head.node == *node && public.is_none_or(|public| checkpoint.is_signed_with(&public))
        };
        let mut kept: Vec<Kept> = against.iter().filter(is_of_log).cloned().collect();
        kept.extend(checkpoints.iter().map(|checkpoint| Kept { checkpoint: checkpoint.clone(), leaves: None }));
        let own = if no == 1 { head(connection)? } else { checkpoints.into_iter().next_back() };
        Ok(Self { kept, own, public })
    }

    /// Checkpoints given that are not signed with the node's key.
    fn not_signed<'a>(&'a self, node: &'a Node, against: &'a [Kept]) -> impl Iterator<Item = RecordId> + 'a {
        let of_node = against.iter().map(|kept| &kept.checkpoint).filter(|checkpoint| checkpoint.head.node == *node);
        let unsigned = of_node.filter(|c| self.public.as_ref().is_some_and(|public| !c.is_signed_with(public)));
        unsigned.map(|checkpoint| RecordId { node: node.clone(), seq: checkpoint.head.size })
    }
}

/// Audits one node's log.
fn audit(connection: &Connection, no: i64, node: &Node, against: &[Kept], verified: &mut Verified) -> Result<()> {
    let claims = Claims::of(connection, no, node, against)?;
    verified.not_signed.extend(claims.not_signed(node, against));
    let mut auditor = Auditor::new(node.clone(), &claims.kept);
    let mut statement = connection.prepare("select key, bytes from log where key >= ? and key < ? order by key")?;
    let mut rows = statement.query(params![key(no, 0), key(no + 1, 0)])?;
    let mut n = 0;
    while let Some(row) = rows.next()? {
        let (_, seq) = crate::schema::split(row.get(0)?);
        auditor.row(seq, row.get_ref(1)?.as_blob().unwrap_or_default());
        n += 1;
    }
    // A node that only consignment notes speak of has no log here.
    if n > 0 || claims.own.is_some() {
        verified.findings.extend(auditor.finish(claims.own.as_ref(), claims.public.as_ref()));
        verified.logs.push((node.clone(), n));
    }
    Ok(())
}

fn first_record(connection: &Connection, no: i64) -> Result<Option<Record>> {
    let sql = "select bytes from log where key = ?";
    let bytes: Option<Vec<u8>> = connection.query_row(sql, [key(no, 0)], |row| row.get(0)).optional()?;
    Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
}

/// The signed head that the writer keeps beside the log.
pub(crate) fn head(connection: &Connection) -> Result<Option<Checkpoint>> {
    let sql = "select value from meta where name = 'head'";
    let text: Option<Vec<u8>> = connection.query_row(sql, [], |row| row.get(0)).optional()?;
    Ok(text.and_then(|text| Checkpoint::read(std::str::from_utf8(&text).ok()?)))
}

/// Checkpoints of a node's log that lie in this ledger.
pub(crate) fn checkpoints(connection: &Connection, node: &Node) -> Result<Vec<Checkpoint>> {
    let mut statement = connection.prepare_cached("select text from kept where node = ? order by size")?;
    let rows = statement.query_map([node.as_str()], |row| row.get::<_, String>(0))?;
    let texts: Vec<String> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(texts.iter().filter_map(|text| Checkpoint::read(text)).collect())
}

/// The latest checkpoint of a node's log that lies in this ledger, with the signatures of those who saw it.
///
/// # Errors
/// When there is no ledger or the disk refuses.
pub fn kept_checkpoint(folder: &Path, node: &Node) -> Result<Option<Checkpoint>> {
    Ok(checkpoints(&open_to_read(folder)?, node)?.into_iter().next_back())
}

/// The signed head of a ledger's own log, as its writer keeps it, and the public key that the log names.
///
/// # Errors
/// When there is no ledger, it has no signed head, or the disk refuses.
pub fn own_checkpoint(folder: &Path) -> Result<(Checkpoint, [u8; 32])> {
    let connection = open_to_read(folder)?;
    match (head(&connection)?, first_record(&connection, 1)?.map(|record| record.body)) {
        (Some(head), Some(Body::Open { key, .. })) if head.is_signed_with(&key) => Ok((head, key)),
        _ => Err(refuse(728, "the head of the log is not signed with its key", "`ringworks ledger verify` tells more")),
    }
}

/// Leaf hashes of the first `size` records of a node's log held in this ledger, for a partner who wants to name a change
/// exactly. Fewer when it holds fewer.
///
/// # Errors
/// When there is no ledger or the disk refuses.
pub fn leaves(folder: &Path, node: &Node, size: u64) -> Result<Vec<Hash>> {
    let connection = open_to_read(folder)?;
    let Some((no, _)) = nodes(&connection)?.into_iter().find(|(_, other)| other == node) else { return Ok(Vec::new()) };
    crate::tiles::Rows { connection: &connection, no }.leaves(0, size)
}
