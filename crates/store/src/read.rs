//! Questions to a ledger: the history of a serial, the serials a lot went into, how many are in which state.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use custody::encode::decode;
use custody::name::{HandOver, Lot, Named, Part, Serial, Word};
use custody::private::Private;
use custody::record::Record;
use custody::world::{Conflict, Hand, State, Unit};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Result, refuse};
use crate::files::open_to_read;
use crate::project::speaks_of;
use crate::schema::is_a_place;

/// A ledger's database, read alone; somebody else may be writing meanwhile.
///
/// It shows what the projections show: everything the log holds as soon as the writer was closed or opened, at most the
/// last 32,768 records less while one is at work.
pub struct Reader {
    pub(crate) connection: Connection,
}

/// One serial that a lot went into, directly or inside something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The serial.
    pub serial: Serial,
    /// The part that went in.
    pub part: Part,
    /// How many of the lot, in thousandths of a piece; 0 when it is inside something that is inside this.
    pub thousandths: u64,
    /// What it is inside of now, from the inside out.
    pub inside: Vec<Serial>,
    /// Its state.
    pub state: State,
    /// Who holds it.
    pub holder: String,
}

impl Reader {
    /// Opens a ledger's database.
    ///
    /// # Errors
    /// When there is none.
    pub fn open(folder: &Path) -> Result<Self> {
        Ok(Self { connection: open_to_read(folder)? })
    }

