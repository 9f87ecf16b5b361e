//! Yes or no: is every log exactly right, and does every other table follow from the logs?
//!
//! This thread reads the logs in their common order, hashes each record into its chain and tree, and hands its bytes to
//! another ([`super::derived`]) that folds them and compares the tables.

use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};

use custody::audit::Kept;
use custody::event::RecordId;
use custody::hash::Hash;
use custody::name::Node;
use custody::record::Record;
use custody::sound::{Header, Sound};
use custody::world::NodeInfo;
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::{Connection, OptionalExtension, Rows, Statement};

use super::{Claims, derived};
use crate::append::slot_of;
use crate::error::{Result, refuse};
use crate::files::open_to_read;
use crate::ledger::{nodes, size_of};
use crate::project::notes;
use crate::schema::{key, split};
use crate::tiles;

/// What one reading of everything gives.
pub(super) struct Quick {
    /// Records read, by node; of use only when all of it holds.
    pub(super) logs: Vec<(Node, u64)>,
    /// Checkpoints given that are not signed with the key of the log they speak of.
    pub(super) not_signed: Vec<RecordId>,
    /// Whether every log is what it was.
    pub(super) holds: bool,
    /// Tables that do not follow from the logs; of use only when these hold.
    pub(super) derived: Vec<&'static str>,
}

/// Records handed over at once.
const CHUNK: usize = 512;

/// Chunks under way between the threads.
const UNDER_WAY: usize = 16;

/// Times a state of the database is asked for again because a writer came in between.
const TRIES: usize = 1_000;

/// Records in their common order, with what the table `link` says of each.
#[derive(Default)]
pub(super) struct Chunk {
    /// Their bytes, one after the other.
    bytes: Vec<u8>,
    /// Their rows of the table `link`, one after the other.
    links: Vec<u8>,
    /// The records.
    entries: Vec<Entry>,
    /// At the end: rows of the table `link` that belong to no record of a log.
    pub(super) left_over: Vec<(i64, Vec<u8>)>,
}

impl Chunk {
    /// The records with their bytes and their rows of the table `link`.
    pub(super) fn entries(&self) -> impl Iterator<Item = (Row, &[u8], Option<&[u8]>)> {
        let (mut from, mut link_from) = (0, 0);
        self.entries.iter().map(move |entry| {
            let bytes = &self.bytes[std::mem::replace(&mut from, entry.end)..entry.end];
            let link = entry.link_end.map(|end| &self.links[std::mem::replace(&mut link_from, end)..end]);
            (entry.row, bytes, link)
        })
    }
}

/// One record in a chunk.
struct Entry {
    /// Which it is.
    row: Row,
    /// Where its bytes end; a note has none.
    end: usize,
    /// Where its row of the table `link` ends, when it has one.
    link_end: Option<usize>,
}

/// What stands in a chunk.
#[derive(Clone, Copy)]
pub(super) enum Row {
    /// A record of a log.
    Record(i64),
    /// A release that came along as a bundle.
    Note(usize),
}

/// What both threads must see alike, since each reads the database for itself.
#[derive(PartialEq)]
pub(super) struct Scene {
    pub(super) nodes: Vec<(i64, Node)>,
    sizes: Vec<u64>,
    head: Option<Vec<u8>>,
    /// Records of the own log that the tables show.
    pub(super) projected: u64,
    /// The last place in the common order that the tables show.
    pub(super) clock: u64,
    notes: i64,
}

impl Scene {
    fn of(connection: &Connection) -> Result<Self> {
        let meta = |name: &str| -> rusqlite::Result<Option<rusqlite::types::Value>> {
            connection.query_row("select value from meta where name = ?", [name], |row| row.get(0)).optional()
        };
        let nodes = nodes(connection)?;
        let sizes = nodes.iter().map(|(no, _)| size_of(connection, *no)).collect::<Result<_>>()?;
        let head = match meta("head")? {
            Some(rusqlite::types::Value::Blob(head)) => Some(head),
            _ => None,
        };
        let number = |name: &str| -> Result<u64> {
            Ok(match meta(name)? {
                Some(rusqlite::types::Value::Integer(n)) => n.cast_unsigned(),
                _ => 0,
            })
        };
        let (projected, clock) = (number("projected")?, number("clock")?);
        let notes = connection.query_row("select count(*) from note", [], |row| row.get(0))?;
        Ok(Self { nodes, sizes, head, projected, clock, notes })
    }
}

/// Two connections that see the same state of the database, and that state.
fn two_views(folder: &Path) -> Result<(Connection, Connection, Scene)> {
    let (one, other) = (open_to_read(folder)?, open_to_read(folder)?);
    for _ in 0..TRIES {
        one.execute_batch("begin")?;
        let scene = Scene::of(&one)?;
        other.execute_batch("begin")?;
        if Scene::of(&other)? == scene {
            return Ok((one, other, scene));
        }
        one.execute_batch("rollback")?;
        other.execute_batch("rollback")?;
    }
    Err(refuse(762, "the ledger changes faster than it can be read", "verify when its writer rests"))
}

