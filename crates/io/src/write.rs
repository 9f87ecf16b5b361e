//! Writes a ring as a folder or a workbook, and turns one into the other.

use crate::atomic::{Existing, NewFolder, write_file};
use crate::csv::csv_table;
use crate::limits::Limits;
use crate::locate::Located;
use crate::read::{Refused, is_workbook, read_written};
use crate::toml::settings_toml;
use crate::workbook::write_workbook;
use diag::Diagnostic;
use model::raw::RawRing;
use std::path::Path;

/// The file by which a ring folder is known.
const MARK: &str = "ring.toml";

/// The files of a ring folder, `ring.toml` first.
#[must_use]
pub fn folder_files(raw: &RawRing) -> Vec<(String, String)> {
    let mut files = vec![(MARK.to_owned(), settings_toml(&raw.settings))];
    files.extend(raw.tables.iter().map(|table| (format!("{}.csv", table.name), csv_table(table))));
    files
}

/// Writes a ring to a path that ends in `.xlsx` as a workbook, to any other as a folder; whole or not at all.
///
/// # Errors
/// RW0501 when it cannot be written, RW0502 when something stands there that must not be replaced.
pub fn write_ring(raw: &RawRing, target: &Path, existing: Existing) -> Result<(), Box<Diagnostic>> {
    if is_workbook(target) {
        return write_file(target, &write_workbook(raw)?, existing);
    }
    let mark = (existing == Existing::Replace).then_some(MARK);
    let folder = NewFolder::begin(target, mark)?;
    for (name, text) in folder_files(raw) {
        folder.write(&name, text.as_bytes())?;
    }
    folder.finish()
}

/// Reads a ring from one form and writes it in the other.
///
/// # Errors
/// Every fault of reading; or the one of writing. On failure nothing is written.
pub fn convert(from: &Path, to: &Path, limits: &Limits, existing: Existing) -> Result<(), Refused> {
    let written = read_written(from, limits)?;
    write_ring(&written.raw, to, existing).map_err(|fault| {
        let located: Located = written.sources.locate_all(*fault);
        Refused { faults: vec![located], more: 0, unchecked: true }
    })
}
