//! The ledger of one node: opened, made, and what it keeps in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use custody::checkpoint::{Checkpoint, Head, Key};
use custody::encode::decode;
use custody::hash::Hash;
use custody::name::{HandOver, Node, Organisation, Person, Serial, Word};
use custody::record::{Body, Record, Version};
use custody::table::Table;
use custody::time::Millis;
use custody::tree::Frontier;
use custody::world::{Conflict, World};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::{Result, refuse};
use crate::files::Files;
use crate::key_file;
use crate::load::{load_trail, load_world};
use crate::pull::rolled_back;
use crate::schema;
use crate::tiles::Rows;
use crate::verify::head;

/// Whose ledger this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The ring.
    pub ring: Word,
    /// The node.
    pub node: Node,
    /// Who runs it.
    pub organisation: Organisation,
}

/// One node's ledger, open for writing; only one is at a time.
pub struct Ledger {
    pub(crate) connection: Connection,
    pub(crate) identity: Identity,
    pub(crate) key: Key,
    pub(crate) no: i64,
    pub(crate) frontier: Frontier,
    pub(crate) prev: Hash,
    pub(crate) clock: u64,
    pub(crate) world: World,
    /// The last record that speaks of each serial.
    pub(crate) trail: Table<Serial, i64>,
    pub(crate) pending: Pending,
    pub(crate) poisoned: bool,
    /// Records of the own log that another node showed to hold, when that was more than lay here.
    pub(crate) held_elsewhere: u64,
    pub(crate) folder: PathBuf,
    _lock: File,
}

/// What the projections on disk do not show yet.
#[derive(Debug, Default)]
pub(crate) struct Pending {
    pub(crate) units: BTreeSet<Serial>,
    pub(crate) hands: BTreeSet<HandOver>,
    pub(crate) people: BTreeSet<Person>,
    pub(crate) accepted: BTreeSet<Organisation>,
    pub(crate) conflicts: Vec<Conflict>,
    pub(crate) links: Vec<(i64, Vec<u8>)>,
    pub(crate) lots: Vec<(custody::event::LotUse, Serial, i64)>,
    pub(crate) mentions: Vec<(String, i64)>,
    pub(crate) tiles: Vec<(i64, u64, Hash)>,
    pub(crate) clients: BTreeMap<i64, i64>,
    pub(crate) trail: BTreeSet<Serial>,
    pub(crate) n: usize,
}

/// Milliseconds since 1970 by this machine's clock.
#[must_use]
pub fn now_ms() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

impl Ledger {
    /// Makes a new ledger in a folder that has none, with a new key, and writes its first record. What is left of a making
    /// that broke off before that record was on the disk is made anew.
    ///
    /// # Errors
    /// When there is one already, or the disk refuses.
    pub fn create(folder: &Path, identity: &Identity) -> Result<Self> {
        let files = Files::of(folder);
        if files.secret.exists() && !files.database.exists() {
            let fact = format!("`{}` holds the key of a node whose log is gone", folder.display());
            return Err(refuse(763, fact, "put the log back, or name another folder"));
        }
        fs::create_dir_all(folder)?;
        let lock = files.lock()?;
        files.clear_unless_begun()?;
        let connection = Connection::open(&files.database)?;
        schema::prepare(&connection)?;
        let key = key_file::create(&files.secret)?;
        connection.execute("insert into node (no, name) values (1, ?)", [identity.node.as_str()])?;
        let mut ledger = Self::empty(connection, identity.clone(), key, folder, lock);
        let body = Body::Open {
            ring: identity.ring.clone(),
            organisation: identity.organisation.clone(),
            key: ledger.key.public(),
        };
        ledger.commit_one(body, now_ms())?;
        Ok(ledger)
    }

