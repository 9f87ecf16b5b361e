//! Reads the tables of a workbook cell by cell, in bounded memory.

use super::SETTINGS_SHEET;
use super::cells::cell_text;
use super::guard::inspect;
use crate::csv::{Scanner, csv_field};
use crate::files::read_capped;
use crate::folder::take_table;
use crate::hash::{InputHash, sha256_hex};
use crate::limits::{Limits, megabytes};
use crate::locate::column_letters;
use crate::raw_read::RawRead;
use crate::source::{SettingAt, Sheet};
use calamine::{Reader, Xlsx};
use diag::{Code, Diagnostic, Place, nearest};
use model::raw::Setting;
use model::schema::TABLES;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

const RESAVE: &str = "open it in a spreadsheet program and save it as `.xlsx` again";

/// Unknown sheets that are named one by one.
const UNKNOWN_SHOWN_MAX: usize = 20;

/// Reads the sheets of a workbook.
pub(crate) fn read_workbook(path: &Path, shown: &str, limits: &Limits) -> RawRead {
    let mut read = RawRead::default();
    read.sources.shown = shown.to_owned();
    let bytes = match read_capped(path, limits.file_bytes) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let fact = format!("`{shown}` is larger than {}", megabytes(limits.file_bytes));
            return refused(
                read,
                2,
                fact,
                "remove sheets and pictures that the ring does not use, or keep the ring as a folder",
            );
        }
        Err(error) => {
            let fact = format!("`{shown}` cannot be read: {}", crate::files::plain(&error));
            return refused(read, 1, fact, "check the file and its permissions");
        }
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    read_workbook_bytes(bytes, &file, shown, limits)
}

/// Reads the sheets of a workbook in memory; `file` is its name among the hashes.
pub(crate) fn read_workbook_bytes(bytes: Vec<u8>, file: &str, shown: &str, limits: &Limits) -> RawRead {
    let mut read = RawRead::default();
    shown.clone_into(&mut read.sources.shown);
    read.hashes.push(InputHash { file: file.to_owned(), sha256: sha256_hex(&bytes) });
    if let Err((why, help)) = inspect(&bytes, limits) {
        return refused(read, 7, format!("the workbook cannot be read safely: {why}"), help);
    }
    let hashes = read.hashes.clone();
    // The parser is not ours and meets files made to break it; should it panic, that is a refusal too.
    let parsed = catch_unwind(AssertUnwindSafe(|| read_sheets(bytes, shown, limits)));
    let mut sheets = parsed.unwrap_or_else(|_| {
        refused(read, 7, "the workbook cannot be read: its parts make no sense".to_owned(), RESAVE)
    });
    sheets.hashes = hashes;
    sheets
}

/// Opens a workbook that has been looked through and reads its sheets.
fn read_sheets(bytes: Vec<u8>, shown: &str, limits: &Limits) -> RawRead {
    let mut read = RawRead::default();
    shown.clone_into(&mut read.sources.shown);
    let mut book: Xlsx<_> = match Xlsx::new(Cursor::new(bytes)) {
        Ok(book) => book,
        Err(error) => return refused(read, 7, format!("the workbook cannot be read: {error}"), RESAVE),
    };
    let names = book.sheet_names();
    let mut left = Left { cells: limits.cells, bytes: limits.ring_bytes };
    if names.iter().any(|n| n == SETTINGS_SHEET) {
        if let Some(sheet) = take_sheet(&mut book, SETTINGS_SHEET, limits, &mut left, &mut read) {
            take_settings(shown, sheet, limits, &mut read);
        }
    } else {
        let fault = Diagnostic::error(
            Code(10),
            "the workbook has no sheet `ring`",
            "the sheet `ring` holds the settings, in columns `path` and `value`; `ringworks export` writes one",
        );
        read.unreadable(fault.at(whole(shown), ""));
    }
    for table in TABLES.iter().filter(|t| names.iter().any(|n| n == t.name)) {
        if let Some((text, sheet)) = take_sheet(&mut book, table.name, limits, &mut left, &mut read) {
            take_table(table.name, shown, text, Some(sheet), limits, &mut left.cells, &mut read);
        }
    }
    let unknown = names.iter().filter(|n| *n != SETTINGS_SHEET && !TABLES.iter().any(|t| t.name == **n));
    for name in unknown.take(UNKNOWN_SHOWN_MAX) {
        check_name(&mut book, shown, name, &mut read);
    }
    read
}

fn whole(shown: &str) -> Place {
    Place::Span { file: shown.to_owned(), start: 0, end: 0 }
}

fn refused(mut read: RawRead, code: u16, fact: String, help: &str) -> RawRead {
    let shown = read.sources.shown.clone();
    read.unreadable(Diagnostic::error(Code(code), fact, help).at(whole(&shown), ""));
    read
}

/// What the ring may still hold.
struct Left {
    cells: usize,
    bytes: u64,
}

