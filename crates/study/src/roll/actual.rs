//! Actual figures in the place of planned ones.

use model::{RawRing, RawTable, schema};

/// A number that is not as planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The table.
    pub table: String,
    /// The row's key.
    pub key: String,
    /// The column.
    pub column: String,
    /// As planned; empty when the row is new.
    pub planned: String,
    /// As it is; empty when the row is taken away.
    pub actual: String,
}

/// Tables whose rows fall away when their number is 0, with the column of that number.
const COUNTED: &[(&str, &str)] =
    &[("opening", "quantity"), ("under_way", "quantity"), ("standing_lines", "lines"), ("kept", "quantity")];

/// Puts rows in the place of those with the same key, and adds the others; says what differs.
pub(super) fn overlay(raw: &mut RawRing, tables: &[RawTable]) -> Vec<Change> {
    let mut changes = Vec::new();
    for table in tables {
        let Some(spec) = schema::table(&table.name) else { continue };
        if raw.table(&table.name).is_none() {
            raw.put(&table.name, Vec::new());
        }
        let Some(own) = raw.tables.iter_mut().find(|t| t.name == table.name) else { continue };
        for (row, cells) in table.rows.iter().enumerate() {
            let key = spec.key_of(table, row);
            let found = spec.find_row(own, &key);
            let at = found.unwrap_or_else(|| {
                own.rows.push(vec![String::new(); own.columns.len()]);
                own.rows.len() - 1
            });
            for (name, text) in table.columns.iter().zip(cells) {
                let column = own.column(name).unwrap_or_else(|| {
                    own.columns.push(name.clone());
                    own.rows.iter_mut().for_each(|cells| cells.push(String::new()));
                    own.columns.len() - 1
                });
                let cell = &mut own.rows[at][column];
                let is_key = spec.key.contains(&name.as_str());
                if *cell != *text && !is_key && name != "note" {
                    changes.push(Change {
                        table: table.name.clone(),
                        key: key.clone(),
                        column: name.clone(),
                        planned: cell.clone(),
                        actual: text.clone(),
                    });
                }
                text.clone_into(cell);
            }
        }
        if let Some((_, column)) = COUNTED.iter().find(|(name, _)| *name == table.name)
            && let Some(at) = own.column(column)
        {
            own.rows.retain(|cells| cells[at].trim().parse::<f64>() != Ok(0.0));
        }
    }
    changes
}
