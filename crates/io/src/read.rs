//! From a path to a checked ring, or to every fault at once.

use crate::folder::read_folder;
use crate::hash::InputHash;
use crate::limits::Limits;
use crate::locate::{Located, Location};
use crate::raw_read::RawRead;
use crate::source::Sources;
use crate::workbook::read_workbook;
use diag::{Code, Diagnostic, Label, Place, Severity};
use model::Ring;
use model::raw::RawRing;
use std::path::Path;

/// A ring as written that could be read without fault; what it says is not yet checked.
#[derive(Debug)]
pub struct Written {
    /// The ring as written.
    pub raw: RawRing,
    /// Where everything stands.
    pub sources: Sources,
    /// The files it was read from.
    pub hashes: Vec<InputHash>,
}

/// A ring that was read and checked.
#[derive(Debug)]
pub struct Loaded {
    /// The ring as written, for what-ifs.
    pub raw: RawRing,
    /// The ring.
    pub ring: Ring,
    /// Where everything stands, for diagnostics of later stages.
    pub sources: Sources,
    /// The files it was read from.
    pub hashes: Vec<InputHash>,
}

/// Why a ring was refused: every fault found, in the order of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The faults, with their places.
    pub faults: Vec<Located>,
    /// Faults that were found but not kept.
    pub more: usize,
    /// True when a file could not be read, so that the ring as a whole was not checked.
    pub unchecked: bool,
}

/// Reads a ring folder or a workbook and checks it.
///
/// # Errors
/// Every fault of reading (RW00xx) and, where all files could be read, of the ring (RW01xx, RW02xx).
pub fn read_ring(path: &Path, limits: &Limits) -> Result<Loaded, Refused> {
    let read = read_any(path, limits);
    if read.incomplete {
        return Err(refuse(read.faults, &read.sources, limits, true));
    }
    match Ring::build(&read.raw) {
        Ok(ring) if read.faults.is_empty() => {
            Ok(Loaded { raw: read.raw, ring, sources: read.sources, hashes: read.hashes })
        }
        built => {
            let mut faults = read.faults;
            let judged = built.err().into_iter().flatten();
            faults.extend(judged.filter(|fault| !fault.labels.iter().any(|label| is_damaged(&read.damaged, label))));
            Err(refuse(faults, &read.sources, limits, false))
        }
    }
}

/// Reads a ring folder or a workbook as it is written.
///
/// # Errors
/// Every fault of reading (RW00xx).
pub fn read_written(path: &Path, limits: &Limits) -> Result<Written, Refused> {
    let read = read_any(path, limits);
    if read.faults.is_empty() {
        Ok(Written { raw: read.raw, sources: read.sources, hashes: read.hashes })
    } else {
        Err(refuse(read.faults, &read.sources, limits, read.incomplete))
    }
}

fn read_any(path: &Path, limits: &Limits) -> RawRead {
    let shown = path.display().to_string();
    match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => read_folder(path, &shown, limits),
        Ok(_) if is_workbook(path) => read_workbook(path, &shown, limits),
        Ok(_) => nothing(&shown, "is neither a ring folder nor a workbook".to_owned()),
        Err(error) => nothing(&shown, format!("cannot be read: {}", crate::folder::plain(&error))),
    }
}

/// Whether a path is named as a workbook.
pub(crate) fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

fn nothing(shown: &str, why: String) -> RawRead {
    let mut read = RawRead::default();
    read.sources.shown = shown.to_owned();
    let help = "name a folder that holds `ring.toml`, or an `.xlsx` workbook; `ringworks new --template pilot DIR` writes a ring";
    let fault = Diagnostic::error(Code(1), format!("`{shown}` {why}"), help);
    read.unreadable(fault.at(Place::Span { file: shown.to_owned(), start: 0, end: 0 }, ""));
    read
}

/// Whether a label stands in a row whose cells may have slipped into other columns.
fn is_damaged(damaged: &[(String, usize)], label: &Label) -> bool {
    match &label.place {
        Place::Cell { table, row, .. } => damaged.iter().any(|(t, r)| t == table && r == row),
        _ => false,
    }
}

/// Finds the places of all faults and puts them in the order of the files.
fn refuse(mut faults: Vec<Diagnostic>, sources: &Sources, limits: &Limits, unchecked: bool) -> Refused {
    let more = faults.len().saturating_sub(limits.faults);
    faults.truncate(limits.faults);
    let mut faults: Vec<Located> = faults.into_iter().map(|fault| sources.locate_all(fault)).collect();
    faults.sort_by_key(|located| {
        let warning = located.diagnostic.severity == Severity::Warning;
        (warning, located.locations.first().map(|at| rank(sources, at)), located.diagnostic.code)
    });
    Refused { faults, more, unchecked }
}

/// Files in the order they were read, absent ones last; then line and column.
fn rank(sources: &Sources, at: &Location) -> (usize, usize, usize) {
    let sheet = at.cell.as_ref().and_then(|cell| cell.split('!').next());
    let file = sources.files.iter().position(|f| f.name == at.file && f.sheet.as_ref().map(|s| s.name.as_str()) == sheet);
    (file.unwrap_or(usize::MAX), at.line, at.column)
}
