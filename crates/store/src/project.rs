//! Projections: brought up to date from what records changed, and made anew from the log.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use custody::encode::{decode, encode};
use custody::event::Act;
use custody::hash::Hash;
use custody::name::{Named, Node, Serial};
use custody::record::{Body, Record};
use custody::table::Table;
use custody::tree::Frontier;
use custody::world::{Changed, World};
use rusqlite::{Connection, params};

use crate::error::{Result, refuse};
use crate::ledger::{Ledger, Pending};
use crate::schema::{PROJECTIONS, key};
use crate::tiles;

/// Records after which the projections on disk are brought up to date.
const FLUSH_AFTER: usize = 32_768;

/// Serials a record speaks of.
pub(crate) fn speaks_of(record: &Record) -> impl Iterator<Item = &Serial> {
    let event = record.event();
    let parent = event.and_then(|event| match &event.act {
        Act::Install { parent, .. } | Act::Remove { parent } => Some(parent),
        _ => None,
    });
    event.into_iter().flat_map(|event| &event.serials).chain(parent)
}

impl Ledger {
    /// Takes a record of this node's own log that is about to be durable into memory. Gives its leaf hash.
    pub(crate) fn took(&mut self, record: &Record, bytes: &[u8], is_checked: bool) -> Result<Hash> {
        let at = key(self.no, record.seq);
        let leaf = Hash::leaf(bytes);
        self.push_leaf(leaf);
        self.clock = self.clock.max(record.clock);
        let changed = if is_checked { self.world.fold_checked(record) } else { self.world.fold(record) };
        self.note(record, at, changed);
        Ok(leaf)
    }

    fn push_leaf(&mut self, leaf: Hash) {
        let (no, place) = (self.no, self.frontier.size());
        let tiles = &mut self.pending.tiles;
        self.frontier.push(leaf, |height, root| {
            if tiles::is_kept(height) {
                tiles.push((tiles::level(no, height), place >> height, root));
            }
        });
        self.prev = leaf;
    }

    /// Remembers what a record changed until the next flush.
    pub(crate) fn note(&mut self, record: &Record, at: i64, changed: Changed) {
        let pending = &mut self.pending;
        let mut before = Vec::new();
        for serial in speaks_of(record) {
            let last = self.trail.insert(serial.clone(), at);
            before.push(last.map_or(0, i64::cast_unsigned));
            pending.trail.insert(serial.clone());
        }
        if !before.is_empty() {
            pending.links.push((at, encode(&before)));
        }
        if let Body::Document { mentions, .. } = &record.body {
            pending.mentions.extend(mentions.iter().map(|name| (name.clone(), at)));
        }
        pending.units.extend(changed.units);
        pending.hands.extend(changed.hands);
        pending.people.extend(changed.person);
        pending.accepted.extend(changed.accepted);
        pending.conflicts.extend(changed.conflicts);
        pending.lots.extend(changed.lots.into_iter().map(|(lot, serial)| (lot, serial, at)));
        pending.n += 1;
    }

    /// Whether enough has gathered to be written.
    #[must_use]
    pub fn wants_flush(&self) -> bool {
        self.pending.n >= FLUSH_AFTER
    }

    /// Brings the projections on disk up to date, in a transaction of its own.
    ///
    /// # Errors
    /// When the disk refuses; the log is not touched.
    pub fn flush(&mut self) -> Result<()> {
        if self.pending.n == 0 {
            return Ok(());
        }
        self.connection.execute_batch("begin immediate")?;
        let done = self.flush_within().and_then(|()| Ok(self.connection.execute_batch("commit")?));
        done.inspect_err(|_| {
            self.poisoned = true;
            let _ = self.connection.execute_batch("rollback");
        })
    }

    /// The same inside a transaction that the caller ends.
    pub(crate) fn flush_within(&mut self) -> Result<()> {
        let pending = std::mem::take(&mut self.pending);
        write(&self.connection, &self.world, &pending)?;
        let mut statement = self.connection.prepare_cached("insert or replace into trail values (?, ?)")?;
        for serial in &pending.trail {
            statement.execute(params![serial.as_str(), self.trail.get(serial)])?;
        }
        drop(statement);
        self.put_meta("clock", self.clock)?;
        self.put_meta("projected", self.frontier.size())
    }

