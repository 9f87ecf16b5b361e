//! From text to typed values: one reader that collects every fault and never stops at the first.

mod choice;
mod row;
mod value;

pub use choice::Choice;
pub(crate) use choice::choices;
pub(crate) use row::{Row, some_day};
pub(crate) use value::Value;

use crate::raw::{RawRing, RawTable};
use crate::schema::{self, Column, Need, Table};
use diag::{Code, Diagnostic, Place, nearest};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, IdVec};

/// Faults kept; the rest is counted.
const FAULTS_MAX: usize = 1_000;

/// Faults up to which near-miss names are looked for.
const SUGGESTIONS_MAX: usize = 200;

/// What is being read, with the names it defines and the faults found so far.
pub(crate) struct Reader<'a> {
    pub(crate) raw: &'a RawRing,
    /// Keys of every table, names of sections and names that rows share, each with its position.
    names: BTreeMap<String, BTreeMap<String, usize>>,
    /// Mode of the assumption on an address, where it has one.
    modes: BTreeMap<String, String>,
    faults: RefCell<Vec<Diagnostic>>,
    /// Faults past [`FAULTS_MAX`], counted only.
    more: Cell<usize>,
    /// Tables and `ring` in which a fault was found.
    faulty: RefCell<BTreeSet<String>>,
    /// Addresses that were empty and took the mode of their assumption.
    missing: RefCell<BTreeSet<String>>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(raw: &'a RawRing) -> Self {
        let mut names: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for table in schema::TABLES {
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
        Self {
            raw,
            names,
            modes,
            faults: RefCell::default(),
            more: Cell::new(0),
            faulty: RefCell::default(),
            missing: RefCell::default(),
        }
    }

    pub(crate) fn fault(&self, table: &str, diagnostic: Diagnostic) {
        self.faulty.borrow_mut().insert(table.to_owned());
        let mut faults = self.faults.borrow_mut();
        // A cell that is read in two ways tells its fault once.
        if faults.iter().rev().take(8).any(|f| *f == diagnostic) {
            return;
        }
        if faults.len() < FAULTS_MAX {
            faults.push(diagnostic);
        } else {
            self.more.set(self.more.get() + 1);
        }
    }

    /// The nearest of the candidates; none once so many faults are found that looking costs too much.
    pub(crate) fn suggest<'c>(&self, word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
        if self.faults.borrow().len() < SUGGESTIONS_MAX { nearest(word, candidates) } else { None }
    }

    /// The nearest name that a table or shared column defines.
    pub(crate) fn suggest_name(&self, of: &str, word: &str) -> Option<&str> {
        self.suggest(word, self.names.get(of).into_iter().flat_map(|n| n.keys().map(String::as_str)))
    }

    pub(crate) fn is_clean(&self, tables: &[&str]) -> bool {
        let faulty = self.faulty.borrow();
        tables.iter().all(|t| !faulty.contains(*t))
    }

    pub(crate) fn into_faults(self) -> Vec<Diagnostic> {
        let mut faults = self.faults.into_inner();
        if self.more.get() > 0 {
            faults.push(Diagnostic::error(
                Code(112),
                format!("{} more faults are not shown", self.more.get()),
                "mend the ones above first; many often have one cause",
            ));
        }
        faults
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
        let mut meant = Vec::new();
        for column in raw.columns.iter().filter(|c| table.column(c).is_none()) {
            let near = self.suggest(column, table.columns.iter().map(|c| c.name));
            meant.extend(near);
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
        let lacking =
            |c: &&Column| c.need == Need::Required && raw.column(c.name).is_none() && !meant.contains(&c.name);
        for column in table.columns.iter().filter(lacking) {
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
        for row in 0..raw.rows.len() {
            let key = table.key_of(raw, row);
            if let Some(first) = self.lookup(table.name, &key).filter(|first| *first != row) {
                let column = table.key[table.key.len() - 1];
                self.fault(
                    table.name,
                    Diagnostic::error(
                        Code(107),
                        format!("the key `{key}` stands twice in `{}`", table.name),
                        "keep one of the two rows, or give one of them a key of its own",
                    )
                    .at(Place::cell(table.name, row, column), "again here")
                    .at(Place::cell(table.name, first, column), "first here"),
                );
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
    fn text(&self, table: &str, written: &str, column: &Column, address: impl Fn() -> String, place: &Place) -> String {
        let written = written.trim();
        if !written.is_empty() {
            return written.to_owned();
        }
        let address = address();
        if let Some(mode) = self.modes.get(&address) {
            self.missing.borrow_mut().insert(address);
            return mode.clone();
        }
        // A column that the header lacks is one fault of the header, not one of every row.
        let header_lacks = self.raw.table(table).is_some_and(|raw| raw.column(column.name).is_none());
        if column.need == Need::Required && !header_lacks {
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

    fn is_absent(&self, table: &str) -> bool {
        self.raw.table(table).is_none_or(|raw| raw.rows.is_empty())
    }

    fn bad(&self, table: &str, code: u16, fact: String, help: String, place: &Place, label: &str) {
        self.fault(table, Diagnostic::error(Code(code), fact, help).at(place.clone(), label));
    }

    /// The index of a name in one of the tables, with which of them it was.
    fn reference(&self, table: &str, name: &str, of: &[&str], place: &Place) -> Option<(usize, usize)> {
        let found = of.iter().enumerate().find_map(|(i, t)| self.lookup(t, name).map(|at| (i, at)));
        if found.is_none() {
            let of_tables = of.iter().filter_map(|t| self.names.get(*t));
            let told = |t: &&str| schema::table(t).is_some_and(|t| t.need == Need::Required && self.is_absent(t.name));
            if of.iter().any(|t| told(&t.split('.').next().unwrap_or(t))) {
                // That the table is missing is told once, by RW0111.
                self.faulty.borrow_mut().insert(table.to_owned());
                return None;
            }
            let n_candidates: usize = of_tables.clone().map(BTreeMap::len).sum();
            let candidates = of_tables.flat_map(|n| n.keys().map(String::as_str));
            let tables =
                of.iter().map(|t| format!("`{}`", t.split('.').next().unwrap_or(t))).collect::<Vec<_>>().join(" or ");
            let help = match self.suggest(name, candidates.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if n_candidates == 0 => {
                    let section = of.iter().find_map(|t| SECTIONS.iter().find(|s| t.split('.').next() == Some(*s)));
                    section.map_or_else(
                        || format!("{tables} defines no names yet: add a row there"),
                        |section| format!("ring.toml defines no {section} yet: add a section `[{section}.{name}]`"),
                    )
                }
                None if n_candidates <= 12 => {
                    format!("{tables} defines {}", list(candidates))
                }
                None => format!("define `{name}` in {tables}, or use one of its {n_candidates} names"),
            };
            self.bad(table, 106, format!("`{name}` is not defined in {tables}"), help, place, "not a known name");
        }
        found
    }
}

/// Names that sections of `ring.toml` define, not tables.
const SECTIONS: &[&str] = &["partners", "customers", "gates"];

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
