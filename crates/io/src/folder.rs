//! Reads a ring folder: `ring.toml` and a CSV file per table.

use crate::csv::read_table;
use crate::files::{Files, plain};
use crate::hash::{InputHash, sha256_hex};
use crate::limits::{Limits, megabytes};
use crate::raw_read::RawRead;
use crate::source::{Sheet, SourceFile, TableAt, join};
use crate::toml::read_settings;
use diag::{Code, Diagnostic, Place, nearest};
use model::schema::TABLES;

/// Endings of files that people save tables and settings in; such a file is a table of the ring or a mistake.
const TABLE_ENDINGS: &[&str] = &["csv", "toml", "tsv", "xlsx", "xls", "xlsm", "ods"];

/// Reads every file of a ring folder.
pub(crate) fn read_folder(folder: &(impl Files + ?Sized), shown: &str, limits: &Limits) -> RawRead {
    let mut read = RawRead::default();
    let Some(names) = names_of(folder, shown, &mut read) else {
        return read;
    };
    let mut bytes_left = limits.ring_bytes;
    if names.iter().any(|n| n == "ring.toml") {
        if let Some(text) = read_text(folder, shown, "ring.toml", limits.settings_bytes, &mut bytes_left, &mut read) {
            take_settings(&join(shown, "ring.toml"), text, limits, &mut read);
        }
    } else {
        let fault = Diagnostic::error(
            Code(10),
            "the folder has no `ring.toml`",
            "a ring folder holds `ring.toml` and CSV tables; `ringworks new --template pilot DIR` writes one",
        );
        read.unreadable(fault.at(Place::Span { file: shown.to_owned(), start: 0, end: 0 }, ""));
    }
    take_tables(folder, shown, &names, limits, &mut bytes_left, &mut read);
    read
}

/// Reads a folder of tables without settings.
pub(crate) fn read_tables(folder: &(impl Files + ?Sized), shown: &str, limits: &Limits) -> RawRead {
    let mut read = RawRead::default();
    let Some(names) = names_of(folder, shown, &mut read) else {
        return read;
    };
    if names.iter().any(|n| n == "ring.toml") {
        let fault = Diagnostic::error(Code(8), "`ring.toml` is not read here", "leave tables of actual figures only");
        let place = Place::Span { file: join(shown, "ring.toml"), start: 0, end: 0 };
        read.faults.push(fault.at(place, ""));
    }
    let mut bytes_left = limits.ring_bytes;
    take_tables(folder, shown, &names, limits, &mut bytes_left, &mut read);
    if read.raw.tables.is_empty() && read.faults.is_empty() {
        let help = "write at least one table of the ring there, such as `opening.csv`";
        let fault = Diagnostic::error(Code(10), "the folder holds no table", help);
        read.unreadable(fault.at(Place::Span { file: shown.to_owned(), start: 0, end: 0 }, ""));
    }
    read
}

fn names_of(folder: &(impl Files + ?Sized), shown: &str, read: &mut RawRead) -> Option<Vec<String>> {
    shown.clone_into(&mut read.sources.shown);
    folder
        .names()
        .map_err(|error| {
            let fault = Diagnostic::error(
                Code(1),
                format!("the folder cannot be listed: {}", plain(&error)),
                "check the path and the permissions",
            );
            read.unreadable(fault.at(Place::Span { file: shown.to_owned(), start: 0, end: 0 }, ""));
        })
        .ok()
}

fn take_tables(
    folder: &(impl Files + ?Sized),
    shown: &str,
    names: &[String],
    limits: &Limits,
    bytes_left: &mut u64,
    read: &mut RawRead,
) {
    let mut cells_left = limits.cells;
    for table in TABLES {
        let name = format!("{}.csv", table.name);
        if !names.contains(&name) {
            continue;
        }
        let Some(text) = read_text(folder, shown, &name, limits.file_bytes, bytes_left, read) else {
            continue;
        };
        take_table(table.name, &join(shown, &name), text, None, limits, &mut cells_left, read);
    }
    for name in names {
        check_name(shown, name, read);
    }
}

/// Adds a table's text to what was read; a `sheet` says the text stands for one.
pub(crate) fn take_table(
    name: &str,
    file: &str,
    text: String,
    sheet: Option<Sheet>,
    limits: &Limits,
    cells_left: &mut usize,
    read: &mut RawRead,
) {
    let key = sheet.as_ref().map_or_else(|| file.to_owned(), |sheet| format!("{file}#{}", sheet.name));
    let mut table = read_table(name, &key, &text, limits, *cells_left);
    *cells_left -= (table.table.rows.len() * table.table.columns.len()).min(*cells_left);
    read.sources.files.push(SourceFile { key, name: file.to_owned(), text, sheet });
    let at = TableAt { file: read.sources.files.len() - 1, header: table.header, rows: table.rows };
    read.sources.tables.insert(name.to_owned(), at);
    read.damaged.extend(table.damaged.iter().map(|row| (name.to_owned(), *row)));
    read.incomplete |= table.cut;
    read.faults.append(&mut table.faults);
    read.raw.tables.push(table.table);
}

