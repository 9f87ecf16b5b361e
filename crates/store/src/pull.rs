//! Exchange of logs: what a node sends, and what it takes from another's pack after checking every record of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use custody::checkpoint::Checkpoint;
use custody::encode::{Bytes, decode};
use custody::event::RecordId;
use custody::hash::Hash;
use custody::name::{Node, Word};
use custody::pack::{Disclosed, Pack, Stretch};
use custody::private::Private;
use custody::record::{Body, Record};
use custody::world::NodeInfo;
use diag::Diagnostic;
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Refused, Result, refuse};
use crate::files::open_to_read;
use crate::ledger::{Ledger, nodes, now_ms, size_of};
use crate::schema::{key, split};
use crate::tiles::Rows;
use crate::verify::{checkpoints, head};

/// How far the place of a record in the common order may lie beyond all that is known: no ring writes so much at once. Past
/// the last number nobody could write any more.
pub(crate) const CLOCK_STEP_MAX: u64 = 1 << 32;

/// What a pull brought.
#[derive(Debug, Default)]
pub struct Pulled {
    /// New records, by node.
    pub taken: Vec<(Node, u64)>,
    /// Logs of which nothing was taken, and why.
    pub refused: Vec<Diagnostic>,
    /// Nodes known for the first time, with the keys they bring: to be compared once with what their people say.
    pub met: Vec<(Node, NodeInfo)>,
    /// Contradictions between records that all nodes know now, more than before.
    pub conflicts: u64,
}

/// Makes a pack of everything a ledger holds beyond what somebody has (records by node).
///
/// Private values go along only when asked for; ask only for nodes of the same organisation.
///
/// # Errors
/// When there is no ledger or the disk refuses.
pub fn pack(folder: &Path, have: &BTreeMap<Node, u64>, with_private: bool) -> Result<Pack> {
    let connection = open_to_read(folder)?;
    connection.execute_batch("begin")?;
    let mut stretches = Vec::new();
    let mut ring: Option<(Word, Node)> = None;
    for (no, node) in nodes(&connection)? {
        let checkpoint =
            if no == 1 { head(&connection)? } else { checkpoints(&connection, &node)?.into_iter().next_back() };
        let Some(checkpoint) = checkpoint else { continue };
        if no == 1 {
            ring = Some((checkpoint.head.ring.clone(), node.clone()));
        }
        let size = size_of(&connection, no)?.min(checkpoint.head.size);
        let from = have.get(&node).copied().unwrap_or(0).min(size);
        let mut statement =
            connection.prepare_cached("select bytes from log where key >= ? and key < ? order by key")?;
        let rows = statement.query_map([key(no, from), key(no, size)], |row| Ok(Bytes(row.get(0)?)))?;
        let records: Vec<Bytes> = rows.collect::<rusqlite::Result<_>>()?;
        stretches.push(Stretch { node, from, checkpoint: checkpoint.text(), records });
    }
    let (ring, from) = ring.ok_or_else(|| refuse(761, "the ledger has no signed head", "verify it"))?;
    let disclosed = if with_private { disclosed(&connection)? } else { Vec::new() };
    Ok(Pack { ring, from, stretches, disclosed })
}

/// All private values that lie here. Records may have come to the other node through somebody who may not see these, so
/// what it has of the logs says nothing about what it has of them.
fn disclosed(connection: &Connection) -> Result<Vec<Disclosed>> {
    let names: BTreeMap<i64, Node> = nodes(connection)?.into_iter().collect();
    let mut statement = connection.prepare("select key, name, salt, value from private order by key, name")?;
    let mut rows = statement.query([])?;
    let mut all = Vec::new();
    while let Some(row) = rows.next()? {
        let (no, seq) = split(row.get(0)?);
        let (Some(node), Some(name)) = (names.get(&no), Word::new(&row.get::<_, String>(1)?)) else { continue };
        let record = RecordId { node: node.clone(), seq };
        all.push(Disclosed { record, name, salt: row.get(2)?, value: row.get(3)? });
    }
    Ok(all)
}

