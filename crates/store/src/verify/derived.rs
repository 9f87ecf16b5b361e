//! Folds the records again and compares every table that follows from them, row by row and byte by byte.

use std::collections::BTreeMap;
use std::sync::mpsc::Receiver;

use custody::encode::{Canonical, decode, encode};
use custody::event::LotUse;
use custody::name::{Item, Named, Serial};
use custody::record::{Body, Record};
use custody::table::Table;
use custody::world::{Conflict, NodeInfo, World};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Rows};

use super::quick::{Chunk, Row, Scene};
use crate::error::Result;
use crate::project::speaks_of;
use crate::schema::split;

/// What must stand in the tables.
#[derive(Default)]
struct Expected {
    world: World,
    clock: u64,
    trail: Table<Serial, i64>,
    conflicts: Vec<Conflict>,
    lots: Vec<(LotUse, Serial, i64)>,
    mentions: Vec<(String, i64)>,
    /// The row of the table `link` of the record taken last.
    link: Vec<u8>,
}

impl Expected {
    /// Takes the next record of the common order and gives its row of the table `link`, when it has one.
    fn take(&mut self, at: i64, record: &Record, note: Option<&NodeInfo>) -> Option<&[u8]> {
        self.clock = self.clock.max(record.clock);
        let changed = match note {
            Some(info) => self.world.fold_note(record, info),
            None => self.world.fold(record),
        };
        self.conflicts.extend(changed.conflicts);
        self.lots.extend(changed.lots.into_iter().map(|(lot, serial)| (lot, serial, at)));
        if let Body::Document { mentions, .. } = &record.body {
            self.mentions.extend(mentions.iter().map(|name| (name.clone(), at)));
        }
        self.link.clear();
        let n = speaks_of(record).count();
        (n as u64).put(&mut self.link);
        for serial in speaks_of(record) {
            let before = std::mem::replace(self.trail.entry_or_default(serial), at);
            before.cast_unsigned().put(&mut self.link);
        }
        (n > 0).then_some(&self.link)
    }

    /// Brings what the next records need nearer.
    fn warm<'a>(&self, records: impl Iterator<Item = &'a Record> + Clone) {
        let units = self.world.units.warm(records.clone().flat_map(speaks_of), |unit| {
            unit.state.index() ^ unit.children.len() ^ usize::from(unit.parent.is_some()) ^ unit.last.node.text().len()
        });
        std::hint::black_box(units ^ self.trail.warm(records.flat_map(speaks_of), |_| 0));
    }
}

/// Records that are decoded before the first of them is folded.
const AHEAD: usize = 16;

/// Takes all records in their common order and gives the tables that differ; `None` when a record cannot be read.
///
/// # Errors
/// When the disk refuses.
pub(super) fn compare(
    connection: &Connection,
    scene: &Scene,
    notes: &[(i64, Record, NodeInfo)],
    chunks: &Receiver<Chunk>,
) -> Result<Option<Vec<&'static str>>> {
    let mut expected = Expected::default();
    // Links of notes lie beyond the end of the log that they will stand in.
    let mut beyond: BTreeMap<i64, Vec<u8>> = BTreeMap::new();
    let mut same_links = true;
    let mut shown = 0;
    for chunk in chunks {
        let mut rest = chunk.entries();
        loop {
            let mut ahead = Vec::with_capacity(AHEAD);
            for (row, bytes, link) in rest.by_ref().take(AHEAD) {
                let record = match row {
                    Row::Note(_) => None,
                    Row::Record(_) => match decode::<Record>(bytes) {
                        Ok(record) => Some(record),
                        Err(_) => return Ok(None),
                    },
                };
                ahead.push((row, record, link));
            }
            if ahead.is_empty() {
                break;
            }
            expected.warm(ahead.iter().filter_map(|(_, record, _)| record.as_ref()));
            for (row, record, link) in &ahead {
                match (row, record) {
                    (Row::Record(at), Some(record)) => {
                        let (no, seq) = split(*at);
                        // What is durable and not shown by the tables yet has no row there.
                        let is_shown = no != 1 || seq < scene.projected;
                        shown += u64::from(is_shown && no == 1);
                        let must = if is_shown { expected.take(*at, record, None) } else { None };
                        same_links &= must == *link;
                    }
                    (Row::Note(place), _) => {
                        let (at, record, info) = &notes[*place];
                        beyond.extend(expected.take(*at, record, Some(info)).map(|before| (*at, before.to_vec())));
                    }
                    (Row::Record(_), None) => {}
                }
            }
        }
        for (at, before) in &chunk.left_over {
            same_links &= beyond.remove(at).as_ref() == Some(before);
        }
    }
    let mut differ = tables(connection, expected, scene, shown)?;
    if !same_links || !beyond.is_empty() {
        differ.push("link");
    }
    Ok(Some(differ))
}

/// A field of a row as it must be.
enum Field<'a> {
    Null,
    Number(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

impl Field<'_> {
    fn is(&self, found: ValueRef<'_>) -> bool {
        match (self, found) {
            (Self::Null, ValueRef::Null) => true,
            (Self::Number(n), ValueRef::Integer(found)) => *n == found,
            (Self::Text(text), ValueRef::Text(found)) => text.as_bytes() == found,
            (Self::Bytes(bytes), ValueRef::Blob(found)) => *bytes == found,
            _ => false,
        }
    }
}

