//! The diagnostic itself: code, severity, fact, labelled places, help.

use crate::code::Code;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing can be done before it is mended.
    Error,
    /// The work goes on; the reader should know.
    Warning,
}

/// Where something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A cell of a table: row counted from 0 below the header; no column means the whole row.
    Cell {
        /// Table name without ending, such as `tasks`.
        table: String,
        /// Row, from 0 below the header.
        row: usize,
        /// Column name.
        column: Option<String>,
    },
    /// The header of a table, or one name in it.
    Header {
        /// Table name.
        table: String,
        /// Column name.
        column: Option<String>,
    },
    /// A setting of `ring.toml` by dotted path; a prefix means the section.
    Setting(String),
    /// Bytes of a file, `start..end`; an empty range at 0 means the file as a whole.
    Span {
        /// File as shown to the reader.
        file: String,
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
    },
    /// A result, by what it is called (`programme`, `line design of SV5`).
    Result(String),
}

impl Place {
    /// The place of one cell.
    #[must_use]
    pub fn cell(table: &str, row: usize, column: &str) -> Self {
        Self::Cell { table: table.to_owned(), row, column: Some(column.to_owned()) }
    }

    /// The place of one row.
    #[must_use]
    pub fn row(table: &str, row: usize) -> Self {
        Self::Cell { table: table.to_owned(), row, column: None }
    }
}

/// A place with what is to be seen there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What is to be seen there, in a few words.
    pub text: String,
}

/// Something a person should know: what is wrong, where, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its code.
    pub code: Code,
    /// How bad it is.
    pub severity: Severity,
    /// The fact in one sentence without a full stop.
    pub fact: String,
    /// Places, the main one first.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: String,
}

impl Diagnostic {
    /// An error with one fact and the help that goes with it.
    #[must_use]
    pub fn error(code: Code, fact: impl Into<String>, help: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, fact: fact.into(), labels: Vec::new(), help: help.into() }
    }

    /// A warning with one fact and the help that goes with it.
    #[must_use]
    pub fn warning(code: Code, fact: impl Into<String>, help: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, fact, help) }
    }

    /// The same with one more place.
    #[must_use]
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Self {
        self.labels.push(Label { place, text: text.into() });
        self
    }
}
