//! From text to typed values: one reader that collects every fault and never stops at the first.

use crate::raw::{RawRing, RawTable};
use crate::schema::{self, Column, Kind, Need, Table};
use diag::{Code, Diagnostic, Place, nearest};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use units::{Date, Id, IdVec, Minutes, Money, Quantity, Share, Weekdays};

/// An enum whose values are words of the ring.
pub trait Choice: Copy + 'static {
    /// The words, in the order of the values.
    const WORDS: &'static [&'static str];
    /// The values, in order.
    const VALUES: &'static [Self];
    /// The value's word.
    fn word(self) -> &'static str;
}

/// Declares an enum with a word for each value.
macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $value),+ }
        impl $crate::read::Choice for $name {
            const WORDS: &'static [&'static str] = &[$($word),+];
            const VALUES: &'static [Self] = &[$(Self::$value),+];
            fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad($crate::read::Choice::word(*self))
            }
        }
    };
}
pub(crate) use choices;

/// What is being read, with the names it defines and the faults found so far.
pub(crate) struct Reader<'a> {
    pub(crate) raw: &'a RawRing,
    names: BTreeMap<String, BTreeMap<String, usize>>,
    /// Mode of the assumption on an address, where it has one.
    modes: BTreeMap<String, String>,
    faults: RefCell<Vec<Diagnostic>>,
    /// Tables and `ring` in which a fault was found.
    faulty: RefCell<BTreeSet<String>>,
    /// Addresses that were empty and took the mode of their assumption.
    missing: RefCell<BTreeSet<String>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(raw: &'a RawRing) -> Self {
        let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for table in schema::TABLES.iter().filter(|t| t.key.len() == 1) {
            let Some(rows) = raw.table(table.name) else {
                continue;
            };
            let of_table = names.entry(table.name.to_owned()).or_default();
            for row in 0..rows.rows.len() {
                of_table.entry(table.key_of(rows, row)).or_insert(row);
            }
        }
        for (section, of) in [("partners", "partners"), ("customers", "customers"), ("gates", "gates.gate")] {
            let keys = crate::settings::keys_of(raw, section);
            names.insert(of.to_owned(), keys.into_iter().enumerate().map(|(i, k)| (k, i)).collect());
        }
        // Names that several rows share and that are themselves no row's key.
        for (table, column) in [
            ("calendars", "calendar"),
            ("recovery", "profile"),
            ("revisions", "revision"),
            ("supply", "supplier"),
            ("sites", "zone"),
        ] {
            let shared = names.entry(format!("{table}.{column}")).or_default();
            let Some(rows) = raw.table(table) else {
                continue;
            };
            for row in 0..rows.rows.len() {
                let name = rows.cell(row, column).unwrap_or("").trim();
                let next = shared.len();
                if !name.is_empty() {
                    shared.entry(name.to_owned()).or_insert(next);
                }
            }
        }
        let mut modes = BTreeMap::new();
        if let Some(rows) = raw.table("assumptions") {
            for row in 0..rows.rows.len() {
                let text = |column| rows.cell(row, column).unwrap_or("").trim().to_owned();
                if !text("mode").is_empty() {
                    modes.insert(text("address"), text("mode"));
                }
            }
        }
        Self { raw, names, modes, faults: RefCell::default(), faulty: RefCell::default(), missing: RefCell::default() }
    }

    pub(crate) fn fault(&self, table: &str, diagnostic: Diagnostic) {
        self.faulty.borrow_mut().insert(table.to_owned());
        self.faults.borrow_mut().push(diagnostic);
    }

    pub(crate) fn is_clean(&self, tables: &[&str]) -> bool {
        let faulty = self.faulty.borrow();
        tables.iter().all(|t| !faulty.contains(*t))
    }

    pub(crate) fn into_faults(self) -> Vec<Diagnostic> {
        self.faults.into_inner()
    }

    pub(crate) fn is_missing(&self, address: &str) -> bool {
        self.missing.borrow().contains(address)
    }

    /// The names of a table or of a shared column, in the order they first appear.
    pub(crate) fn names(&self, of: &str) -> Vec<String> {
        let mut by_place: Vec<(usize, String)> =
            self.names.get(of).into_iter().flatten().map(|(name, at)| (*at, name.clone())).collect();
        by_place.sort();
        by_place.into_iter().map(|(_, name)| name).collect()
    }

    pub(crate) fn lookup(&self, of: &str, name: &str) -> Option<usize> {
        self.names.get(of)?.get(name).copied()
    }

    /// Header faults of a table: unknown, missing; an absent table that is needed.
    fn check_header(&self, table: &'static Table, raw: Option<&RawTable>) {
        let name = table.name;
        let Some(raw) = raw.filter(|raw| !raw.rows.is_empty()) else {
            if table.need == Need::Required {
                self.fault(
                    name,
                    Diagnostic::error(
                        Code(111),
                        format!("the table `{name}` is missing or has no row"),
                        format!(
                            "write `{name}.csv` with at least one row; `ringworks new --template pilot DIR` shows one"
                        ),
                    )
                    .at(Place::Header { table: name.to_owned(), column: None }, "no row here"),
                );
            }
            return;
        };
        for column in raw.columns.iter().filter(|c| table.column(c).is_none()) {
            let near = nearest(column, table.columns.iter().map(|c| c.name));
            let help = near.map_or_else(
                || format!("remove the column; `{name}` has {}", list(table.columns.iter().map(|c| c.name))),
                |n| format!("write `{n}`"),
            );
            self.fault(
                name,
                Diagnostic::error(Code(101), format!("`{name}` has no column `{column}`"), help)
                    .at(Place::Header { table: name.to_owned(), column: Some(column.clone()) }, "unknown column"),
            );
        }
        for column in table.columns.iter().filter(|c| c.need == Need::Required && raw.column(c.name).is_none()) {
            self.fault(
                name,
                Diagnostic::error(
                    Code(102),
                    format!("`{name}` lacks the column `{}`", column.name),
                    format!("add a column `{}`: {}", column.name, column.doc),
                )
                .at(Place::Header { table: name.to_owned(), column: None }, "header of the table"),
            );
        }
    }

    /// Faults of keys: characters ids cannot have, and keys that stand twice.
    fn check_keys(&self, table: &'static Table, raw: &RawTable) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for row in 0..raw.rows.len() {
            let key = table.key_of(raw, row);
            if let Some(first) = seen.get(&key) {
                let column = table.key[table.key.len() - 1];
                self.fault(
                    table.name,
                    Diagnostic::error(
                        Code(107),
                        format!("the key `{key}` stands twice in `{}`", table.name),
                        "keep one of the two rows, or give one of them a key of its own",
                    )
                    .at(Place::cell(table.name, row, column), "again here")
                    .at(Place::cell(table.name, *first, column), "first here"),
                );
            } else {
                seen.insert(key, row);
            }
        }
    }

    /// Reads all rows of a table.
    pub(crate) fn rows<I: Id, T>(&self, table: &'static Table, mut each: impl FnMut(&Row<'_, 'a>) -> T) -> IdVec<I, T> {
        let raw = self.raw.table(table.name);
        self.check_header(table, raw);
        let Some(raw) = raw else {
            return IdVec::default();
        };
        self.check_keys(table, raw);
        (0..raw.rows.len()).map(|row| each(&Row { reader: self, table, raw, row })).collect()
    }

    /// The text of a value or what stands in for it: the mode of its assumption, then its default.
    fn text(&self, table: &str, written: &str, column: &Column, address: &str, place: &Place) -> String {
        let written = written.trim();
        if !written.is_empty() {
            return written.to_owned();
        }
        if let Some(mode) = self.modes.get(address) {
            self.missing.borrow_mut().insert(address.to_owned());
            return mode.clone();
        }
        if column.need == Need::Required {
            let numeric = column.kind.range().is_some();
            let how = if numeric {
                format!(
                    "fill it in, or give a range for `{address}` in assumptions.csv and it becomes an open question"
                )
            } else {
                format!("fill it in: {}", column.doc)
            };
            let code = if table == "ring" { Code(109) } else { Code(103) };
            self.fault(
                table,
                Diagnostic::error(code, format!("`{}` is missing", column.name), how)
                    .at(place.clone(), "nothing is written here"),
            );
        }
        if let Need::Default(value) = column.need { value.to_owned() } else { String::new() }
    }

    fn bad(&self, table: &str, code: u16, fact: String, help: String, place: &Place, label: &str) {
        self.fault(table, Diagnostic::error(Code(code), fact, help).at(place.clone(), label));
    }

    /// The index of a name in one of the tables, with which of them it was.
    fn reference(&self, table: &str, name: &str, of: &[&str], place: &Place) -> Option<(usize, usize)> {
        let found = of.iter().enumerate().find_map(|(i, t)| self.lookup(t, name).map(|at| (i, at)));
        if found.is_none() {
            let candidates: Vec<&str> =
                of.iter().filter_map(|t| self.names.get(*t)).flat_map(|n| n.keys().map(String::as_str)).collect();
            let tables =
                of.iter().map(|t| format!("`{}`", t.split('.').next().unwrap_or(t))).collect::<Vec<_>>().join(" or ");
            let help = match nearest(name, candidates.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if candidates.is_empty() => {
                    format!("{tables} defines no names yet: add a row there")
                }
                None if candidates.len() <= 12 => {
                    format!("{tables} defines {}", list(candidates.iter().copied()))
                }
                None => format!("define `{name}` in {tables}, or use one of its {} names", candidates.len()),
            };
            self.bad(table, 106, format!("`{name}` is not defined in {tables}"), help, place, "not a known name");
        }
        found
    }
}

