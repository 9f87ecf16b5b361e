//! The tables: the log, what only this node knows, and projections.
//!
//! `log` is the record of the system. `node`, `meta`, `kept`, `note` and `private` are what a node has besides:
//! numbers of nodes, its signed head, what partners gave it. Everything else is a projection: it can be thrown away and
//! follows from the log again, byte for byte.

use rusqlite::Connection;

use crate::error::Result;

/// The key of a record in `log`: the node's number in the upper bits, its place in the lower.
pub(crate) const SEQ_BITS: u32 = 40;

/// The projections.
pub(crate) const PROJECTIONS: [&str; 11] =
    ["unit", "hand", "person", "accepted", "conflict", "trail", "link", "client", "lot", "mention", "tile"];

const TABLES: &str = "
create table if not exists log (key integer primary key, bytes blob not null);
create table if not exists node (no integer primary key, name text not null unique);
create table if not exists meta (name text primary key, value blob not null) without rowid;
create table if not exists kept (node text, size integer, text text not null, leaves blob,
    primary key (node, size)) without rowid;
create table if not exists note (node text, seq integer, bytes blob not null, info blob not null,
    primary key (node, seq)) without rowid;
create table if not exists private (key integer, name text, salt blob not null, value text not null,
    primary key (key, name)) without rowid;

create table if not exists unit (serial text primary key, item text, state integer not null, holder text not null,
    owner text not null, parent text, bytes blob not null) without rowid;
create table if not exists hand (handover text primary key, verdict text not null, bytes blob not null) without rowid;
create table if not exists person (person text, organisation text, primary key (person, organisation)) without rowid;
create table if not exists accepted (organisation text primary key, n integer not null) without rowid;
create table if not exists conflict (n integer primary key, bytes blob not null);
create table if not exists trail (serial text primary key, key integer not null) without rowid;
create table if not exists link (key integer primary key, before blob not null);
create table if not exists client (hash integer primary key, key integer not null);
create table if not exists lot (lot text, part text, serial text, key integer, thousandths integer not null,
    primary key (lot, part, serial, key)) without rowid;
create table if not exists mention (name text, key integer, primary key (name, key)) without rowid;
create table if not exists tile (level integer, place integer, hash blob not null,
    primary key (level, place)) without rowid;
";

/// Sets the connection up: write-ahead log, every commit on the disk before it returns.
pub(crate) fn prepare(connection: &Connection) -> Result<()> {
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.execute_batch(TABLES)?;
    Ok(())
}

/// The key of a record, whose place has passed [`is_a_place`] where it is not counted here.
pub(crate) fn key(no: i64, seq: u64) -> i64 {
    debug_assert!(is_a_place(seq), "a log has fewer than 2^40 records");
    (no << SEQ_BITS) | seq.cast_signed()
}

/// Whether a log can have a record at this place.
pub(crate) fn is_a_place(seq: u64) -> bool {
    seq >> SEQ_BITS == 0
}

/// Node number and place of a key.
pub(crate) fn split(key: i64) -> (i64, u64) {
    (key >> SEQ_BITS, (key & ((1 << SEQ_BITS) - 1)).cast_unsigned())
}
