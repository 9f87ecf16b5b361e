//! The texts that were read, and where in them every cell and setting stands.

use crate::csv::{Field, Scanner};
use crate::locate::Location;
use diag::Place;
use std::collections::BTreeMap;
use std::ops::Range;

/// One text: a file, or one sheet of a workbook written out as comma-separated text.
#[derive(Debug, Clone, Default)]
pub(crate) struct SourceFile {
    /// What places call it: the name, or `workbook#sheet`.
    pub(crate) key: String,
    /// Name as shown to the reader.
    pub(crate) name: String,
    /// Its text, without a byte order mark.
    pub(crate) text: String,
    /// What is needed to name a cell when the text stands for a sheet.
    pub(crate) sheet: Option<Sheet>,
}

/// A sheet of a workbook.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sheet {
    /// Name of the sheet.
    pub(crate) name: String,
    /// First byte of each record of the text, with its row in the sheet counted from 1.
    pub(crate) rows: Vec<(u32, u32)>,
    /// Column of the sheet, from 0, in which each field of a record stands.
    pub(crate) columns: Vec<u32>,
}

/// Where the records of a table start.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableAt {
    pub(crate) file: usize,
    pub(crate) header: u32,
    /// One per row of the raw table, in the same order.
    pub(crate) rows: Vec<u32>,
}

/// Where a setting stands.
#[derive(Debug, Clone)]
pub(crate) struct SettingAt {
    pub(crate) file: usize,
    pub(crate) key: Range<usize>,
    pub(crate) value: Range<usize>,
}

/// All texts of a ring with the places of everything in them.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// The folder or workbook as shown to the reader.
    pub(crate) shown: String,
    pub(crate) files: Vec<SourceFile>,
    pub(crate) tables: BTreeMap<String, TableAt>,
    pub(crate) settings: BTreeMap<String, SettingAt>,
    /// Headings of sections by dotted path.
    pub(crate) sections: BTreeMap<String, SettingAt>,
}

impl Sources {
    /// One text by itself, such as a file that is no ring, under the name it is shown with.
    #[must_use]
    pub fn of(file: &str, text: &str) -> Self {
        let source = SourceFile { key: file.to_owned(), name: file.to_owned(), text: text.to_owned(), sheet: None };
        Self { shown: file.to_owned(), files: vec![source], ..Self::default() }
    }

    /// Where a place of the ring stands in what was read.
    #[must_use]
    pub fn locate(&self, place: &Place) -> Location {
        match place {
            Place::Cell { table, row, column } => self.cell(table, *row, column.as_deref()),
            Place::Header { table, column } => self.header(table, column.as_deref()),
            Place::Setting(path) => self.setting(path),
            Place::Span { file, start, end } => match self.files.iter().find(|f| f.key == *file) {
                Some(found) if (*start, *end) != (0, 0) => Location::of(found, *start..*end),
                _ => Location::whole(file),
            },
            Place::Result(name) => Location::whole(name),
        }
    }

    fn cell(&self, table: &str, row: usize, column: Option<&str>) -> Location {
        let Some(at) = self.tables.get(table) else { return self.absent(table) };
        let Some(start) = at.rows.get(row) else { return self.header(table, column) };
        self.field_at(at, *start as usize, column)
    }

    fn header(&self, table: &str, column: Option<&str>) -> Location {
        let Some(at) = self.tables.get(table) else { return self.absent(table) };
        self.field_at(at, at.header as usize, column)
    }

    /// The field of a record below a column's name; the whole record when there is no such column.
    fn field_at(&self, at: &TableAt, start: usize, column: Option<&str>) -> Location {
        let file = &self.files[at.file];
        let fields = record(file, start);
        let position = column.and_then(|name| {
            let mut names = record(file, at.header as usize).into_iter();
            names.position(|f| f.text(&file.text).trim() == name)
        });
        let span = match position.and_then(|i| fields.get(i)) {
            Some(field) => field.span.clone(),
            None => start..fields.last().map_or(start, |f| f.span.end),
        };
        Location::of(file, span)
    }

    /// A setting's value, or the heading of the nearest section around it.
    fn setting(&self, path: &str) -> Location {
        if let Some(at) = self.settings.get(path) {
            return Location::of(&self.files[at.file], at.value.clone());
        }
        let mut around = path;
        loop {
            if let Some(at) = self.sections.get(around).or_else(|| self.first_below(around)) {
                return Location::of(&self.files[at.file], at.key.clone());
            }
            match around.rsplit_once('.') {
                Some((outer, _)) => around = outer,
                None => return self.absent("ring"),
            }
        }
    }

    /// A setting's name.
    pub(crate) fn setting_key(&self, path: &str) -> Location {
        match self.settings.get(path) {
            Some(at) => Location::of(&self.files[at.file], at.key.clone()),
            None => self.setting(path),
        }
    }

    /// The first setting of a section that has no heading of its own.
    fn first_below(&self, section: &str) -> Option<&SettingAt> {
        let prefix = format!("{section}.");
        let below = self.settings.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        below.map(|(_, at)| at).min_by_key(|at| (at.file, at.key.start))
    }

    /// A table that is not there: the file it would stand in.
    fn absent(&self, table: &str) -> Location {
        if self.files.iter().any(|f| f.sheet.is_some()) {
            return Location::whole(&self.shown);
        }
        let name = if table == "ring" { "ring.toml".to_owned() } else { format!("{table}.csv") };
        Location::whole(&join(&self.shown, &name))
    }
}

/// The fields of the record that starts at a byte.
fn record(file: &SourceFile, start: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    Scanner::new(&file.text, start, 1).record(&mut fields);
    fields
}

/// A name below a folder as shown to the reader; always with `/`, so that texts are the same everywhere.
pub(crate) fn join(folder: &str, name: &str) -> String {
    match folder.trim_end_matches('/') {
        "" | "." => name.to_owned(),
        folder => format!("{folder}/{name}"),
    }
}
