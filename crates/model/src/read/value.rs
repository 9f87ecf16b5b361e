//! One value being read: its text, and the typed readings of it.

use super::choice::Choice;
use super::{Reader, list};
use crate::schema::{self, Column, Kind};
use diag::Place;
use units::{Date, Minutes, Money, Quantity, Share, Weekdays};

/// A value being read, with where it stands.
pub(crate) struct Value<'r, 'a> {
    reader: &'r Reader<'a>,
    table: &'static str,
    column: &'static Column,
    place: Place,
    text: String,
}

impl<'r, 'a> Value<'r, 'a> {
    pub(crate) fn new(
        reader: &'r Reader<'a>,
        table: &'static str,
        written: &str,
        column: &'static Column,
        address: impl Fn() -> String,
        place: Place,
    ) -> Self {
        let text = reader.text(table, written, column, address, &place);
        let value = Self { reader, table, column, place, text };
        value.check_range();
        value
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The column's name, or the whole path of a setting.
    fn name(&self) -> &str {
        match &self.place {
            Place::Setting(path) => path,
            _ => self.column.name,
        }
    }

    fn wrong_kind(&self, wanted: impl std::fmt::Display) {
        let shown: String = self.text.chars().take(60).collect();
        let fact = format!("`{}` cannot be `{shown}`", self.name());
        let unit = if self.column.unit.is_empty() { String::new() } else { format!(" ({})", self.column.unit) };
        self.reader.bad(self.table, 104, fact, format!("write {wanted}{unit}"), &self.place, "not readable as such");
    }

    /// A number outside the column's range is one fault, found here for every numeric kind.
    fn check_range(&self) {
        let Some(range) = self.column.kind.range().filter(|_| !self.is_empty()) else {
            return;
        };
        let Some(value) = self.column.kind.number_of(&self.text) else {
            return;
        };
        if !range.contains(&value) && self.column.kind != Kind::Date {
            let fact = format!("`{}` is {} and out of range", self.name(), self.text);
            let unit = if self.column.unit.is_empty() { String::new() } else { format!(" {}", self.column.unit) };
            let help = format!("write a value from {} to {}{unit}", range.start(), range.end());
            self.reader.bad(self.table, 105, fact, help, &self.place, "out of range");
        }
    }

    pub(crate) fn string(&self) -> String {
        if self.column.kind == Kind::Id && !self.is_empty() {
            let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            if self.text.chars().count() > 40 || !self.text.chars().all(good) {
                let shown: String = self.text.chars().take(60).collect();
                self.reader.bad(
                    self.table,
                    110,
                    format!("`{shown}` cannot be a name"),
                    "use 1 to 40 letters, digits, `_`, `-` or `.`, without spaces".to_owned(),
                    &self.place,
                    "this name",
                );
            }
        }
        self.text.clone()
    }

    fn parsed<T: Default>(&self, parse: impl FnOnce(&str) -> Result<T, String>) -> T {
        if self.is_empty() {
            return T::default();
        }
        parse(&self.text).unwrap_or_else(|wanted| {
            self.wrong_kind(wanted);
            T::default()
        })
    }

    pub(crate) fn count(&self) -> i64 {
        self.parsed(|t| units::parse_scaled(t, 0).map_err(|_| "a whole number such as 12".to_owned()))
    }
    pub(crate) fn number(&self) -> f64 {
        self.parsed(|t| schema::parse_float(t).ok_or_else(|| "a plain decimal such as 0.85".to_owned()))
    }
    pub(crate) fn money(&self) -> Money {
        self.parsed(|t| t.parse().map_err(|_| "an amount with at most two decimals such as 1250.50".to_owned()))
    }
    pub(crate) fn minutes(&self) -> Minutes {
        self.parsed(|t| t.parse().map_err(|_| "minutes with at most three decimals such as 12.5".to_owned()))
    }
    pub(crate) fn quantity(&self) -> Quantity {
        self.parsed(|t| t.parse().map_err(|_| "a quantity with at most three decimals such as 2".to_owned()))
    }
    pub(crate) fn share(&self) -> Share {
        let value = self.parsed(|t| schema::parse_float(t).ok_or_else(|| "a share such as 0.05".to_owned()));
        Share::new(value).unwrap_or_default()
    }
    pub(crate) fn date(&self) -> Option<Date> {
        self.parsed(|t| t.parse().map(Some).map_err(|_| "a day that exists such as 2027-01-31".to_owned()))
    }
    pub(crate) fn weekdays(&self) -> Weekdays {
        self.parsed(|t| t.parse().map_err(|_| "weekdays such as mon-fri or mon;wed;sat".to_owned()))
    }
    /// Minutes after midnight.
    pub(crate) fn clock(&self) -> i64 {
        self.parsed(|t| clock(t).ok_or_else(|| "a time of day such as 06:30".to_owned()))
    }
    pub(crate) fn choice<T: Choice>(&self) -> T {
        let found = T::WORDS.iter().position(|w| *w == self.text);
        if found.is_none() && !self.is_empty() {
            self.wrong_choice(&self.text, T::WORDS);
        }
        T::VALUES[found.unwrap_or(0)]
    }
    pub(crate) fn choices<T: Choice>(&self) -> Vec<T> {
        let mut values = Vec::new();
        for word in self.words() {
            match T::WORDS.iter().position(|w| *w == word) {
                Some(at) => values.push(T::VALUES[at]),
                None => self.wrong_choice(word, T::WORDS),
            }
        }
        values
    }
    fn wrong_choice(&self, word: &str, words: &[&'static str]) {
        let near = self.reader.suggest(word, words.iter().copied());
        let help =
            near.map_or_else(|| format!("write one of {}", list(words.iter().copied())), |n| format!("write `{n}`"));
        let shown: String = word.chars().take(60).collect();
        self.reader.bad(
            self.table,
            104,
            format!("`{}` cannot be `{shown}`", self.name()),
            help,
            &self.place,
            "not one of the words",
        );
    }
    fn words(&self) -> impl Iterator<Item = &str> {
        self.text.split(';').map(str::trim).filter(|w| !w.is_empty())
    }
    /// Which of the column's tables, and the index there.
    pub(crate) fn reference(&self) -> Option<(usize, usize)> {
        let Kind::Ref(of) = self.column.kind else {
            return None;
        };
        if self.is_empty() { None } else { self.reader.reference(self.table, &self.text, of, &self.place) }
    }
    pub(crate) fn references(&self) -> Vec<usize> {
        let Kind::Refs(of) = self.column.kind else {
            return Vec::new();
        };
        self.words().filter_map(|w| self.reader.reference(self.table, w, of, &self.place)).map(|(_, at)| at).collect()
    }
}

fn clock(text: &str) -> Option<i64> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    (text.len() == 5 && (0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}