    /// Folds records of this node's own log that are durable but not projected: what a crash left.
    pub(crate) fn catch_up(&mut self) -> Result<()> {
        let from = self.meta_u64("projected")?;
        let size = self.frontier.size();
        if from >= size {
            return Ok(());
        }
        // The peaks and the tiles of the missing stretch are made again by walking over it.
        let rows = tiles::Rows { connection: &self.connection, no: self.no };
        self.frontier = rows.frontier(from);
        let mut statement = self.connection.prepare("select bytes from log where key >= ? and key < ? order by key")?;
        let mut rows = statement.query(params![key(self.no, from), key(self.no, size)])?;
        let mut records = Vec::new();
        while let Some(row) = rows.next()? {
            let bytes: Vec<u8> = row.get(0)?;
            let help = "`ringworks ledger verify` names the record";
            let record: Record = decode(&bytes).map_err(|_| refuse(761, "a record of the log cannot be read", help))?;
            records.push((record, bytes));
        }
        drop(rows);
        drop(statement);
        for (record, bytes) in records {
            if let Some(event) = record.event() {
                let slot = self.client_slot(&event.client)?.0;
                self.pending.clients.insert(slot, key(self.no, record.seq));
            }
            self.took(&record, &bytes, false)?;
        }
        Ok(())
    }

    /// Throws every projection away and makes it anew from the log, in one transaction.
    ///
    /// # Errors
    /// When the disk refuses or a record cannot be read.
    pub fn rebuild(&mut self) -> Result<()> {
        self.connection.execute_batch("begin immediate")?;
        let done = self.rebuild_within().and_then(|()| Ok(self.connection.execute_batch("commit")?));
        done.inspect_err(|_| {
            self.poisoned = true;
            let _ = self.connection.execute_batch("rollback");
        })
    }

    pub(crate) fn rebuild_within(&mut self) -> Result<()> {
        for table in PROJECTIONS {
            self.connection.execute(&format!("delete from {table}"), [])?;
        }
        self.pending = Pending::default();
        self.world = World::default();
        self.trail = Table::default();
        self.clock = 0;
        for (no, _) in self.nodes()? {
            self.tile_log(no)?;
        }
        let own = self.no;
        let mut merged = Merged::new(&self.connection)?;
        let mut taken = 0_usize;
        while let Some((at, record, note)) = merged.next(&self.connection)? {
            self.clock = self.clock.max(record.clock);
            let changed = match &note {
                Some(info) => self.world.fold_note(&record, info),
                None => self.world.fold(&record),
            };
            if let Some(event) = record.event().filter(|_| at >> crate::schema::SEQ_BITS == own && note.is_none()) {
                let slot = self.client_slot(&event.client)?.0;
                self.pending.clients.insert(slot, at);
            }
            self.note(&record, at, changed);
            taken += 1;
            if taken.is_multiple_of(FLUSH_AFTER) {
                self.flush_within()?;
            }
        }
        self.flush_within()
    }

    /// The tiles of one log, and for the own one its frontier.
    pub(crate) fn tile_log(&mut self, no: i64) -> Result<()> {
        let size = self.size_of(no)?;
        let mut frontier = Frontier::default();
        let mut last = Hash::default();
        let mut found: Vec<(i64, u64, Hash)> = Vec::new();
        let mut from = 0;
        while from < size {
            let to = size.min(from + 65_536);
            for leaf in (tiles::Rows { connection: &self.connection, no }).leaves(from, to)? {
                let place = frontier.size();
                frontier.push(leaf, |height, root| {
                    if tiles::is_kept(height) {
                        found.push((tiles::level(no, height), place >> height, root));
                    }
                });
                last = leaf;
            }
            from = to;
        }
        self.pending.tiles.extend(found);
        if no == self.no {
            (self.frontier, self.prev) = (frontier, last);
        }
        Ok(())
    }
}

