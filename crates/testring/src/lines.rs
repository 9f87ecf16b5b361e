//! Parts of a ring from lines of text, for tests that write their own.

use model::results::{Programme, Status};
use model::{RawTable, Setting};
use units::Money;

/// A table from a header and rows of cells separated by `|`; blanks around a cell fall away.
#[must_use]
pub fn table(name: &str, header: &str, rows: &[&str]) -> RawTable {
    let cells = |line: &str| line.split('|').map(|c| c.trim().to_owned()).collect::<Vec<_>>();
    RawTable { name: name.to_owned(), columns: cells(header), rows: rows.iter().map(|r| cells(r)).collect() }
}

/// Settings from dotted paths and their values.
#[must_use]
pub fn settings(all: &[(&str, &str)]) -> Vec<Setting> {
    all.iter().map(|(path, value)| Setting { path: (*path).to_owned(), value: (*value).to_owned() }).collect()
}

/// A programme that does nothing, to be filled: no cost, no bound, proven.
#[must_use]
pub fn empty_programme() -> Programme {
    Programme {
        status: Status::Optimal,
        cost: Money::ZERO,
        bound: Money::ZERO,
        sites: Vec::new(),
        lines: Vec::new(),
        people: Vec::new(),
        make: Vec::new(),
        shipments: Vec::new(),
        orders: Vec::new(),
        stock: Vec::new(),
        deliveries: Vec::new(),
        backlog: Vec::new(),
        draws: Vec::new(),
        costs: Vec::new(),
        notes: Vec::new(),
    }
}
