//! Addresses: the one way to name any number of the ring.

use std::fmt;
use std::str::FromStr;

/// Where a value stands: `table/key/column`, or `ring/dotted.path` for a setting.
///
/// A key of several columns joins them with `:` (`capability/east:airframe:cell/productivity`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Address {
    /// A setting of `ring.toml` by dotted path.
    Setting(String),
    /// A cell of a table.
    Cell {
        /// Table name.
        table: String,
        /// Key of the row, columns joined with `:`.
        key: String,
        /// Column name.
        column: String,
    },
}

impl Address {
    /// The address of a cell.
    #[must_use]
    pub fn cell(table: &str, key: &str, column: &str) -> Self {
        Self::Cell { table: table.to_owned(), key: key.to_owned(), column: column.to_owned() }
    }

    /// The address of a setting.
    #[must_use]
    pub fn setting(path: &str) -> Self {
        Self::Setting(path.to_owned())
    }
}

impl FromStr for Address {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = "an address is `table/key/column` or `ring/dotted.path`";
        let parts: Vec<&str> = text.trim().split('/').collect();
        match parts[..] {
            ["ring", path] if !path.is_empty() => Ok(Self::setting(path)),
            [table, key, column] if !table.is_empty() && !key.is_empty() && !column.is_empty() => {
                Ok(Self::cell(table, key, column))
            }
            _ => Err(wrong),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Setting(path) => write!(f, "ring/{path}"),
            Self::Cell { table, key, column } => write!(f, "{table}/{key}/{column}"),
        }
    }
}