/// Words as `a`, `b` and `c`; the first fourteen of a long list.
pub(crate) fn list<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let words: Vec<String> = words.map(|w| format!("`{w}`")).collect();
    match words.split_last() {
        None => "nothing".to_owned(),
        Some((last, [])) => last.clone(),
        Some(_) if words.len() > 14 => {
            format!("{} and {} more", words[..13].join(", "), words.len() - 13)
        }
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

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
        address: &str,
        place: Place,
    ) -> Self {
        let text = reader.text(table, written, column, address, &place);
        let value = Self { reader, table, column, place, text };
        value.check_range();
        value
    }

    fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    fn wrong_kind(&self, wanted: impl std::fmt::Display) {
        let shown: String = self.text.chars().take(60).collect();
        let fact = format!("`{}` cannot be `{shown}`", self.column.name);
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
            let fact = format!("`{}` is {} and out of range", self.column.name, self.text);
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
        let near = nearest(word, words.iter().copied());
        let help =
            near.map_or_else(|| format!("write one of {}", list(words.iter().copied())), |n| format!("write `{n}`"));
        let shown: String = word.chars().take(60).collect();
        self.reader.bad(
            self.table,
            104,
            format!("`{}` cannot be `{shown}`", self.column.name),
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

/// A row being read.
pub(crate) struct Row<'r, 'a> {
    reader: &'r Reader<'a>,
    table: &'static Table,
    raw: &'a RawTable,
    /// Position below the header, from 0.
    pub(crate) row: usize,
}

impl<'a> Row<'_, 'a> {
    fn value(&self, name: &str) -> Value<'_, 'a> {
        let column = self.table.column(name).expect("the table's own file names its own columns");
        let written = self.raw.cell(self.row, name).unwrap_or("");
        let address = format!("{}/{}/{name}", self.table.name, self.key());
        Value::new(
            self.reader,
            self.table.name,
            written,
            column,
            &address,
            Place::cell(self.table.name, self.row, name),
        )
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