/// One log as it is read.
struct Log<'a> {
    no: i64,
    rows: Rows<'a>,
    /// Rows of the table `link`, read along; the first one not taken yet is at hand.
    links: Rows<'a>,
    sound: Sound<'a>,
    /// Place in the common order of the row at hand; `None` at the end.
    clock: Option<u64>,
}

/// What the reading thread finds for the tables `tile` and `client`.
#[derive(Default)]
struct Found {
    tiles: Vec<(i64, u64, Hash)>,
    clients: Vec<(i64, i64)>,
}

/// A row without the first fields of a record: no log that holds has one.
struct Unreadable;

impl Log<'_> {
    /// Goes to the next row and takes it into chain and tree.
    fn advance(&mut self, projected: u64, found: &mut Found) -> Result<std::result::Result<(), Unreadable>> {
        let Some(row) = self.rows.next()? else {
            self.clock = None;
            return Ok(Ok(()));
        };
        let (_, seq) = split(row.get(0)?);
        let bytes = row.get_ref(1)?.as_blob().unwrap_or_default();
        let Ok(header) = Header::read(bytes) else { return Ok(Err(Unreadable)) };
        let (no, place, is_own) = (self.no, self.sound.size(), self.no == 1);
        let is_shown = !is_own || place < projected;
        self.sound.row(seq, bytes, &header, |height, root| {
            if is_shown && tiles::is_kept(height) {
                found.tiles.push((tiles::level(no, height), place >> height, root));
            }
        });
        if let Some(client) = header.client.filter(|_| is_own && is_shown) {
            found.clients.push((slot_of(client), key(no, place)));
        }
        self.clock = Some(header.clock);
        Ok(Ok(()))
    }
}

/// Reads everything once.
pub(super) fn read(folder: &Path, against: &[Kept]) -> Result<Quick> {
    let (connection, other, scene) = two_views(folder)?;
    let notes = notes(&connection)?;
    let claims = scene.nodes.iter().map(|(no, node)| Claims::of(&connection, *no, node, against));
    let claims: Vec<Claims> = claims.collect::<Result<_>>()?;
    let mut quick = Quick { logs: Vec::new(), not_signed: Vec::new(), holds: true, derived: Vec::new() };
    for ((_, node), claims) in scene.nodes.iter().zip(&claims) {
        quick.not_signed.extend(claims.not_signed(node, against));
    }
    std::thread::scope(|scope| {
        let (chunks, taken) = sync_channel(UNDER_WAY);
        let (scene_ref, notes_ref) = (&scene, notes.as_slice());
        let folding = scope.spawn(move || derived::compare(&other, scene_ref, notes_ref, &taken));
        let found = read_logs(&connection, &scene, &claims, &notes, chunks, &mut quick)?;
        if quick.holds {
            quick.derived.extend(compare_found(&connection, found)?);
        }
        let folded = folding.join().map_err(|_| refuse(762, "the folding thread broke off", "verify again"))?;
        match folded? {
            Some(tables) => quick.derived.extend(tables),
            None => quick.holds = false,
        }
        Ok(quick)
    })
}

