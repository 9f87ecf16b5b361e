//! Inputs that differ, by their address.

use crate::context::Context;
use model::raw::RawTable;
use model::schema::{TABLES, Table};

/// An input that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputRow {
    /// `table/key/column` or `ring/path`; `table/key` for a row that only one of the two has.
    pub address: String,
    /// Its text in each; none where it is not there.
    pub texts: [Option<String>; 2],
}

pub(super) fn inputs(c: [&Context<'_>; 2]) -> Vec<InputRow> {
    let mut rows = settings(c);
    for schema in TABLES {
        let tables = c.map(|c| c.d.raw.table(schema.name).map(|raw| Rows::of(schema, raw)).unwrap_or_default());
        rows.extend(of_table(schema, &tables));
    }
    rows
}

fn settings(c: [&Context<'_>; 2]) -> Vec<InputRow> {
    let paths = |at: usize| c[at].d.raw.settings.iter().map(|s| s.path.as_str());
    let all = super::keys(paths(0), paths(1));
    let text = |at: usize, path: &str| c[at].d.raw.setting(path).map(str::to_owned);
    let rows =
        all.into_iter().map(|path| InputRow { address: format!("ring/{path}"), texts: [text(0, path), text(1, path)] });
    rows.filter(|row| row.texts[0] != row.texts[1]).collect()
}

/// A table with its rows by key, in rising order of the keys.
#[derive(Default)]
struct Rows<'a> {
    raw: Option<&'a RawTable>,
    by_key: Vec<(String, usize)>,
}

impl<'a> Rows<'a> {
    fn of(schema: &Table, raw: &'a RawTable) -> Self {
        let mut by_key: Vec<(String, usize)> = (0..raw.rows.len()).map(|row| (schema.key_of(raw, row), row)).collect();
        by_key.sort();
        Self { raw: Some(raw), by_key }
    }

    fn find(&self, key: &str) -> Option<usize> {
        let at = self.by_key.binary_search_by(|(k, _)| k.as_str().cmp(key)).ok()?;
        Some(self.by_key[at].1)
    }

    fn text(&self, row: Option<usize>, column: &str) -> Option<String> {
        Some(self.raw?.cell(row?, column)?.to_owned())
    }
}

fn of_table(schema: &Table, tables: &[Rows<'_>; 2]) -> Vec<InputRow> {
    // In the order of the first table, so that neighbours stay neighbours.
    let mut order: Vec<(usize, usize, &str)> = Vec::new();
    for (side, table) in tables.iter().enumerate() {
        order.extend(table.by_key.iter().map(|(key, row)| (side, *row, key.as_str())));
    }
    order.sort_unstable();
    let mut rows = Vec::new();
    for (side, _, key) in order {
        let at = [tables[0].find(key), tables[1].find(key)];
        match at {
            [Some(_), Some(_)] if side == 0 => {
                for column in schema.columns.iter().filter(|c| !schema.key.contains(&c.name)) {
                    let text = |side: usize| tables[side].text(at[side], column.name).filter(|t| !t.is_empty());
                    let texts = [text(0), text(1)];
                    if texts[0] != texts[1] {
                        rows.push(InputRow { address: format!("{}/{key}/{}", schema.name, column.name), texts });
                    }
                }
            }
            [Some(_), Some(_)] => {}
            _ => {
                let there = |side: usize| at[side].map(|_| "there".to_owned());
                rows.push(InputRow { address: format!("{}/{key}", schema.name), texts: [there(0), there(1)] });
            }
        }
    }
    rows
}
