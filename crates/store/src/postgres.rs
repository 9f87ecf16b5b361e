//! The projection into PostgreSQL: ordinary tables for tools that ask in SQL.
//!
//! Rows go through `psql`, which comes with PostgreSQL's client, so that every way of signing in that it knows works. Records
//! are added from the last one there on; what follows from them (serials, hand-overs, lots, acceptances, contradictions) is
//! replaced in the same transaction, so that nobody sees one without the other.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::process::{Command, Stdio};

use custody::event::Act;
use custody::record::{Body, Record};
use custody::time::show_utc;
use custody::world::State;

use crate::error::{Result, refuse};
use crate::read::Reader;

/// The tables, in a schema of their own.
const TABLES: &str = "
set client_min_messages = warning;
create schema if not exists ringworks;
set search_path = ringworks;
create table if not exists record (node text, seq bigint, clock bigint not null, record_time timestamptz not null,
    kind text not null, event_time timestamptz, event_offset_min integer, person text, organisation text, place text,
    client text, consignment text, other_party text, primary key (node, seq));
create table if not exists record_serial (node text, seq bigint, serial text, primary key (node, seq, serial));
create index if not exists record_serial_serial on record_serial (serial);
create table if not exists unit (serial text primary key, item text, state text not null, holder text not null,
    owner text not null, inside text);
create table if not exists handover (giver text, consignment text, verdict text not null, primary key (giver, consignment));
create table if not exists lot (lot text, part text, serial text, pieces numeric not null, primary key (lot, part, serial));
create table if not exists accepted (organisation text primary key, pieces bigint not null);
create table if not exists conflict (n bigint primary key, node text, seq bigint, serial text, code text, ruling text);
";

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// Records added.
    pub records: u64,
    /// Serials there now.
    pub units: u64,
}

/// Brings the tables of a database up to date with a ledger.
///
/// `psql` is the program to call, `url` the database as it takes it.
///
/// # Errors
/// RW0762 with what `psql` said.
pub fn export_pg(reader: &Reader, psql: &str, url: &str) -> Result<Exported> {
    ask(psql, url, TABLES)?;
    let there = ask(psql, url, "select node || ' ' || max(seq) + 1 from ringworks.record group by node;")?;
    let have = |node: &str| -> u64 {
        let found = there.lines().filter_map(|line| line.rsplit_once(' ')).find(|(other, _)| *other == node);
        found.and_then(|(_, n)| n.parse().ok()).unwrap_or(0)
    };
    let mut new: Vec<(String, u64)> = reader.sizes()?;
    new.iter_mut().for_each(|(node, from)| *from = have(node));
    let rows = derived(reader)?;
    let units = rows.get("unit").map_or(0, |rows| rows.lines().count() as u64);
    let mut records = 0;
    // Records go out one by one, read twice: a log may be larger than memory.
    send(psql, url, |to| {
        write!(to, "begin;\nset search_path = ringworks;\ncopy record from stdin;\n")?;
        for (node, from) in &new {
            reader.each(node, *from, |record| {
                records += 1;
                Ok(to.write_all(record_row(&record).as_bytes())?)
            })?;
        }
        write!(to, "\\.\ncopy record_serial from stdin;\n")?;
        for (node, from) in &new {
            reader.each(node, *from, |record| Ok(to.write_all(serial_rows(&record).as_bytes())?))?;
        }
        write!(to, "\\.\ntruncate unit, handover, lot, accepted, conflict;\n")?;
        for (table, rows) in rows.iter().filter(|(_, rows)| !rows.is_empty()) {
            write!(to, "copy {table} from stdin;\n{rows}\\.\n")?;
        }
        Ok(to.write_all(b"commit;\n")?)
    })?;
    Ok(Exported { records, units })
}

