//! Pictures of a ledger as bytes, to compare ledgers with each other and projections with the log.

use custody::hash::hex;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::error::Result;
use crate::ledger::Ledger;
use crate::schema::PROJECTIONS;

/// The common view: what every node that holds the same logs must show, whatever order it got them in. Record keys are
/// written as `node/seq`, since nodes have other numbers in each database.
const COMMON: [(&str, &str); 8] = [
    ("unit", "select serial, item, state, holder, owner, parent, bytes from unit order by serial"),
    ("hand", "select handover, verdict, bytes from hand order by handover"),
    ("person", "select person, organisation from person order by person, organisation"),
    ("accepted", "select organisation, n from accepted order by organisation"),
    ("conflict", "select bytes from conflict order by n"),
    (
        "lot",
        "select lot, part, serial, sum(thousandths) from lot group by lot, part, serial order by lot, part, serial",
    ),
    (
        "trail",
        "select trail.serial, (select name from node where no = key >> 40) || '/' || (key & 1099511627775) \
               from trail order by serial",
    ),
    (
        "log",
        "select node.name, (log.key & 1099511627775), log.bytes from log join node on node.no = log.key >> 40 \
             order by node.name, log.key",
    ),
];

fn dump(connection: &Connection, name: &str, sql: &str, to: &mut Vec<u8>) -> Result<()> {
    let mut statement = connection.prepare(sql)?;
    let columns = statement.column_count();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        to.extend(name.as_bytes());
        for column in 0..columns {
            let text = match row.get_ref(column)? {
                ValueRef::Null => "-".to_owned(),
                ValueRef::Integer(n) => n.to_string(),
                ValueRef::Real(x) => x.to_string(),
                ValueRef::Text(text) => String::from_utf8_lossy(text).into_owned(),
                ValueRef::Blob(bytes) => hex(bytes),
            };
            to.push(b'\t');
            to.extend(text.bytes());
        }
        to.push(b'\n');
    }
    Ok(())
}

impl Ledger {
    /// The common view as bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn view(&mut self) -> Result<Vec<u8>> {
        self.flush()?;
        let mut bytes = Vec::new();
        for (name, sql) in COMMON {
            dump(&self.connection, name, sql, &mut bytes)?;
        }
        Ok(bytes)
    }

    /// Every projection row by row as bytes; [`Ledger::rebuild`] must not change it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn projections(&mut self) -> Result<Vec<u8>> {
        self.flush()?;
        let mut bytes = Vec::new();
        for table in PROJECTIONS {
            // Tables without rowid are ordered by their key, the others by their rowid.
            let order = match table {
                "conflict" => "n",
                "link" => "key",
                "client" => "hash",
                "tile" => "level, place",
                "lot" => "lot, part, serial, key",
                "mention" => "name, key",
                _ => "1",
            };
            dump(&self.connection, table, &format!("select * from {table} order by {order}"), &mut bytes)?;
        }
        Ok(bytes)
    }
}