    /// The serial as it is now.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn unit(&self, serial: &Serial) -> Result<Option<Unit>> {
        let mut statement = self.connection.prepare_cached("select bytes from unit where serial = ?")?;
        let bytes: Option<Vec<u8>> = statement.query_row([serial.as_str()], |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Every record that speaks of a serial, in the common order.
    ///
    /// # Errors
    /// When the disk refuses.
    ///
    /// # Cost
    /// Two lookups for each record.
    pub fn history(&self, serial: &Serial) -> Result<Vec<Record>> {
        let mut trail = self.connection.prepare_cached("select key from trail where serial = ?")?;
        let mut log = self.connection.prepare_cached("select bytes from log where key = ?")?;
        let mut link = self.connection.prepare_cached("select before from link where key = ?")?;
        let sql = "select note.bytes from note join node on node.name = note.node where node.no = ? and seq = ?";
        let mut note = self.connection.prepare_cached(sql)?;
        let mut at: i64 = trail.query_row([serial.as_str()], |row| row.get(0)).optional()?.unwrap_or(0);
        let mut records: Vec<Record> = Vec::new();
        while at != 0 {
            let kept: Option<Vec<u8>> = log.query_row([at], |row| row.get(0)).optional()?;
            let bytes = match kept {
                Some(bytes) => bytes,
                None => {
                    let (no, seq) = crate::schema::split(at);
                    note.query_row([no, seq.cast_signed()], |row| row.get(0))?
                }
            };
            let help = "`ringworks ledger verify` names the record";
            let record: Record = decode(&bytes).map_err(|_| refuse(761, "a record cannot be read", help))?;
            let before: Vec<u8> = link.query_row([at], |row| row.get(0))?;
            let before: Vec<u64> = decode(&before).unwrap_or_default();
            let place = speaks_of(&record).position(|other| other == serial);
            at = place.and_then(|place| before.get(place)).map_or(0, |before| before.cast_signed());
            records.push(record);
        }
        records.reverse();
        Ok(records)
    }

    /// One record.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn record(&self, id: &custody::event::RecordId) -> Result<Option<Record>> {
        if !is_a_place(id.seq) {
            return Ok(None);
        }
        let sql = "select log.bytes from log, node where node.name = ? and key = (node.no << 40) + ?";
        let mut statement = self.connection.prepare_cached(sql)?;
        let seq = id.seq.cast_signed();
        let bytes: Option<Vec<u8>> =
            statement.query_row(params![id.node.as_str(), seq], |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Private values of a record that are kept here, in the order of their names.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn private(&self, id: &custody::event::RecordId) -> Result<Vec<Private>> {
        if !is_a_place(id.seq) {
            return Ok(Vec::new());
        }
        let sql = "select private.name, salt, value from private, node \
                   where node.name = ? and key = (node.no << 40) + ? order by private.name";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params![id.node.as_str(), id.seq.cast_signed()], |row| {
            Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?))
        })?;
        let rows: Vec<(String, [u8; 32], String)> = rows.collect::<rusqlite::Result<_>>()?;
        let one = |(name, salt, value): (String, _, _)| Some(Private { name: Word::new(&name)?, salt, value });
        Ok(rows.into_iter().filter_map(one).collect())
    }

    /// Documents of others that speak of a name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn mentions(&self, name: &str) -> Result<Vec<Record>> {
        let sql = "select log.bytes from mention join log using (key) where name = ? order by key";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([name], |row| row.get::<_, Vec<u8>>(0))?;
        let rows: Vec<Vec<u8>> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(rows.iter().filter_map(|bytes| decode(bytes).ok()).collect())
    }

    /// Every serial that carries pieces of a lot, in order of serials.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn where_used(&self, lot: &Lot) -> Result<Vec<Use>> {
        let sql = "select serial, part, sum(thousandths) from lot where lot = ? group by serial, part order by serial";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([lot.as_str()], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, i64>(2)?))
        })?;
        let rows: Vec<(String, String, i64)> = rows.collect::<rusqlite::Result<_>>()?;
        let mut uses = Vec::with_capacity(rows.len());
        let mut around: BTreeSet<(Serial, Part)> = BTreeSet::new();
        for (serial, part, thousandths) in rows {
            let (Some(serial), Some(part)) = (Serial::new(&serial), Part::new(&part)) else { continue };
            let Some(unit) = self.unit(&serial)? else { continue };
            let mut inside = Vec::new();
            let mut next = unit.parent.clone();
            while let Some(parent) = next {
                around.insert((parent.clone(), part.clone()));
                next = self.unit(&parent)?.and_then(|unit| unit.parent);
                inside.push(parent);
            }
            let holder = unit.holder.as_str().to_owned();
            let thousandths = thousandths.cast_unsigned();
            uses.push(Use { serial, part, thousandths, inside, state: unit.state, holder });
        }
        let direct: BTreeSet<(Serial, Part)> = uses.iter().map(|u| (u.serial.clone(), u.part.clone())).collect();
        for (serial, part) in around.difference(&direct) {
            let Some(unit) = self.unit(serial)? else { continue };
            let holder = unit.holder.as_str().to_owned();
            let (serial, part) = (serial.clone(), part.clone());
            uses.push(Use { serial, part, thousandths: 0, inside: Vec::new(), state: unit.state, holder });
        }
        uses.sort();
        Ok(uses)
    }

    /// How many serials are in each state, all states in order.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn states(&self) -> Result<Vec<(State, u64)>> {
        let mut statement = self.connection.prepare_cached("select state, count(*) from unit group by state")?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        let counts: BTreeMap<i64, i64> = rows.collect::<rusqlite::Result<_>>()?;
        let count = |state: State| counts.get(&i64::try_from(state.index()).unwrap_or(-1)).copied().unwrap_or(0);
        Ok(State::ALL.iter().map(|state| (*state, count(*state).cast_unsigned())).collect())
    }

    /// Pieces ever accepted, by organisation.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn accepted(&self) -> Result<Vec<(String, u64)>> {
        let mut statement =
            self.connection.prepare_cached("select organisation, n from accepted order by organisation")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?.cast_unsigned())))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// Every contradiction between records, and how it was decided, in the common order.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn conflicts(&self) -> Result<Vec<Conflict>> {
        let mut statement = self.connection.prepare_cached("select bytes from conflict order by n")?;
        let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
        let rows: Vec<Vec<u8>> = rows.collect::<rusqlite::Result<_>>()?;
        Ok(rows.iter().filter_map(|bytes| decode(bytes).ok()).collect())
    }

    /// The two accounts of a hand-over.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn hand(&self, name: &HandOver) -> Result<Option<Hand>> {
        let mut statement = self.connection.prepare_cached("select bytes from hand where handover = ?")?;
        let bytes: Option<Vec<u8>> = statement.query_row([name.text()], |row| row.get(0)).optional()?;
        Ok(bytes.and_then(|bytes| decode(&bytes).ok()))
    }

    /// Records held of each node's log.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn sizes(&self) -> Result<Vec<(String, u64)>> {
        let nodes = crate::ledger::nodes(&self.connection)?;
        nodes
            .into_iter()
            .map(|(no, node)| Ok((node.to_string(), crate::ledger::size_of(&self.connection, no)?)))
            .collect()
    }

    /// Calls back for each record of one node's log from a place on.
    ///
    /// # Errors
    /// When the disk refuses, or what the callback says.
    pub fn each(&self, node: &str, from: u64, mut tell: impl FnMut(Record) -> Result<()>) -> Result<()> {
        let sql = "select log.bytes from log, node where node.name = ?1 and key >= (node.no << 40) + ?2 \
                   and key < ((node.no + 1) << 40) order by key";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(params![node, from.cast_signed()])?;
        while let Some(row) = rows.next()? {
            let help = "`ringworks ledger verify` names the record";
            let bytes = row.get_ref(0)?.as_blob().unwrap_or_default();
            tell(decode(bytes).map_err(|_| refuse(761, "a record cannot be read", help))?)?;
        }
        Ok(())
    }
}
