//! Reads the world and the trails from the projections, as of the last flush.

use std::collections::{BTreeMap, BTreeSet};

use custody::encode::decode;
use custody::name::{HandOver, Named, Node, Organisation, Person, Serial};
use custody::record::{Body, Record};
use custody::table::Table;
use custody::world::{NodeInfo, World};
use rusqlite::{Connection, OptionalExtension};

use crate::error::{Refused, Result, refuse};
use crate::ledger::nodes;
use crate::schema;

fn damaged(table: &str) -> Refused {
    let fact = format!("a row of the projection `{table}` cannot be read");
    refuse(761, fact, "`ringworks ledger verify RING --rebuild` makes the projections anew from the log")
}

/// Reads the world from the projections, as of the last flush.
pub(crate) fn load_world(connection: &Connection) -> Result<World> {
    let mut units = Table::default();
    let mut statement = connection.prepare("select serial, bytes from unit order by serial")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let unit = decode(row.get_ref(1)?.as_blob().unwrap_or_default()).map_err(|_| damaged("unit"))?;
        units.insert(Serial::new(&row.get::<_, String>(0)?).ok_or_else(|| damaged("unit"))?, unit);
    }
    let mut hands = Table::default();
    let mut statement = connection.prepare("select handover, bytes from hand")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let hand = decode(row.get_ref(1)?.as_blob().unwrap_or_default()).map_err(|_| damaged("hand"))?;
        hands.insert(HandOver::named(&row.get::<_, String>(0)?).ok_or_else(|| damaged("hand"))?, hand);
    }
    let mut people: Table<Person, BTreeSet<Organisation>> = Table::default();
    let mut statement = connection.prepare("select person, organisation from person")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let pair = (Person::new(&row.get::<_, String>(0)?), Organisation::new(&row.get::<_, String>(1)?));
        let (Some(person), Some(organisation)) = pair else { return Err(damaged("person")) };
        people.entry_or_default(&person).insert(organisation);
    }
    let mut accepted = BTreeMap::new();
    let mut statement = connection.prepare("select organisation, n from accepted")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let organisation = Organisation::new(&row.get::<_, String>(0)?).ok_or_else(|| damaged("accepted"))?;
        accepted.insert(organisation, row.get::<_, i64>(1)?.cast_unsigned());
    }
    let mut infos: BTreeMap<Node, NodeInfo> = BTreeMap::new();
    for (no, node) in nodes(connection)? {
        let sql = "select bytes from log where key = ?";
        let bytes: Option<Vec<u8>> = connection.query_row(sql, [schema::key(no, 0)], |row| row.get(0)).optional()?;
        let record: Option<Record> = bytes.and_then(|bytes| decode(&bytes).ok());
        if let Some(Body::Open { ring, organisation, key }) = record.map(|record| record.body) {
            infos.insert(node, NodeInfo { ring, organisation, key });
        }
    }
    let mut statement = connection.prepare("select node, info from note order by node, seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let node = Node::new(&row.get::<_, String>(0)?).ok_or_else(|| damaged("note"))?;
        let info = decode(row.get_ref(1)?.as_blob().unwrap_or_default()).map_err(|_| damaged("note"))?;
        infos.entry(node).or_insert(info);
    }
    Ok(World::rebuild(infos, people, units, hands, accepted))
}

/// Reads the last record that speaks of each serial.
pub(crate) fn load_trail(connection: &Connection) -> Result<Table<Serial, i64>> {
    let mut statement = connection.prepare("select serial, key from trail order by serial")?;
    let mut rows = statement.query([])?;
    let mut trail = Table::default();
    while let Some(row) = rows.next()? {
        let serial = Serial::new(row.get_ref(0)?.as_str().unwrap_or_default()).ok_or_else(|| damaged("trail"))?;
        trail.insert(serial, row.get(1)?);
    }
    Ok(trail)
}