/// A stretch that has been checked.
struct Sound {
    no: i64,
    records: Vec<(Record, Bytes)>,
    checkpoint: Checkpoint,
}

impl Ledger {
    /// Records held of each node's log.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn have(&self) -> Result<BTreeMap<Node, u64>> {
        self.nodes()?.into_iter().map(|(no, node)| Ok((node, self.size_of(no)?))).collect()
    }

    /// Takes from a pack what is new, log by log; a log that does not hold is left out and told.
    ///
    /// # Errors
    /// When the pack is of another ring, or the disk refuses: then nothing is taken.
    pub fn pull(&mut self, pack: &Pack) -> Result<Pulled> {
        if pack.ring != self.identity.ring {
            let fact = format!("the pack is of the ring `{}`, this ledger of `{}`", pack.ring, self.identity.ring);
            return Err(refuse(715, fact, "pull from a node of this ring; `ledger open --ring` gave each its name"));
        }
        self.flush()?;
        let mut pulled = Pulled::default();
        self.connection.execute_batch("begin immediate")?;
        let done = self.pull_within(pack, &mut pulled).and_then(|()| Ok(self.connection.execute_batch("commit")?));
        if let Err(refused) = done {
            let _ = self.connection.execute_batch("rollback");
            // Memory may be ahead of the disk: read it again.
            self.poisoned = self.load().is_err();
            return Err(refused);
        }
        Ok(pulled)
    }

    fn pull_within(&mut self, pack: &Pack, pulled: &mut Pulled) -> Result<()> {
        let conflicts = self.n_conflicts()?;
        let known: BTreeSet<Node> = self.world.nodes.keys().cloned().collect();
        let mut sound = Vec::new();
        for stretch in &pack.stretches {
            match self.check_stretch(stretch)? {
                Ok(stretch) => sound.push(stretch),
                Err(Refused(why)) => {
                    self.remember_what_is_lost(stretch)?;
                    pulled.refused.extend(why);
                }
            }
        }
        let seen_s = u64::try_from(now_ms() / 1000).unwrap_or_default();
        let mut new: Vec<(i64, Record)> = Vec::new();
        let mut checkpoints: Vec<(i64, Checkpoint)> = Vec::new();
        for stretch in sound {
            let Sound { no, records, checkpoint } = stretch;
            if records.is_empty() {
                checkpoints.push((no, checkpoint));
                continue;
            }
            let mut statement = self.connection.prepare_cached("insert into log values (?, ?)")?;
            for (record, bytes) in &records {
                statement.execute(params![key(no, record.seq), bytes.0])?;
            }
            drop(statement);
            pulled.taken.push((checkpoint.head.node.clone(), records.len() as u64));
            new.extend(records.into_iter().map(|(record, _)| (key(no, record.seq), record)));
            checkpoints.push((no, checkpoint));
        }
        self.take_disclosed(&pack.disclosed)?;
        if !new.is_empty() {
            self.fold_new(new)?;
        }
        let met = self.world.nodes.iter().filter(|(node, _)| !known.contains(*node));
        pulled.met = met.map(|(node, info)| (node.clone(), info.clone())).collect();
        // Now every node of the pack is known with its key.
        for (no, checkpoint) in checkpoints {
            self.keep(checkpoint, no, seen_s)?;
        }
        pulled.conflicts = self.n_conflicts()?.saturating_sub(conflicts);
        Ok(())
    }

    /// Keeps a checkpoint with every signature under it that holds, and signs it too when it is of another node's log.
    ///
    /// Of the own log those are kept that partners have co-signed: with them its owner can show since when it stands.
    fn keep(&self, mut checkpoint: Checkpoint, no: i64, seen_s: u64) -> Result<()> {
        let own = &self.identity.node;
        let size = checkpoint.head.size.cast_signed();
        let sql = "select text from kept where node = ? and size = ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let kept: Option<String> =
            statement.query_row(params![checkpoint.head.node.as_str(), size], |row| row.get(0)).optional()?;
        // What was kept goes first: a node's first co-signature says when it saw the checkpoint.
        let before = kept.as_deref().and_then(Checkpoint::read).map_or_else(Vec::new, |kept| kept.marks);
        let new = std::mem::take(&mut checkpoint.marks);
        let all = before.into_iter().map(|mark| (mark, true)).chain(new.into_iter().map(|mark| (mark, false)));
        for (mark, was_kept) in all {
            let key = self.world.nodes.get(&mark.node).map(|info| info.key);
            // That of the log's own node was checked with the key that its first record names.
            let holds = was_kept
                || mark.node == checkpoint.head.node && mark.seen_s.is_none()
                || key.is_some_and(|key| mark.holds(&checkpoint.head, &key));
            if holds && checkpoint.marks.iter().all(|other| other.node != mark.node) {
                checkpoint.marks.push(mark);
            }
        }
        let is_cosigned = |node: &Node| checkpoint.marks.iter().any(|mark| mark.node == *node);
        if no == self.no {
            if checkpoint.marks.iter().all(|mark| mark.seen_s.is_none()) {
                return Ok(());
            }
        } else if !is_cosigned(own) {
            checkpoint.marks.push(self.key.cosign(own, &checkpoint.head, seen_s));
        }
        let sql = "insert or replace into kept (node, size, text) values (?, ?, ?)";
        self.connection.execute(sql, params![checkpoint.head.node.as_str(), size, checkpoint.text()])?;
        Ok(())
    }

    /// Another node holds more of this node's own log, signed with its key, than lies here: this is an older copy. Whoever
    /// writes on it makes a second history, so nothing is written any more.
    fn remember_what_is_lost(&mut self, stretch: &Stretch) -> Result<()> {
        let own = Checkpoint::read(&stretch.checkpoint).filter(|checkpoint| {
            let head = &checkpoint.head;
            let is_own = head.node == self.identity.node && head.ring == self.identity.ring;
            is_own && checkpoint.is_signed_with(&self.key.public())
        });
        if let Some(own) = own.filter(|own| own.head.size > self.held_elsewhere.max(self.frontier.size())) {
            self.held_elsewhere = own.head.size;
            self.put_meta("held_elsewhere", own.head.size)?;
        }
        Ok(())
    }

    fn n_conflicts(&self) -> Result<u64> {
        let n: i64 = self.connection.query_row("select count(*) from conflict", [], |row| row.get(0))?;
        Ok(n.cast_unsigned())
    }

    /// Records that all come after what is known are folded on; otherwise the common order changed in the middle, and
    /// everything is folded again.
    fn fold_new(&mut self, mut new: Vec<(i64, Record)>) -> Result<()> {
        let notes: i64 = self.connection.query_row("select count(*) from note", [], |row| row.get(0))?;
        new.sort_by(|a, b| a.1.place().cmp(&b.1.place()));
        if notes > 0 || new.first().is_some_and(|(_, record)| record.clock <= self.clock) {
            return self.rebuild_within();
        }
        let mut touched: Vec<i64> = new.iter().map(|(at, _)| split(*at).0).collect();
        touched.sort_unstable();
        touched.dedup();
        for no in touched {
            self.tile_log(no)?;
        }
        for (at, record) in new {
            self.clock = self.clock.max(record.clock);
            let changed = self.world.fold(&record);
            self.note(&record, at, changed);
        }
        self.flush_within()
    }

    /// Checks a stretch against what is held of that log, its own chain and its signed checkpoint.
    fn check_stretch(&self, stretch: &Stretch) -> Result<std::result::Result<Sound, Refused>> {
        let no = self.number(&stretch.node)?;
        let have = self.size_of(no)?;
        Ok(self.checked(stretch, no, have))
    }

    fn checked(&self, stretch: &Stretch, no: i64, have: u64) -> std::result::Result<Sound, Refused> {
        let node = &stretch.node;
        if stretch.from > have {
            let fact = format!("records {have} to {} of `{node}` are missing in between", stretch.from - 1);
            return Err(refuse(715, fact, "ask for a pack from an earlier record on"));
        }
        let rows = Rows { connection: &self.connection, no };
        let begins_here = stretch.from == 0 && have > 0;
        if begins_here && let Some(first) = stretch.records.first() {
            let ours = rows.leaves(0, 1)?;
            if ours.first() != Some(&Hash::leaf(&first.0)) {
                return Err(another(node));
            }
        }
        let overlap = have.min(stretch.from + stretch.records.len() as u64);
        for (place, leaf) in (stretch.from..).zip(rows.leaves(stretch.from, overlap)?) {
            let at = usize::try_from(place - stretch.from).unwrap_or(usize::MAX);
            if Hash::leaf(&stretch.records[at].0) != leaf {
                return Err(forked(node, place));
            }
        }
        let end = stretch.from + stretch.records.len() as u64;
        if no == self.no {
            return if end > have { Err(rolled_back(node, have)) } else { self.nothing_new(no, stretch, have) };
        }
        if end <= have {
            return self.nothing_new(no, stretch, have);
        }
        let mut frontier = rows.frontier(have);
        let mut prev = rows.leaves(have.saturating_sub(1), have)?.first().copied().unwrap_or_default();
        let mut clock = self.last_clock(no, have)?;
        let notes = self.notes_of(node)?;
        let mut records = Vec::new();
        let skip = usize::try_from(have - stretch.from).unwrap_or(usize::MAX);
        for (seq, bytes) in (have..).zip(stretch.records.iter().skip(skip)) {
            let record: Record = decode(&bytes.0).map_err(|_| broken(node, seq))?;
            if record.node != *node || record.seq != seq || record.prev != prev || record.clock <= clock {
                return Err(if seq == have && record.prev != prev { forked(node, seq) } else { broken(node, seq) });
            }
            if record.clock > self.clock.max(clock).saturating_add(CLOCK_STEP_MAX) {
                return Err(far_ahead(node, seq));
            }
            if notes.get(&seq).is_some_and(|note| *note != bytes.0) {
                return Err(forked(node, seq));
            }
            prev = Hash::leaf(&bytes.0);
            clock = record.clock;
            frontier.push(prev, |_, _| ());
            records.push((record, bytes.clone()));
        }
        let public = self.key_of(no, records.first().map(|(record, _)| record))?;
        if self.world.nodes.get(node).is_some_and(|known| Some(known.key) != public) {
            return Err(another(node));
        }
        let checkpoint = Checkpoint::read(&stretch.checkpoint).ok_or_else(|| unsigned(node))?;
        let head = &checkpoint.head;
        let fits =
            head.node == *node && head.size == end && head.root == frontier.root() && head.ring == self.identity.ring;
        if !fits || !public.is_some_and(|public| checkpoint.is_signed_with(&public)) {
            return Err(unsigned(node));
        }
        Ok(Sound { no, records, checkpoint })
    }

    /// A stretch without a new record: its checkpoint must be one of the log that is held.
    fn nothing_new(&self, no: i64, stretch: &Stretch, have: u64) -> std::result::Result<Sound, Refused> {
        let node = &stretch.node;
        let checkpoint = Checkpoint::read(&stretch.checkpoint).ok_or_else(|| unsigned(node))?;
        let head = &checkpoint.head;
        let public = self.key_of(no, None)?;
        let is_of_log = head.node == *node && head.ring == self.identity.ring;
        if !is_of_log || !public.is_some_and(|public| checkpoint.is_signed_with(&public)) {
            return Err(unsigned(node));
        }
        if head.size > have {
            return Err(if no == self.no { rolled_back(node, have) } else { unsigned(node) });
        }
        if (Rows { connection: &self.connection, no }).frontier(head.size).root() != head.root {
            return Err(signed_twice(node, head.size));
        }
        Ok(Sound { no, records: Vec::new(), checkpoint })
    }

    /// Records of a node that came along as bundles, by their place.
    pub(crate) fn notes_of(&self, node: &Node) -> Result<BTreeMap<u64, Vec<u8>>> {
        let mut statement = self.connection.prepare_cached("select seq, bytes from note where node = ?")?;
        let rows =
            statement.query_map([node.as_str()], |row| Ok((row.get::<_, i64>(0)?.cast_unsigned(), row.get(1)?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn last_clock(&self, no: i64, have: u64) -> Result<u64> {
        if have == 0 { Ok(0) } else { Ok(self.record_at(key(no, have - 1))?.clock) }
    }

    /// The key a node's log names in its first record.
    fn key_of(&self, no: i64, new: Option<&Record>) -> Result<Option<[u8; 32]>> {
        let kept: Option<Vec<u8>> = self
            .connection
            .query_row("select bytes from log where key = ?", [key(no, 0)], |row| row.get(0))
            .optional()?;
        let record = kept.and_then(|bytes| decode::<Record>(&bytes).ok()).or_else(|| new.cloned());
        Ok(record.and_then(|record| match record.body {
            Body::Open { key, .. } => Some(key),
            _ => None,
        }))
    }

    /// Keeps private values whose commitment stands in a record held here.
    fn take_disclosed(&self, disclosed: &[Disclosed]) -> Result<()> {
        for one in disclosed {
            let no = self.number(&one.record.node)?;
            if self.size_of(no)? <= one.record.seq {
                continue;
            }
            let record = self.record_at(key(no, one.record.seq))?;
            let private = Private { name: one.name.clone(), salt: one.salt, value: one.value.clone() };
            if record.event().is_some_and(|event| event.private.contains(&private.commit())) {
                let sql = "insert or ignore into private values (?, ?, ?, ?)";
                let at = key(no, one.record.seq);
                self.connection.execute(sql, params![at, one.name.as_str(), one.salt, one.value])?;
            }
        }
        Ok(())
    }
}

pub(crate) fn forked(node: &Node, seq: u64) -> Refused {
    let fact = format!("`{node}` has written two histories: its record {seq} here and there differ");
    refuse(
        726,
        fact,
        "nothing of it was taken; keep both copies and settle with the node's organisation which one holds",
    )
}

fn another(node: &Node) -> Refused {
    let fact = format!("the log of `{node}` begins with another record than the one known by this name");
    let help = "two nodes have one name, or it was set up anew: compare its key with what its people gave you";
    refuse(726, fact, help)
}

pub(crate) fn far_ahead(node: &Node, seq: u64) -> Refused {
    let fact = format!("record {seq} of `{node}` claims a place in the common order far beyond all others");
    refuse(715, fact, "nothing of this log was taken; ask the node's people how that came about")
}

fn signed_twice(node: &Node, size: u64) -> Refused {
    let fact = format!("`{node}` has signed two histories of its first {size} records");
    refuse(726, fact, "keep both checkpoints and settle with the node's organisation which history holds")
}

pub(crate) fn rolled_back(node: &Node, have: u64) -> Refused {
    let fact = format!("another node holds records of `{node}` from {have} on that this ledger has lost");
    let help =
        "this is an older copy and takes nothing more: put the newest one back, or begin a node with another name";
    refuse(727, fact, help)
}

fn broken(node: &Node, seq: u64) -> Refused {
    let fact = format!("record {seq} of `{node}` does not follow from the one before it");
    refuse(721, fact, "nothing of this log was taken; pull it from the node itself")
}

fn unsigned(node: &Node) -> Refused {
    let fact = format!("the checkpoint of `{node}` does not fit its records, or is not signed with its key");
    refuse(728, fact, "nothing of this log was taken; pull it from the node itself")
}