/// Adds the settings of `ring.toml` to what was read.
fn take_settings(file: &str, text: String, limits: &Limits, read: &mut RawRead) {
    let number = read.sources.files.len();
    let settings = read_settings(file, number, &text);
    read.sources.files.push(SourceFile { key: file.to_owned(), name: file.to_owned(), text, sheet: None });
    for (setting, at) in settings.settings.iter().zip(settings.places) {
        read.sources.settings.insert(setting.path.clone(), at);
    }
    read.sources.sections.extend(settings.sections);
    read.incomplete |= settings.broken;
    read.faults.extend(settings.faults);
    read.raw.settings = settings.settings;
    if read.raw.settings.len() > limits.settings {
        let at = &read.sources.settings[&read.raw.settings[limits.settings].path];
        let place = Place::Span { file: file.to_owned(), start: at.key.start, end: at.key.end };
        let fact = format!("`ring.toml` has more than {} settings", limits.settings);
        read.unreadable(
            Diagnostic::error(Code(9), fact, "remove what is not used").at(place, "the first one too many"),
        );
    }
}

/// A file of the folder as text; `None` with a fault when it cannot be read, is too large, or is not UTF-8.
fn read_text(
    folder: &(impl Files + ?Sized),
    shown: &str,
    name: &str,
    cap: u64,
    bytes_left: &mut u64,
    read: &mut RawRead,
) -> Option<String> {
    let file = join(shown, name);
    let whole = || Place::Span { file: file.clone(), start: 0, end: 0 };
    let bytes = match folder.bytes(name, cap) {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            let fact = format!("`{name}` is larger than {}", megabytes(cap));
            read.unreadable(Diagnostic::error(Code(2), fact, "sum its rows up, or split the ring").at(whole(), ""));
            return None;
        }
        Err(error) => {
            let fact = format!("`{name}` cannot be read: {}", plain(&error));
            read.unreadable(Diagnostic::error(Code(1), fact, "check the file and its permissions").at(whole(), ""));
            return None;
        }
    };
    if bytes.len() as u64 > *bytes_left {
        let fact = "the files of the ring are too large together".to_owned();
        read.unreadable(
            Diagnostic::error(Code(2), fact, format!("reading stopped at `{name}`; sum rows up, or split the ring"))
                .at(whole(), ""),
        );
        return None;
    }
    *bytes_left -= bytes.len() as u64;
    read.hashes.push(InputHash { file: name.to_owned(), sha256: sha256_hex(&bytes) });
    match crate::text::decode(bytes) {
        Ok(text) => Some(text),
        Err(broken) => {
            let fault = Diagnostic::error(Code(3), broken.fact(name), broken.help());
            let end = broken.at + '\u{FFFD}'.len_utf8();
            let fault = match broken.label() {
                Some(label) => fault.at(Place::Span { file: file.clone(), start: broken.at, end }, label),
                None => fault.at(whole(), ""),
            };
            read.sources.files.push(SourceFile { key: file.clone(), name: file, text: broken.shown, sheet: None });
            read.unreadable(fault);
            None
        }
    }
}

/// A file that looks like a table but is none.
fn check_name(shown: &str, name: &str, read: &mut RawRead) {
    let known = |n: &str| n == "ring.toml" || TABLES.iter().any(|t| n.strip_suffix(".csv") == Some(t.name));
    if known(name) {
        return;
    }
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let names = TABLES.iter().map(|t| t.name).chain(["ring"]);
    let near = nearest(stem, names).filter(|n| *n != "ring" || stem == "ring");
    let looks_like_table = TABLE_ENDINGS.contains(&ending.to_lowercase().as_str());
    let same_stem = near.is_some_and(|n| n.eq_ignore_ascii_case(stem)) && !matches!(ending, "md" | "txt" | "pdf");
    if !looks_like_table && !same_stem {
        return;
    }
    let help = match near {
        Some("ring") => "the settings are read from `ring.toml`: rename the file".to_owned(),
        Some(near) => format!("did you mean `{near}.csv`?"),
        None if ending.starts_with("xls") => {
            "a workbook is read on its own: name it instead of the folder, or move it out of the folder".to_owned()
        }
        None => "rename it to a table of the ring, or move it out of the folder; `docs/formats.md` lists the tables"
            .to_owned(),
    };
    let fact = format!("`{name}` is not a table of the ring");
    let place = Place::Span { file: join(shown, name), start: 0, end: 0 };
    read.faults.push(Diagnostic::error(Code(8), fact, help).at(place, ""));
}
