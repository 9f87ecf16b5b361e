//! Reads the tables of a workbook cell by cell, in bounded memory.

use super::SETTINGS_SHEET;
use super::guard::inspect;
use super::sheet::{Left, take_sheet};
use crate::csv::Scanner;
use crate::files::read_capped;
use crate::folder::take_table;
use crate::hash::{InputHash, sha256_hex};
use crate::limits::{Limits, megabytes};
use crate::raw_read::RawRead;
use crate::source::{SettingAt, Sheet};
use calamine::{Reader, Xlsx};
use diag::{Code, Diagnostic, Place, nearest};
use model::raw::Setting;
use model::schema::TABLES;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// What to do about a workbook that is out of order.
pub(super) const RESAVE: &str = "open it in a spreadsheet program and save it as `.xlsx` again";

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

/// The workbook as a whole.
pub(super) fn whole(shown: &str) -> Place {
    Place::Span { file: shown.to_owned(), start: 0, end: 0 }
}

fn refused(mut read: RawRead, code: u16, fact: String, help: &str) -> RawRead {
    let shown = read.sources.shown.clone();
    read.unreadable(Diagnostic::error(Code(code), fact, help).at(whole(&shown), ""));
    read
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