/// Writes what has gathered.
fn write(connection: &Connection, world: &World, pending: &Pending) -> Result<()> {
    let mut statement = connection.prepare_cached("insert or replace into unit values (?, ?, ?, ?, ?, ?, ?)")?;
    for serial in &pending.units {
        let Some(unit) = world.units.get(serial) else { continue };
        statement.execute(params![
            serial.as_str(),
            unit.item.as_ref().map(custody::name::Item::as_str),
            i64::try_from(unit.state.index()).unwrap_or_default(),
            unit.holder.as_str(),
            unit.owner.as_str(),
            unit.parent.as_ref().map(Serial::as_str),
            encode(unit)
        ])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into hand values (?, ?, ?)")?;
    for (name, hand) in pending.hands.iter().filter_map(|name| world.hands.get_key_value(name)) {
        statement.execute(params![name.text(), hand.verdict.word(), encode(hand)])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into person values (?, ?)")?;
    for (person, organisations) in pending.people.iter().filter_map(|p| world.people.get_key_value(p)) {
        for organisation in organisations {
            statement.execute([person.as_str(), organisation.as_str()])?;
        }
    }
    let mut statement = connection.prepare_cached("insert or replace into accepted values (?, ?)")?;
    for (organisation, n) in pending.accepted.iter().filter_map(|o| world.accepted.get_key_value(o)) {
        statement.execute(params![organisation.as_str(), n.cast_signed()])?;
    }
    let mut statement = connection.prepare_cached("insert into conflict (bytes) values (?)")?;
    for conflict in &pending.conflicts {
        statement.execute([encode(conflict)])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into link values (?, ?)")?;
    for (at, before) in &pending.links {
        statement.execute(params![at, before])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into client values (?, ?)")?;
    for (slot, at) in &pending.clients {
        statement.execute([slot, at])?;
    }
    let mut statement = connection.prepare_cached(
        "insert into lot values (?, ?, ?, ?, ?) on conflict do update set thousandths = thousandths + excluded.thousandths",
    )?;
    for (lot, serial, at) in &pending.lots {
        let thousandths = lot.thousandths.cast_signed();
        statement.execute(params![lot.lot.as_str(), lot.part.as_str(), serial.as_str(), at, thousandths])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into mention values (?, ?)")?;
    for (name, at) in &pending.mentions {
        statement.execute(params![name, at])?;
    }
    let mut statement = connection.prepare_cached("insert or replace into tile values (?, ?, ?)")?;
    for (level, place, hash) in &pending.tiles {
        statement.execute(params![level, place.cast_signed(), hash.0])?;
    }
    Ok(())
}

/// All records of all logs in their common order, and the releases that came along as bundles.
pub(crate) struct Merged {
    heap: BinaryHeap<Reverse<(u64, Node, u64, usize)>>,
    sources: Vec<Source>,
}

struct Source {
    no: i64,
    next: u64,
    size: u64,
    buffer: std::collections::VecDeque<(i64, Record, Option<custody::world::NodeInfo>)>,
}

/// Records read at once from each log.
const CHUNK: u64 = 4_096;

impl Merged {
    pub(crate) fn new(connection: &Connection) -> Result<Self> {
        let mut merged = Self { heap: BinaryHeap::new(), sources: Vec::new() };
        for (no, _) in crate::ledger::nodes(connection)? {
            let size = crate::ledger::size_of(connection, no)?;
            merged.sources.push(Source { no, next: 0, size, buffer: std::collections::VecDeque::new() });
        }
        let buffer = notes(connection)?.into_iter().map(|(at, record, info)| (at, record, Some(info))).collect();
        merged.sources.push(Source { no: 0, next: 0, size: 0, buffer });
        for index in 0..merged.sources.len() {
            merged.refill(connection, index)?;
        }
        Ok(merged)
    }

    pub(crate) fn next(
        &mut self,
        connection: &Connection,
    ) -> Result<Option<(i64, Record, Option<custody::world::NodeInfo>)>> {
        let Some(Reverse((_, _, _, index))) = self.heap.pop() else { return Ok(None) };
        let next = self.sources[index].buffer.pop_front();
        self.refill(connection, index)?;
        Ok(next)
    }

    /// Puts a source's next record on the heap, reading more of its log when it has none left in memory.
    fn refill(&mut self, connection: &Connection, index: usize) -> Result<()> {
        let source = &mut self.sources[index];
        if source.buffer.is_empty() && source.next < source.size {
            let to = source.size.min(source.next + CHUNK);
            let mut statement =
                connection.prepare_cached("select key, bytes from log where key >= ? and key < ? order by key")?;
            let mut rows = statement.query(params![key(source.no, source.next), key(source.no, to)])?;
            while let Some(row) = rows.next()? {
                let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
                let help = "`ringworks ledger verify` names the record";
                let record = decode(bytes).map_err(|_| refuse(761, "a record of the log cannot be read", help))?;
                source.buffer.push_back((row.get(0)?, record, None));
            }
            source.next = to;
        }
        if let Some((_, record, _)) = source.buffer.front() {
            self.heap.push(Reverse((record.clock, record.node.clone(), record.seq, index)));
        }
        Ok(())
    }
}

/// Releases that came along with goods and whose log is not held as far as them, in the common order.
pub(crate) fn notes(connection: &Connection) -> Result<Vec<(i64, Record, custody::world::NodeInfo)>> {
    let sql = "select note.bytes, note.info, coalesce(node.no, 0), note.seq from note left join node on node.name = note.node";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut notes = Vec::new();
    while let Some(row) = rows.next()? {
        let (no, seq): (i64, i64) = (row.get(2)?, row.get(3)?);
        if no > 0 && crate::ledger::size_of(connection, no)? > seq.cast_unsigned() {
            continue;
        }
        let help = "bring the bundle along again";
        let bad = |_| refuse(761, "a consignment note cannot be read", help);
        let record: Record = decode(row.get_ref(0)?.as_blob().unwrap_or_default()).map_err(bad)?;
        let info = decode(row.get_ref(1)?.as_blob().unwrap_or_default()).map_err(bad)?;
        notes.push((key(no, record.seq), record, info));
    }
    notes.sort_by(|a, b| a.1.place().cmp(&b.1.place()));
    Ok(notes)
}
