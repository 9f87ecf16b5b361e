//! What travels with goods: a release with its proof, given out and taken in before its log is known.

use custody::bundle::{Bundle, Unproven};
use custody::encode::{Bytes, encode};
use custody::event::{Act, RecordId};
use custody::tree;
use custody::world::NodeInfo;
use rusqlite::params;

use crate::error::{Result, refuse};
use crate::ledger::Ledger;
use crate::pull::{CLOCK_STEP_MAX, far_ahead, forked};
use crate::schema::{is_a_place, key};
use crate::tiles::Rows;
use crate::verify::checkpoints;

impl Ledger {
    /// One record with the proof that it is in its log, for somebody without any network.
    ///
    /// # Errors
    /// When the record is not held, or the disk refuses.
    pub fn bundle(&self, id: &RecordId) -> Result<Bundle> {
        let missing = || refuse(764, format!("`{id}` is not held here"), "pull the log of its node");
        let (no, _) = self.nodes()?.into_iter().find(|(_, node)| *node == id.node).ok_or_else(missing)?;
        let checkpoint = match no == self.no {
            true => Some(self.checkpoint()),
            false => checkpoints(&self.connection, &id.node)?.into_iter().next_back(),
        };
        let checkpoint = checkpoint.filter(|checkpoint| checkpoint.head.size > id.seq).ok_or_else(missing)?;
        let rows = Rows { connection: &self.connection, no };
        let path = tree::inclusion(&rows, id.seq, checkpoint.head.size);
        let record = Bytes(self.record_at(key(no, id.seq))?.bytes());
        Ok(Bundle { record, path, checkpoint: checkpoint.text(), shown: Vec::new() })
    }

    /// Takes a release that came along with the goods, so that they can be received before its log is pulled.
    ///
    /// `giver` is who the node is and with which key, as this organisation knows it from elsewhere.
    ///
    /// # Errors
    /// When the bundle proves nothing, is no release to this organisation, or the disk refuses.
    pub fn bring(&mut self, bundle: &Bundle, giver: &NodeInfo) -> Result<RecordId> {
        let fault = |fact: &str| refuse(764, fact, "ask the giver for the bundle again, and for its key");
        let (record, checkpoint) = bundle.prove(&giver.key).map_err(|why| match why {
            Unproven::Malformed => fault("the bundle cannot be read"),
            Unproven::NotIncluded => fault("the record is not in the log that the checkpoint speaks of"),
            Unproven::NotSigned => fault("the checkpoint is not signed with the giver's key"),
            Unproven::NotCommitted => fault("a private value shown is not the one that the record commits to"),
        })?;
        if let Some(known) = self.world.nodes.get(&record.node).filter(|known| *known != giver) {
            let text = format!("`{}` is known with another key, of `{}`", record.node, known.organisation);
            return Err(fault(&text));
        }
        let to_us = |act: &Act| matches!(act, Act::Ship { to, .. } if *to == self.identity.organisation);
        if !record.event().is_some_and(|event| to_us(&event.act) && event.organisation == giver.organisation) {
            return Err(fault("the record is no release to this organisation"));
        }
        if checkpoint.head.ring != self.identity.ring {
            return Err(fault(&format!("the record is of the ring `{}`", checkpoint.head.ring)));
        }
        if !is_a_place(record.seq) || record.clock > self.clock.saturating_add(CLOCK_STEP_MAX) {
            return Err(far_ahead(&record.node, record.seq));
        }
        let id = record.id();
        let mut here = self.notes_of(&record.node)?.remove(&record.seq);
        if let Some((no, _)) = self.nodes()?.into_iter().find(|(_, node)| *node == record.node)
            && self.size_of(no)? > record.seq
        {
            here = Some(self.record_at(key(no, record.seq))?.bytes());
        }
        if here.is_some_and(|here| here != bundle.record.0) {
            return Err(forked(&record.node, record.seq));
        }
        self.flush()?;
        self.connection.execute_batch("begin immediate")?;
        let done = (|| {
            let no = self.number(&record.node)?;
            if self.size_of(no)? <= record.seq {
                let sql = "insert or ignore into note values (?, ?, ?, ?)";
                let seq = record.seq.cast_signed();
                self.connection.execute(sql, params![record.node.as_str(), seq, bundle.record.0, encode(giver)])?;
                self.rebuild_within()?;
            }
            Ok(self.connection.execute_batch("commit")?)
        })();
        if let Err(refused) = done {
            let _ = self.connection.execute_batch("rollback");
            self.poisoned = self.load().is_err();
            return Err(refused);
        }
        Ok(id)
    }
}
