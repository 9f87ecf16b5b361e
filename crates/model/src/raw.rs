//! The ring as written: settings and tables of text, before anything is believed.

use crate::address::Address;
use diag::{Code, Diagnostic};

/// One setting of `ring.toml`, flattened: `partners.maker.role` and its text.
///
/// Numbers keep the text they were written with; a list of scalars is joined by `;`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// Dotted path.
    pub path: String,
    /// Text of the value.
    pub value: String,
}

/// One table as written: a header and rows of text of the header's width.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawTable {
    /// Name without ending, such as `tasks`.
    pub name: String,
    /// Column names as written, in order.
    pub columns: Vec<String>,
    /// Rows of cells; each row is as long as `columns`. An empty cell is an empty text.
    pub rows: Vec<Vec<String>>,
}

impl RawTable {
    /// The position of a column, or `None` when the header lacks it.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| c == name)
    }

    /// The text of a cell, or `None` when there is no such row or column.
    #[must_use]
    pub fn cell(&self, row: usize, column: &str) -> Option<&str> {
        let column = self.column(column)?;
        self.rows.get(row).map(|cells| cells[column].as_str())
    }
}

/// A whole ring as written, from a folder or a workbook.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawRing {
    /// Settings in file order.
    pub settings: Vec<Setting>,
    /// Tables in the order of [`crate::schema::TABLES`]; a table that is not there is absent.
    pub tables: Vec<RawTable>,
}

impl RawRing {
    /// The table of a name, or `None` when it is absent.
    #[must_use]
    pub fn table(&self, name: &str) -> Option<&RawTable> {
        self.tables.iter().find(|t| t.name == name)
    }

    /// The text of a setting, or `None` when it is absent.
    #[must_use]
    pub fn setting(&self, path: &str) -> Option<&str> {
        self.settings.iter().find(|s| s.path == path).map(|s| s.value.as_str())
    }

    /// The text at an address; `None` when the address points nowhere.
    #[must_use]
    pub fn get(&self, address: &Address) -> Option<&str> {
        match address {
            Address::Setting(path) => self.setting(path),
            Address::Cell { table, key, column } => {
                let raw = self.table(table)?;
                raw.cell(crate::schema::table(table)?.find_row(raw, key)?, column)
            }
        }
    }

    /// Puts rows in the place of a table: cells of all columns of the schema, in its order.
    ///
    /// The table stands last; [`Self::sort_tables`] brings it where it belongs.
    pub fn put(&mut self, name: &str, rows: Vec<Vec<String>>) {
        let columns = crate::schema::table(name).map_or(&[][..], |table| table.columns);
        debug_assert!(rows.iter().all(|row| row.len() == columns.len()), "rows of {name}");
        let columns = columns.iter().map(|column| column.name.to_owned()).collect();
        self.tables.retain(|table| table.name != name);
        self.tables.push(RawTable { name: name.to_owned(), columns, rows });
    }

    /// Brings the tables into the order of the schema.
    pub fn sort_tables(&mut self) {
        let order = |name: &str| crate::schema::TABLES.iter().position(|table| table.name == name);
        self.tables.sort_by_key(|table| order(&table.name));
    }

    /// A copy with one value changed; `None` when the address points nowhere.
    ///
    /// A setting that is known to the schema but absent is added.
    #[must_use]
    pub fn with(&self, address: &Address, value: &str) -> Option<Self> {
        let mut changed = self.clone();
        changed.set(address, value).then_some(changed)
    }

    /// A copy with several values changed. What an assumption said about a changed number no longer holds: its range is
    /// emptied.
    ///
    /// # Errors
    /// RW0225 for the first address that points nowhere.
    pub fn with_all(&self, changes: impl IntoIterator<Item = (Address, String)>) -> Result<Self, Vec<Diagnostic>> {
        let mut raw = self.clone();
        for (address, value) in changes {
            if !raw.set(&address, &value) {
                let fact = format!("`{address}` points nowhere");
                return Err(vec![Diagnostic::error(Code(225), fact, "name a value that is in the tables")]);
            }
            raw.empty_range(&address);
        }
        Ok(raw)
    }

    /// Empties the range of what is assumed of an address, if anything is.
    fn empty_range(&mut self, address: &Address) {
        let Some(table) = self.tables.iter_mut().find(|t| t.name == "assumptions") else { return };
        let schema = crate::schema::table("assumptions").expect("the schema has every table");
        let Some(row) = schema.find_row(table, &address.to_string()) else { return };
        for column in ["low", "mode", "high"] {
            if let Some(at) = table.column(column) {
                table.rows[row][at].clear();
            }
        }
    }

    /// Changes one value in place; false when the address points nowhere.
    pub fn set(&mut self, address: &Address, value: &str) -> bool {
        match address {
            Address::Setting(path) => {
                if let Some(setting) = self.settings.iter_mut().find(|s| s.path == *path) {
                    value.clone_into(&mut setting.value);
                } else if crate::settings::spec_of(path).is_some() {
                    self.settings.push(Setting { path: path.clone(), value: value.to_owned() });
                } else {
                    return false;
                }
                true
            }
            Address::Cell { table, key, column } => {
                let Some(schema) = crate::schema::table(table) else {
                    return false;
                };
                if schema.column(column).is_none() {
                    return false;
                }
                let Some(raw) = self.tables.iter_mut().find(|t| t.name == *table) else {
                    return false;
                };
                let Some(row) = schema.find_row(raw, key) else {
                    return false;
                };
                let at = raw.column(column).unwrap_or_else(|| {
                    raw.columns.push(column.clone());
                    raw.rows.iter_mut().for_each(|cells| cells.push(String::new()));
                    raw.columns.len() - 1
                });
                value.clone_into(&mut raw.rows[row][at]);
                true
            }
        }
    }
}
