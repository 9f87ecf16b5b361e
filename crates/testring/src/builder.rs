//! Writes a ring in memory: settings and rows, column by name.

use model::{RawRing, RawTable, Setting, schema};

/// A ring being written.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    raw: RawRing,
}

impl Builder {
    /// An empty ring.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A ring that is there already, to be written on.
    #[must_use]
    pub fn of(raw: RawRing) -> Self {
        Self { raw }
    }

    /// Writes a setting of `ring.toml` by dotted path.
    pub fn set(&mut self, path: impl Into<String>, value: impl ToString) -> &mut Self {
        let setting = Setting { path: path.into(), value: value.to_string() };
        self.raw.settings.push(setting);
        self
    }

    /// Writes a row of a table; columns not named stay empty.
    ///
    /// # Panics
    /// When the schema has no such table or column: a fault of the test.
    pub fn row(&mut self, table: &str, cells: &[(&str, &dyn ToString)]) -> &mut Self {
        let spec = schema::table(table).expect("the schema has the table");
        let at = self.raw.tables.iter().position(|t| t.name == table).unwrap_or_else(|| {
            let columns = spec.columns.iter().map(|c| c.name.to_owned()).collect();
            self.raw.tables.push(RawTable { name: table.to_owned(), columns, rows: Vec::new() });
            self.raw.tables.len() - 1
        });
        let mut row = vec![String::new(); spec.columns.len()];
        for (name, value) in cells {
            let column = spec.columns.iter().position(|c| c.name == *name);
            row[column.expect("the table has the column")] = value.to_string();
        }
        self.raw.tables[at].rows.push(row);
        self
    }

    /// Writes one shift of eight hours from six on working days into a calendar.
    pub fn day_shift(&mut self, calendar: &str) -> &mut Self {
        let shift: [(&str, &dyn ToString); 6] = [
            ("calendar", &calendar),
            ("entry", &"shift"),
            ("kind", &"shift"),
            ("days", &"mon-fri"),
            ("start", &"06:00"),
            ("minutes", &480),
        ];
        self.row("calendars", &shift)
    }

    /// The ring as written, tables in the order of the schema.
    #[must_use]
    pub fn build(&self) -> RawRing {
        let mut raw = self.raw.clone();
        raw.sort_tables();
        raw
    }
}
