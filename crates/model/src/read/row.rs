//! One row being read, column by column.

use super::choice::Choice;
use super::{Reader, Value};
use crate::raw::RawTable;
use crate::schema::Table;
use diag::Place;
use units::{Date, Id, Minutes, Money, Quantity, Share, Weekdays};

/// A row being read.
pub(crate) struct Row<'r, 'a> {
    pub(super) reader: &'r Reader<'a>,
    pub(super) table: &'static Table,
    pub(super) raw: &'a RawTable,
    /// Position below the header, from 0.
    pub(crate) row: usize,
}

impl<'a> Row<'_, 'a> {
    fn value(&self, name: &str) -> Value<'_, 'a> {
        let column = self.table.column(name).expect("the table's own file names its own columns");
        let written = self.raw.cell(self.row, name).unwrap_or("");
        let address = || format!("{}/{}/{name}", self.table.name, self.key());
        Value::new(self.reader, self.table.name, written, column, address, Place::cell(self.table.name, self.row, name))
    }
    pub(crate) fn key(&self) -> String {
        self.table.key_of(self.raw, self.row)
    }
    pub(crate) fn text(&self, name: &str) -> String {
        self.value(name).string()
    }
    pub(crate) fn count(&self, name: &str) -> i64 {
        self.value(name).count()
    }
    pub(crate) fn number(&self, name: &str) -> f64 {
        self.value(name).number()
    }
    pub(crate) fn money(&self, name: &str) -> Money {
        self.value(name).money()
    }
    pub(crate) fn minutes(&self, name: &str) -> Minutes {
        self.value(name).minutes()
    }
    pub(crate) fn quantity(&self, name: &str) -> Quantity {
        self.value(name).quantity()
    }
    pub(crate) fn share(&self, name: &str) -> Share {
        self.value(name).share()
    }
    pub(crate) fn date(&self, name: &str) -> Option<Date> {
        self.value(name).date()
    }
    pub(crate) fn weekdays(&self, name: &str) -> Weekdays {
        self.value(name).weekdays()
    }
    pub(crate) fn clock(&self, name: &str) -> i64 {
        self.value(name).clock()
    }
    pub(crate) fn choice<T: Choice>(&self, name: &str) -> T {
        self.value(name).choice()
    }
    /// The value, or `None` for an empty cell, of any of the readings above.
    pub(crate) fn given<T>(&self, name: &str, read: impl FnOnce(&Self, &str) -> T) -> Option<T> {
        (!self.value(name).is_empty()).then(|| read(self, name))
    }
    /// The id named in a column; the first id when it is faulty (the fault is recorded, so no ring results).
    pub(crate) fn id<I: Id>(&self, name: &str) -> I {
        I::from_index(self.value(name).reference().map_or(0, |(_, at)| at))
    }
    pub(crate) fn id_opt<I: Id>(&self, name: &str) -> Option<I> {
        self.value(name).reference().map(|(_, at)| I::from_index(at))
    }
    pub(crate) fn ids<I: Id>(&self, name: &str) -> Vec<I> {
        self.value(name).references().into_iter().map(I::from_index).collect()
    }
    /// Which of the column's tables the name stands in, and where.
    pub(crate) fn which(&self, name: &str) -> (usize, usize) {
        self.value(name).reference().unwrap_or((0, 0))
    }
    /// As [`Row::which`], for a column whose tables may share a name: where `first` is the one meant, its row is taken.
    pub(crate) fn which_first(&self, name: &str, first: Option<usize>) -> (usize, usize) {
        let column = self.table.column(name).map(|c| c.kind);
        let meant = match (first, column) {
            (Some(at), Some(crate::schema::Kind::Ref(of))) => {
                self.reader.lookup(of[at], self.raw.cell(self.row, name).unwrap_or("").trim()).map(|row| (at, row))
            }
            _ => None,
        };
        meant.unwrap_or_else(|| self.which(name))
    }
    pub(crate) fn fault(&self, code: u16, name: &str, fact: String, help: String) {
        self.reader.bad(self.table.name, code, fact, help, &Place::cell(self.table.name, self.row, name), "here");
    }
    pub(crate) fn reader(&self) -> &Reader<'a> {
        self.reader
    }
}

impl<'a> Row<'_, 'a> {
    /// The id of a name that several rows of this table share, such as a calendar's.
    pub(crate) fn shared<I: Id>(&self, name: &str) -> I {
        let text = self.value(name).string();
        let at = self.reader.lookup(&format!("{}.{name}", self.table.name), &text);
        I::from_index(at.unwrap_or(0))
    }
}

/// Stands in for a day that is faulty; the fault is recorded, so no ring results.
pub(crate) fn some_day() -> Date {
    Date::new(2000, 1, 1).expect("a day in range")
}