/// The rows that follow from the records, as `copy` takes them, by table; also what a test compares.
///
/// # Errors
/// When the disk refuses.
pub fn derived(reader: &Reader) -> Result<BTreeMap<&'static str, String>> {
    let state = |n: i64| State::ALL.get(usize::try_from(n).unwrap_or(usize::MAX)).map_or("?", |state| state.word());
    let mut tables = BTreeMap::new();
    let mut fill = |table: &'static str, sql: &str, columns: usize| -> Result<()> {
        let mut text = String::new();
        let mut statement = reader.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut fields = Vec::new();
            for column in 0..columns {
                fields.push(match row.get_ref(column)? {
                    rusqlite::types::ValueRef::Null => None,
                    rusqlite::types::ValueRef::Integer(n) if table == "unit" => Some(state(n).to_owned()),
                    rusqlite::types::ValueRef::Integer(n) if table == "lot" => {
                        Some(format!("{}.{:03}", n / 1000, n % 1000))
                    }
                    rusqlite::types::ValueRef::Integer(n) => Some(n.to_string()),
                    rusqlite::types::ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
                    _ => None,
                });
            }
            put_row(&mut text, &fields);
        }
        tables.insert(table, text);
        Ok(())
    };
    fill("unit", "select serial, item, state, holder, owner, parent from unit order by serial", 6)?;
    let hands = "select substr(handover, 1, instr(handover, ' ') - 1), substr(handover, instr(handover, ' ') + 1), verdict \
                 from hand order by handover";
    fill("handover", hands, 3)?;
    let lots =
        "select lot, part, serial, sum(thousandths) from lot group by lot, part, serial order by lot, part, serial";
    fill("lot", lots, 4)?;
    fill("accepted", "select organisation, n from accepted order by organisation", 2)?;
    let mut text = String::new();
    for (n, conflict) in (1..).zip(reader.conflicts()?) {
        let n: u64 = n;
        let ruling = match conflict.ruling {
            custody::world::Ruling::Void => "void",
            custody::world::Ruling::Dispute => "dispute",
            custody::world::Ruling::Stands => "stands",
        };
        let serial = conflict.serial.map(|serial| serial.to_string());
        let code = format!("RW{:04}", conflict.code);
        let (node, seq) = (conflict.record.node.to_string(), conflict.record.seq.to_string());
        put_row(&mut text, &[Some(n.to_string()), Some(node), Some(seq), serial, Some(code), Some(ruling.to_owned())]);
    }
    tables.insert("conflict", text);
    Ok(tables)
}

/// A record's row.
fn record_row(record: &Record) -> String {
    let mut row = String::new();
    let event = record.event();
    let kind = match &record.body {
        Body::Open { .. } => "open",
        Body::Document { .. } => "document",
        Body::Event { event } => event.act.word(),
    };
    let (consignment, other) = match event.map(|event| &event.act) {
        Some(Act::Ship { consignment, to, .. }) => (Some(consignment.to_string()), Some(to.to_string())),
        Some(Act::Receive { consignment, from, .. }) => (Some(consignment.to_string()), Some(from.to_string())),
        Some(Act::Pack { consignment } | Act::Unpack { consignment }) => (Some(consignment.to_string()), None),
        _ => (None, None),
    };
    put_row(
        &mut row,
        &[
            Some(record.node.to_string()),
            Some(record.seq.to_string()),
            Some(record.clock.to_string()),
            Some(show_utc(record.record_time)),
            Some(kind.to_owned()),
            event.map(|event| show_utc(event.time.ms)),
            event.map(|event| event.time.offset_min.to_string()),
            event.map(|event| event.by.to_string()),
            event.map(|event| event.organisation.to_string()),
            event.and_then(|event| event.place.as_ref().map(ToString::to_string)),
            event.map(|event| event.client.to_string()),
            consignment,
            other,
        ],
    );
    row
}

/// Rows of the serials it speaks of.
fn serial_rows(record: &Record) -> String {
    let mut rows = String::new();
    let mut named: Vec<&str> = crate::project::speaks_of(record).map(custody::name::Serial::as_str).collect();
    named.sort_unstable();
    named.dedup();
    for serial in named {
        put_row(&mut rows, &[Some(record.node.to_string()), Some(record.seq.to_string()), Some(serial.to_owned())]);
    }
    rows
}

/// A row in the text form of `copy`. Names have no tab, line end or backslash.
fn put_row(to: &mut String, fields: &[Option<String>]) {
    let shown: Vec<&str> = fields.iter().map(|field| field.as_deref().unwrap_or("\\N")).collect();
    let _ = writeln!(to, "{}", shown.join("\t"));
}

/// Runs a script in `psql` and gives what it answers.
fn ask(psql: &str, url: &str, script: &str) -> Result<String> {
    send(psql, url, |to| Ok(to.write_all(script.as_bytes())?))
}

/// Runs in `psql` what `feed` writes, and gives what it answers.
fn send(psql: &str, url: &str, feed: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<String> {
    let fault = |why: String| {
        refuse(
            762,
            format!("psql could not: {why}"),
            "see that PostgreSQL's client is installed and the address is right",
        )
    };
    let mut child = Command::new(psql)
        .args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set=ON_ERROR_STOP=1", "--dbname", url])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| fault(error.to_string()))?;
    let mut input = BufWriter::new(child.stdin.take().expect("it is piped"));
    // Answers are short and come after the input, so neither side waits for the other for ever.
    let sent = feed(&mut input).and_then(|()| Ok(input.flush()?));
    if sent.is_err() {
        // Without the `commit` at its end nothing of the script stands.
        let _ = child.kill();
    }
    drop(input.into_parts());
    let output = child.wait_with_output()?;
    let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    if !output.status.success() || sent.is_err() {
        return Err(fault(said.lines().next().unwrap_or("it ended").to_owned()));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