/// One sheet as comma-separated text; `None` with a fault when it cannot be read.
fn take_sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    limits: &Limits,
    left: &mut Left,
    read: &mut RawRead,
) -> Option<(String, Sheet)> {
    let shown = read.sources.shown.clone();
    let mut builder = SheetText {
        name,
        limits,
        text: String::new(),
        sheet: Sheet { name: name.to_owned(), ..Sheet::default() },
        faults: Vec::new(),
        row: Vec::new(),
        row_number: 0,
        cells: 0,
        bytes_max: left.bytes,
    };
    let result = builder.fill(book, left.cells);
    left.bytes -= (builder.text.len() as u64).min(left.bytes);
    for (code, fact, help, cell) in builder.faults {
        let text = format!("{name}!{cell}");
        let fault = Diagnostic::error(Code(code), format!("{fact} (cell {text})"), help).at(whole(&shown), "");
        if read.faults.len() <= limits.faults {
            read.faults.push(fault);
        }
    }
    match result {
        Ok(()) => Some((builder.text, builder.sheet)),
        Err((code, fact, help)) => {
            read.unreadable(Diagnostic::error(Code(code), fact, help).at(whole(&shown), ""));
            None
        }
    }
}

type Stop = (u16, String, String);

/// A sheet being written out as comma-separated text.
struct SheetText<'a> {
    name: &'a str,
    limits: &'a Limits,
    text: String,
    sheet: Sheet,
    /// Code, fact, help, cell.
    faults: Vec<(u16, String, &'static str, String)>,
    /// Cells of the row being gathered: column of the sheet, text.
    row: Vec<(u32, String)>,
    /// Its number in the sheet, from 0.
    row_number: u32,
    cells: usize,
    bytes_max: u64,
}

impl SheetText<'_> {
    fn fill(&mut self, book: &mut Xlsx<Cursor<Vec<u8>>>, cells_max: usize) -> Result<(), Stop> {
        let name = self.name;
        let broken =
            |error: calamine::XlsxError| (7, format!("the sheet `{name}` cannot be read: {error}"), RESAVE.to_owned());
        let mut reader = book.worksheet_cells_reader(self.name).map_err(broken)?;
        while let Some(cell) = reader.next_cell().map_err(broken)? {
            let (row, column) = cell.get_position();
            let text = match cell_text(cell.get_value()) {
                Ok(text) => text,
                Err(error) => {
                    let at = format!("{}{}", column_letters(column), row + 1);
                    self.faults.push((
                        7,
                        format!("a cell holds the error `{error}`"),
                        "mend the formula, or write the value itself",
                        at,
                    ));
                    String::new()
                }
            };
            if text.is_empty() {
                continue;
            }
            if row < self.row_number
                || (row == self.row_number && self.row.last().is_some_and(|(before, _)| *before >= column))
            {
                return Err((
                    7,
                    format!("the cells of the sheet `{name}` are out of order at row {}", row + 1),
                    RESAVE.to_owned(),
                ));
            }
            if row > self.row_number {
                self.end_row()?;
                self.row_number = row;
            }
            self.cells += 1;
            self.row.push((column, text));
            if self.cells > cells_max {
                return Err((
                    9,
                    format!("the workbook has more than {} cells", self.limits.cells),
                    format!("reading stopped in the sheet `{name}`; remove rows or columns that are not used"),
                ));
            }
        }
        self.end_row()
    }

    /// Writes out the gathered row; the first one is the header and says which columns count.
    fn end_row(&mut self) -> Result<(), Stop> {
        let row = std::mem::take(&mut self.row);
        if row.is_empty() {
            return Ok(());
        }
        if self.sheet.columns.is_empty() {
            self.sheet.columns = row.iter().map(|(column, _)| *column).collect();
        } else if self.sheet.rows.len() > self.limits.rows {
            return Err((
                9,
                format!("`{}` has more than {} rows", self.name, self.limits.rows),
                "a ring is planned by period, not by event: sum the rows up, or split the ring".to_owned(),
            ));
        }
        let number = self.row_number + 1;
        let at = u32::try_from(self.text.len()).expect("ring_bytes keeps offsets below 4 GiB");
        self.sheet.rows.push((at, number));
        let mut cells = row.iter().peekable();
        for i in 0..self.sheet.columns.len() {
            let column = self.sheet.columns[i];
            while let Some((stray, _)) = cells.next_if(|(c, _)| *c < column) {
                self.stray(*stray, number);
            }
            if i > 0 {
                self.text.push(',');
            }
            if let Some((_, text)) = cells.next_if(|(c, _)| *c == column) {
                self.text.push_str(&csv_field(text));
            }
        }
        cells.for_each(|(stray, _)| self.faults.push(stray_fault(*stray, number)));
        if self.sheet.columns.len() == 1 && self.text.len() == at as usize {
            self.text.push_str("\"\"");
        }
        self.text.push('\n');
        if self.text.len() as u64 > self.bytes_max {
            return Err((
                2,
                format!("the texts of the workbook are larger than {}", megabytes(self.limits.ring_bytes)),
                format!("reading stopped in the sheet `{}`; shorten its texts", self.name),
            ));
        }
        Ok(())
    }

    fn stray(&mut self, column: u32, row: u32) {
        if self.faults.len() <= self.limits.faults {
            self.faults.push(stray_fault(column, row));
        }
    }
}