/// A table being compared with the rows it must have, which are given in its order.
struct Compared<'a> {
    rows: Rows<'a>,
    same: bool,
}

impl Compared<'_> {
    fn has(&mut self, fields: &[Field<'_>]) -> Result<()> {
        self.same &= match self.rows.next()? {
            None => false,
            Some(row) => {
                let mut same = true;
                for (column, field) in fields.iter().enumerate() {
                    same &= field.is(row.get_ref(column)?);
                }
                same
            }
        };
        Ok(())
    }
}

/// Compares a table, asked for by a query, with the rows that `fill` tells; adds its name when it differs.
fn table(
    connection: &Connection,
    name: &'static str,
    sql: &str,
    differ: &mut Vec<&'static str>,
    fill: impl FnOnce(&mut Compared<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut table = Compared { rows: statement.query([])?, same: true };
    fill(&mut table)?;
    if !table.same || table.rows.next()?.is_some() {
        differ.push(name);
    }
    Ok(())
}

/// Compares all tables but those that were read along; gives the names of those that differ.
fn tables(connection: &Connection, expected: Expected, scene: &Scene, shown: u64) -> Result<Vec<&'static str>> {
    let Expected { world, clock, trail, conflicts, mut lots, mut mentions, link: _ } = expected;
    let mut differ = Vec::new();
    if clock != scene.clock || shown != scene.projected {
        differ.push("meta");
    }
    let sql = "select serial, item, state, holder, owner, parent, bytes from unit order by serial";
    table(connection, "unit", sql, &mut differ, |table| {
        let mut bytes = Vec::new();
        for (serial, unit) in world.units.iter() {
            bytes.clear();
            unit.put(&mut bytes);
            table.has(&[
                Field::Text(serial.as_str()),
                unit.item.as_ref().map_or(Field::Null, |item| Field::Text(Item::as_str(item))),
                Field::Number(i64::try_from(unit.state.index()).unwrap_or_default()),
                Field::Text(unit.holder.as_str()),
                Field::Text(unit.owner.as_str()),
                unit.parent.as_ref().map_or(Field::Null, |parent| Field::Text(parent.as_str())),
                Field::Bytes(&bytes),
            ])?;
        }
        Ok(())
    })?;
    let sql = "select handover, verdict, bytes from hand order by handover";
    table(connection, "hand", sql, &mut differ, |table| {
        for (name, hand) in world.hands.iter() {
            let verdict = Field::Text(hand.verdict.word());
            table.has(&[Field::Text(name.text()), verdict, Field::Bytes(&encode(hand))])?;
        }
        Ok(())
    })?;
    let sql = "select person, organisation from person order by person, organisation";
    table(connection, "person", sql, &mut differ, |table| {
        for (person, organisations) in world.people.iter() {
            for organisation in organisations {
                table.has(&[Field::Text(person.as_str()), Field::Text(organisation.as_str())])?;
            }
        }
        Ok(())
    })?;
    let sql = "select organisation, n from accepted order by organisation";
    table(connection, "accepted", sql, &mut differ, |table| {
        for (organisation, n) in &world.accepted {
            table.has(&[Field::Text(organisation.as_str()), Field::Number(n.cast_signed())])?;
        }
        Ok(())
    })?;
    table(connection, "conflict", "select bytes from conflict order by n", &mut differ, |table| {
        conflicts.iter().try_for_each(|conflict| table.has(&[Field::Bytes(&encode(conflict))]))
    })?;
    table(connection, "trail", "select serial, key from trail order by serial", &mut differ, |table| {
        trail.iter().try_for_each(|(serial, at)| table.has(&[Field::Text(serial.text()), Field::Number(*at)]))
    })?;
    lots.sort_unstable_by(|a, b| (&a.0.lot, &a.0.part, &a.1, a.2).cmp(&(&b.0.lot, &b.0.part, &b.1, b.2)));
    let sql = "select lot, part, serial, key, thousandths from lot order by lot, part, serial, key";
    table(connection, "lot", sql, &mut differ, |table| {
        let same = |a: &(LotUse, Serial, i64), b: &(LotUse, Serial, i64)| {
            (&a.0.lot, &a.0.part, &a.1, a.2) == (&b.0.lot, &b.0.part, &b.1, b.2)
        };
        for rows in lots.chunk_by(same) {
            let (LotUse { lot, part, .. }, serial, at) = &rows[0];
            let sum: i64 = rows.iter().map(|(lot, _, _)| lot.thousandths.cast_signed()).sum();
            let (lot, part) = (Field::Text(lot.as_str()), Field::Text(part.as_str()));
            table.has(&[lot, part, Field::Text(serial.as_str()), Field::Number(*at), Field::Number(sum)])?;
        }
        Ok(())
    })?;
    mentions.sort_unstable();
    mentions.dedup();
    table(connection, "mention", "select name, key from mention order by name, key", &mut differ, |table| {
        mentions.iter().try_for_each(|(name, at)| table.has(&[Field::Text(name), Field::Number(*at)]))
    })?;
    Ok(differ)
}
