//! Verification: every log from its first record, the signed heads, what partners kept, and the projections.

use std::path::Path;

use custody::audit::{Auditor, Finding, Harm, Kept};
use custody::checkpoint::Checkpoint;
use custody::encode::decode;
use custody::event::RecordId;
use custody::hash::Hash;
use custody::name::Node;
use custody::record::{Body, Record};
use custody::world::World;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Result, refuse};
use crate::ledger::{load_world, nodes, open_to_read};
use crate::project::Merged;
use crate::schema::key;

/// What was found.
#[derive(Debug, Clone)]
pub struct Verified {
    /// Records read, by node.
    pub logs: Vec<(Node, u64)>,
    /// What is wrong, the first record harmed first within each log; empty when nothing is.
    pub findings: Vec<Finding>,
    /// Checkpoints given that are not signed with the key of the log they speak of.
    pub not_signed: Vec<RecordId>,
}

/// Verifies a ledger, read alone, against what its partners kept besides what lies in the ledger itself.
///
/// # Errors
/// When there is no ledger or the disk refuses. What is wrong with the records is no error but a finding.
///
/// # Cost
/// Two hashes and one decoding for each record on one thread, one folding on another.
pub fn verify(folder: &Path, against: &[Kept]) -> Result<Verified> {
    let connection = open_to_read(folder)?;
    // One state of the database for both threads: neither sees what is written meanwhile.
    connection.execute_batch("begin")?;
    let all = nodes(&connection)?;
    let folded = std::thread::scope(|scope| {
        let folding = scope.spawn(|| fold_again(folder));
        let mut verified = Verified { logs: Vec::new(), findings: Vec::new(), not_signed: Vec::new() };
        for (no, node) in &all {
            audit(&connection, *no, node, against, &mut verified)?;
        }
        let folded = folding.join().map_err(|_| refuse(762, "the folding thread broke off", "verify again"))?;
        Ok::<_, crate::error::Refused>((verified, folded))
    })?;
    let (mut verified, folded) = folded;
    // A log that does not hold has no world to compare with.
    if verified.findings.is_empty()
        && !folded?
        && let Some((_, node)) = all.first()
    {
        let at = RecordId { node: node.clone(), seq: 0 };
        verified.findings.push(Finding { harm: Harm::Derived, at, before: None });
    }
    Ok(verified)
}

/// Audits one node's log.
fn audit(connection: &Connection, no: i64, node: &Node, against: &[Kept], verified: &mut Verified) -> Result<()> {
    let mut kept: Vec<Kept> = against.iter().filter(|kept| kept.checkpoint.head.node == *node).cloned().collect();
    let checkpoints = checkpoints(connection, node)?;
    kept.extend(checkpoints.iter().map(|checkpoint| Kept { checkpoint: checkpoint.clone(), leaves: None }));
    let own = if no == 1 { head(connection)? } else { checkpoints.into_iter().next_back() };
    let first: Option<Record> = first_record(connection, no)?;
    let public = first.and_then(|record| match record.body {
        Body::Open { key, .. } => Some(key),
        _ => None,
    });
    if let Some(public) = &public {
        let false_ones =
            against.iter().filter(|k| k.checkpoint.head.node == *node && !k.checkpoint.is_signed_with(public));
        verified.not_signed.extend(false_ones.map(|k| RecordId { node: node.clone(), seq: k.checkpoint.head.size }));
    }
    let mut auditor = Auditor::new(node.clone(), &kept);
    let mut statement = connection.prepare("select key, bytes from log where key >= ? and key < ? order by key")?;
    let mut rows = statement.query(params![key(no, 0), key(no + 1, 0)])?;
    let mut n = 0;
    while let Some(row) = rows.next()? {
        let (_, seq) = crate::schema::split(row.get(0)?);
        auditor.row(seq, row.get_ref(1)?.as_blob().unwrap_or_default());
        n += 1;
    }
    // A node that only consignment notes speak of has no log here.
    if n > 0 || own.is_some() {
        verified.findings.extend(auditor.finish(own.as_ref(), public.as_ref()));
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

/// Folds all records into a new world and compares it with the projections. `false`: they do not follow from the log.
fn fold_again(folder: &Path) -> Result<bool> {
    let connection = open_to_read(folder)?;
    connection.execute_batch("begin")?;
    let projected: Option<i64> =
        connection.query_row("select value from meta where name = 'projected'", [], |row| row.get(0)).optional()?;
    let projected = projected.unwrap_or(0).cast_unsigned();
    let mut world = World::default();
    let mut conflicts = 0_i64;
    let Ok(mut merged) = Merged::new(&connection) else { return Ok(true) };
    // A record that cannot be read is the audit's finding.
    while let Ok(Some((at, record, note))) = merged.next(&connection) {
        let (no, seq) = crate::schema::split(at);
        if no == 1 && note.is_none() && seq >= projected {
            break;
        }
        let changed = match &note {
            Some(info) => world.fold_note(&record, info),
            None => world.fold(&record),
        };
        conflicts += i64::try_from(changed.conflicts.len()).unwrap_or_default();
    }
    let written: i64 = connection.query_row("select count(*) from conflict", [], |row| row.get(0))?;
    let Ok(loaded) = load_world(&connection) else { return Ok(false) };
    Ok(written == conflicts && loaded == world)
}

/// Leaf hashes of the first `size` records of the ledger's own log, for a partner who wants to name a change exactly.
///
/// # Errors
/// When there is no ledger or the disk refuses.
pub fn leaves(folder: &Path, size: u64) -> Result<Vec<Hash>> {
    let connection = open_to_read(folder)?;
    crate::tiles::Rows { connection: &connection, no: 1 }.leaves(0, size)
}
