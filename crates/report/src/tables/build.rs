//! Small words to write result tables with.

use model::results::ResultTable;
use model::results::table::{Cell, ResultColumn};
use units::{Id, Minutes, Money, Quantity};

/// A column: name, unit, meaning.
pub(super) type Head = (&'static str, &'static str, &'static str);

/// A table with its rows.
pub(super) fn table(name: &str, doc: &str, columns: &[Head], rows: Vec<Vec<Cell>>) -> ResultTable {
    debug_assert!(rows.iter().all(|r| r.len() == columns.len()), "rows of {name}");
    let columns = columns
        .iter()
        .map(|(name, unit, doc)| ResultColumn {
            name: (*name).to_owned(),
            unit: (*unit).to_owned(),
            doc: (*doc).to_owned(),
        })
        .collect();
    ResultTable { name: name.to_owned(), doc: doc.to_owned(), columns, rows }
}

pub(super) fn text(value: &str) -> Cell {
    if value.is_empty() { Cell::Empty } else { Cell::Text(value.to_owned()) }
}

pub(super) fn number(value: f64, decimals: usize) -> Cell {
    if value.is_finite() { Cell::Number { value, decimals } } else { Cell::Empty }
}

#[expect(clippy::cast_precision_loss, reason = "counts in results are far below 2^53")]
pub(super) fn whole(value: i64) -> Cell {
    number(value as f64, 0)
}

pub(super) fn size(value: usize) -> Cell {
    number(crate::svg::count_f64(value), 0)
}

pub(super) fn money(value: Money) -> Cell {
    number(value.as_f64(), 2)
}

pub(super) fn pieces(value: Quantity) -> Cell {
    number(value.as_f64(), 3)
}

pub(super) fn minutes(value: Minutes) -> Cell {
    number(value.as_f64(), 3)
}

/// A period, counted from 1.
pub(super) fn period(value: model::ids::PeriodId) -> Cell {
    size(value.index() + 1)
}

pub(super) fn yes_no(value: bool) -> Cell {
    text(if value { "yes" } else { "no" })
}