    /// Opens a ledger for writing and brings its projections up to the end of the log.
    ///
    /// # Errors
    /// When there is none, somebody else writes to it, or it cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let files = Files::of(folder);
        files.check_rw0761_are_there()?;
        let lock = files.lock()?;
        let key = key_file::read(&files.secret)?;
        let connection = Connection::open(&files.database)?;
        schema::prepare(&connection)?;
        let unreadable =
            || refuse(761, "the ledger's first record cannot be read", "`ringworks ledger verify` tells more");
        let first: Option<Vec<u8>> = connection
            .query_row("select bytes from log where key = ?", [schema::key(1, 0)], |r| r.get(0))
            .optional()?;
        let first: Record = first.and_then(|bytes| decode(&bytes).ok()).ok_or_else(unreadable)?;
        let Body::Open { ring, organisation, .. } = first.body else { return Err(unreadable()) };
        let identity = Identity { ring, node: first.node, organisation };
        let mut ledger = Self::empty(connection, identity, key, folder, lock);
        ledger.load()?;
        ledger.fits_its_head()?;
        Ok(ledger)
    }

    /// Whoever signs on top of a changed log makes the change look like their own word: so nothing is written to a log
    /// that is not what its last signed head says. This looks at its size, its last records and the roots kept of the
    /// others; `verify` looks at every record.
    fn fits_its_head(&mut self) -> Result<()> {
        let signed = head(&self.connection)?.filter(|head| head.is_signed_with(&self.key.public()));
        let fits = |own: &Self| signed.as_ref().is_some_and(|signed| signed.head == own.checkpoint().head);
        if fits(self) {
            return Ok(());
        }
        // It may be the kept roots that are wrong: these follow from the log again.
        self.tile_log(self.no)?;
        if fits(self) {
            return self.rebuild();
        }
        let fact = "the log is not what its last signed head says, so nothing more is written to it";
        Err(refuse(728, fact, "`ringworks ledger verify` names the record; put the newest sound copy back"))
    }

    /// A ledger that has nothing in memory yet.
    fn empty(connection: Connection, identity: Identity, key: Key, folder: &Path, lock: File) -> Self {
        Self {
            connection,
            identity,
            key,
            no: 1,
            frontier: Frontier::default(),
            prev: Hash::default(),
            clock: 0,
            world: World::default(),
            trail: Table::default(),
            pending: Pending::default(),
            poisoned: false,
            held_elsewhere: 0,
            folder: folder.to_owned(),
            _lock: lock,
        }
    }

    /// Reads everything into memory again, as after opening.
    pub(crate) fn load(&mut self) -> Result<()> {
        let size = self.size_of(self.no)?;
        let rows = Rows { connection: &self.connection, no: self.no };
        self.frontier = rows.frontier(size);
        self.prev = rows.leaves(size.saturating_sub(1), size)?.first().copied().unwrap_or_default();
        self.pending = Pending::default();
        self.world = load_world(&self.connection)?;
        self.trail = load_trail(&self.connection)?;
        self.clock = self.meta_u64("clock")?;
        self.held_elsewhere = self.meta_u64("held_elsewhere")?;
        self.catch_up()
    }

    /// Whether a record may be added to the own log.
    pub(crate) fn check_may_write(&self) -> Result<()> {
        if self.poisoned {
            return Err(refuse(762, "an earlier write failed, so nothing more is taken", "open the ledger again"));
        }
        if self.held_elsewhere > self.frontier.size() {
            return Err(rolled_back(&self.identity.node, self.frontier.size()));
        }
        Ok(())
    }

    /// Whose ledger this is.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    /// What follows from all records.
    #[must_use]
    pub fn world(&self) -> &World {
        &self.world
    }

    /// Records of this node's own log.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The node's public key.
    #[must_use]
    pub fn public_key(&self) -> [u8; 32] {
        self.key.public()
    }

    /// The signed head of this node's own log.
    #[must_use]
    pub fn checkpoint(&self) -> Checkpoint {
        let head = Head {
            ring: self.identity.ring.clone(),
            node: self.identity.node.clone(),
            size: self.frontier.size(),
            root: self.frontier.root(),
        };
        let mark = self.key.sign(&head);
        Checkpoint { head, marks: vec![mark] }
    }

    pub(crate) fn commit_one(&mut self, body: Body, record_time: Millis) -> Result<Record> {
        let record = self.next_record(body, record_time);
        let bytes = record.bytes();
        self.connection.execute_batch("begin immediate")?;
        self.connection.execute("insert into log values (?, ?)", params![schema::key(self.no, record.seq), bytes])?;
        self.took(&record, &bytes, true)?;
        self.write_head()?;
        self.flush_within()?;
        self.connection.execute_batch("commit")?;
        Ok(record)
    }

    pub(crate) fn next_record(&self, body: Body, record_time: Millis) -> Record {
        Record {
            version: Version,
            node: self.identity.node.clone(),
            seq: self.frontier.size(),
            prev: self.prev,
            clock: self.clock + 1,
            record_time,
            body,
        }
    }

    /// Keeps the signed head beside the log, in the transaction that adds the records.
    pub(crate) fn write_head(&self) -> Result<()> {
        let text = self.checkpoint().text();
        let mut statement = self.connection.prepare_cached("insert or replace into meta values ('head', ?)")?;
        statement.execute([text.as_bytes()])?;
        Ok(())
    }

    /// A node's number in this database, given one if it has none.
    pub(crate) fn number(&self, node: &Node) -> Result<i64> {
        let sql = "insert into node (name) values (?) on conflict do nothing";
        self.connection.prepare_cached(sql)?.execute([node.as_str()])?;
        let mut statement = self.connection.prepare_cached("select no from node where name = ?")?;
        Ok(statement.query_row([node.as_str()], |row| row.get(0))?)
    }

    /// Records held of a node's log.
    pub(crate) fn size_of(&self, no: i64) -> Result<u64> {
        size_of(&self.connection, no)
    }

    pub(crate) fn meta_u64(&self, name: &str) -> Result<u64> {
        let mut statement = self.connection.prepare_cached("select value from meta where name = ?")?;
        let found: Option<i64> = statement.query_row([name], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(0).cast_unsigned())
    }

    pub(crate) fn put_meta(&self, name: &str, value: u64) -> Result<()> {
        let mut statement = self.connection.prepare_cached("insert or replace into meta values (?, ?)")?;
        statement.execute(params![name, value.cast_signed()])?;
        Ok(())
    }

    /// Nodes known, with their numbers.
    pub(crate) fn nodes(&self) -> Result<Vec<(i64, Node)>> {
        nodes(&self.connection)
    }
}

impl Drop for Ledger {
    fn drop(&mut self) {
        // Only for speed: what is not projected now is caught up when the ledger is opened again.
        if !self.poisoned {
            let _ = self.flush();
        }
    }
}

pub(crate) fn size_of(connection: &Connection, no: i64) -> Result<u64> {
    let sql = "select max(key) from log where key >= ? and key < ?";
    let mut statement = connection.prepare_cached(sql)?;
    let last: Option<i64> = statement.query_row([schema::key(no, 0), schema::key(no + 1, 0)], |row| row.get(0))?;
    Ok(last.map_or(0, |key| schema::split(key).1 + 1))
}

pub(crate) fn nodes(connection: &Connection) -> Result<Vec<(i64, Node)>> {
    let mut statement = connection.prepare_cached("select no, name from node order by no")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))?;
    let rows: Vec<(i64, String)> = rows.collect::<rusqlite::Result<_>>()?;
    Ok(rows.into_iter().filter_map(|(no, name)| Some((no, Node::new(&name)?))).collect())
}
