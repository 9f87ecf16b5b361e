//! Result tables: what stands beside the report as CSV, JSON and workbook.

/// A cell of a result table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A number with the decimals it is shown with.
    Number {
        /// The value.
        value: f64,
        /// Decimals shown.
        decimals: usize,
    },
    /// Nothing.
    Empty,
}

/// A column of a result table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultColumn {
    /// Name, unit as qualifier where it has one.
    pub name: String,
    /// Unit, empty when it has none.
    pub unit: String,
    /// Meaning, one sentence.
    pub doc: String,
}

/// A result as a table.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultTable {
    /// Name; the file is `name.csv`.
    pub name: String,
    /// Meaning, one sentence.
    pub doc: String,
    /// Columns.
    pub columns: Vec<ResultColumn>,
    /// Rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
}

impl Cell {
    /// The cell as text, a plain decimal for numbers.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Number { value, decimals } => format!("{value:.decimals$}"),
            Self::Empty => String::new(),
        }
    }
}