fn stray_fault(column: u32, row: u32) -> (u16, String, &'static str, String) {
    let letters = column_letters(column);
    (
        5,
        format!("a value stands in column {letters}, which the header does not name"),
        "name the column in the header, or clear the cell",
        format!("{letters}{row}"),
    )
}

/// Takes the sheet of settings.
fn take_settings(shown: &str, sheet: (String, Sheet), limits: &Limits, read: &mut RawRead) {
    let (text, sheet) = sheet;
    let mut cells_left = limits.cells;
    take_table(SETTINGS_SHEET, shown, text, Some(sheet), limits, &mut cells_left, read);
    let Some(table) = read.raw.tables.pop() else { return };
    let Some(at) = read.sources.tables.remove(SETTINGS_SHEET) else { return };
    let file = &read.sources.files[at.file];
    let (Some(path_at), Some(value_at)) = (table.column("path"), table.column("value")) else {
        let place = Place::Span { file: file.key.clone(), start: at.header as usize, end: at.header as usize + 1 };
        let fault = Diagnostic::error(
            Code(102),
            "the sheet `ring` lacks the column `path` or `value`",
            "name its columns `path` and `value`",
        );
        return read.unreadable(fault.at(place, "header of the sheet"));
    };
    for (row, start) in table.rows.iter().zip(&at.rows) {
        let mut fields = Vec::new();
        Scanner::new(&file.text, *start as usize, 1).record(&mut fields);
        let (Some(key), Some(value)) = (fields.get(path_at), fields.get(value_at)) else { continue };
        let place = SettingAt { file: at.file, key: key.span.clone(), value: value.span.clone() };
        let path = row[path_at].trim().to_owned();
        let span = |at: &SettingAt| Place::Span { file: file.key.clone(), start: at.key.start, end: at.key.end };
        let good = path
            .split('.')
            .all(|part| !part.is_empty() && !part.contains(['/', '`']) && !part.chars().any(char::is_control));
        if read.raw.settings.len() >= limits.settings {
            let fact = format!("the sheet `ring` has more than {} settings", limits.settings);
            let place = span(&place);
            return read.unreadable(
                Diagnostic::error(Code(9), fact, "remove what is not used").at(place, "the first one too many"),
            );
        }
        if !good {
            let fact = format!("`{path}` is not the path of a setting");
            read.faults.push(
                Diagnostic::error(Code(11), fact, "write names joined by dots, such as `calendar.start`")
                    .at(span(&place), "this path"),
            );
        } else if let Some(first) = read.sources.settings.get(&path) {
            let fact = format!("the setting `{path}` stands twice");
            let fault = Diagnostic::error(Code(107), fact, "keep one of the two rows").at(span(&place), "again here");
            read.faults.push(fault.at(span(first), "first here"));
        } else if let Some(clash) = read.sources.settings.keys().find(|k| nested(k, &path)) {
            let fact = format!("`{path}` and `{clash}` cannot both be settings");
            read.faults.push(
                Diagnostic::error(Code(11), fact, "a name is either a setting or a section")
                    .at(span(&place), "this path"),
            );
        } else {
            read.raw.settings.push(Setting { path: path.clone(), value: row[value_at].clone() });
            read.sources.settings.insert(path, place);
        }
    }
}

/// Whether one path is a section around the other.
fn nested(a: &str, b: &str) -> bool {
    let around = |outer: &str, inner: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'));
    around(a, b) || around(b, a)
}

/// A sheet that is no table: left alone when it is empty or named as notes.
fn check_name(book: &mut Xlsx<Cursor<Vec<u8>>>, shown: &str, name: &str, read: &mut RawRead) {
    if name.to_lowercase().starts_with("notes") {
        return;
    }
    let empty = book
        .worksheet_cells_reader(name)
        .ok()
        .and_then(|mut reader| reader.next_cell().ok())
        .is_some_and(|cell| cell.is_none());
    if empty {
        return;
    }
    let help = match nearest(name, TABLES.iter().map(|t| t.name).chain([SETTINGS_SHEET])) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "rename it to a table of the ring, or let its name start with `notes`".to_owned(),
    };
    let fact = format!("the sheet `{name}` is not a table of the ring");
    read.faults.push(Diagnostic::error(Code(8), fact, help).at(whole(shown), ""));
}