/// Reads all logs in their common order; dropping `chunks` at the end lets the other thread finish.
fn read_logs(
    connection: &Connection,
    scene: &Scene,
    claims: &[Claims],
    notes: &[(i64, Record, NodeInfo)],
    chunks: SyncSender<Chunk>,
    quick: &mut Quick,
) -> Result<Found> {
    let prepared = |sql: &str| {
        scene.nodes.iter().map(|_| connection.prepare(sql)).collect::<rusqlite::Result<Vec<Statement<'_>>>>()
    };
    let mut of_log = prepared("select key, bytes from log where key >= ? and key < ? order by key")?;
    let mut of_link = prepared("select key, before from link where key >= ? and key < ? order by key")?;
    let mut logs = Vec::new();
    for (i, (rows, links)) in of_log.iter_mut().zip(&mut of_link).enumerate() {
        let ((no, node), claims) = (&scene.nodes[i], &claims[i]);
        let range = (key(*no, 0), key(no + 1, 0));
        let (rows, mut links) = (rows.query(range)?, links.query(range)?);
        links.advance()?;
        logs.push((node, claims, Log { no: *no, rows, links, sound: Sound::new(node, &claims.kept), clock: None }));
    }
    // Ties go to the smaller name, as in the order of records.
    logs.sort_by_key(|(node, _, _)| *node);
    let mut found = Found::default();
    for (_, _, log) in &mut logs {
        quick.holds &= log.advance(scene.projected, &mut found)?.is_ok();
    }
    let mut note = 0;
    let mut chunk = Chunk::default();
    while quick.holds {
        let next = logs.iter().enumerate().filter_map(|(at, (_, _, log))| Some((log.clock?, at))).min();
        let noted = notes.get(note).map(|(_, record, _)| record);
        let note_first =
            noted.is_some_and(|noted| next.is_none_or(|(clock, at)| (noted.clock, &noted.node) < (clock, logs[at].0)));
        if note_first {
            chunk.entries.push(Entry { row: Row::Note(note), end: chunk.bytes.len(), link_end: None });
            note += 1;
        } else if let Some((_, at)) = next {
            let log = &mut logs[at].2;
            let row = log.rows.get().expect("a row is at hand");
            let at = row.get(0)?;
            chunk.bytes.extend_from_slice(row.get_ref(1)?.as_blob().unwrap_or_default());
            let link_end = take_link(&mut log.links, at, &mut chunk.links)?;
            chunk.entries.push(Entry { row: Row::Record(at), end: chunk.bytes.len(), link_end });
            quick.holds &= log.advance(scene.projected, &mut found)?.is_ok();
        } else {
            break;
        }
        if chunk.entries.len() == CHUNK {
            let (bytes, links) = (Vec::with_capacity(chunk.bytes.len()), Vec::with_capacity(chunk.links.len()));
            let next = Chunk { bytes, links, entries: Vec::with_capacity(CHUNK), left_over: Vec::new() };
            let full = std::mem::replace(&mut chunk, next);
            // The other thread goes only when it has found something wrong.
            quick.holds &= chunks.send(full).is_ok();
        }
    }
    for (_, _, log) in &mut logs {
        while let Some(row) = log.links.get() {
            chunk.left_over.push((row.get(0)?, row.get(1)?));
            log.links.advance()?;
        }
    }
    quick.holds &= chunks.send(chunk).is_ok();
    for (node, claims, log) in &logs {
        let n = log.sound.size();
        // A node that only consignment notes speak of has no log here.
        if n > 0 || claims.own.is_some() {
            quick.holds &= log.sound.holds(claims.own.as_ref(), claims.public.as_ref());
            quick.logs.push(((*node).clone(), n));
        }
    }
    Ok(found)
}

/// Takes the row of the table `link` at hand along when it is this record's; tells where its bytes end.
fn take_link(links: &mut Rows<'_>, at: i64, to: &mut Vec<u8>) -> Result<Option<usize>> {
    let Some(row) = links.get() else { return Ok(None) };
    if row.get::<_, i64>(0)? != at {
        return Ok(None);
    }
    to.extend_from_slice(row.get_ref(1)?.as_blob().unwrap_or_default());
    links.advance()?;
    Ok(Some(to.len()))
}

/// Compares the tables `tile` and `client` with what was found; gives those that differ.
fn compare_found(connection: &Connection, mut found: Found) -> Result<Vec<&'static str>> {
    let mut differ = Vec::new();
    found.tiles.sort_unstable_by_key(|(level, place, _)| (*level, *place));
    let mut statement = connection.prepare("select level, place, hash from tile order by level, place")?;
    let mut rows = statement.query([])?;
    let mut tiles = found.tiles.iter();
    let mut same = true;
    while let Some(row) = rows.next()? {
        let is = (row.get::<_, i64>(0)?, row.get::<_, i64>(1)?.cast_unsigned(), row.get_ref(2)?.as_blob().ok());
        same &= tiles.next().is_some_and(|(level, place, hash)| (*level, *place, Some(hash.0.as_slice())) == is);
    }
    if !same || tiles.next().is_some() {
        differ.push("tile");
    }
    found.clients.sort_unstable();
    if !found.clients.is_sorted_by(|a, b| a.0 < b.0) {
        found.clients = side_by_side(found.clients);
    }
    let mut statement = connection.prepare("select hash, key from client order by hash")?;
    let mut rows = statement.query([])?;
    let mut clients = found.clients.iter();
    let mut same = true;
    while let Some(row) = rows.next()? {
        let is = (row.get(0)?, row.get(1)?);
        same &= clients.next() == Some(&is);
    }
    if !same || clients.next().is_some() {
        differ.push("client");
    }
    Ok(differ)
}

/// Ids with the same hash sit side by side, in the order in which they came.
fn side_by_side(mut clients: Vec<(i64, i64)>) -> Vec<(i64, i64)> {
    clients.sort_unstable_by_key(|(_, key)| *key);
    let mut kept = std::collections::BTreeMap::new();
    for (mut slot, key) in clients {
        while kept.contains_key(&slot) {
            slot += 1;
        }
        kept.insert(slot, key);
    }
    kept.into_iter().collect()
}
