//! From a path to a checked ring, or to every fault at once.

use crate::folder::{self, read_folder};
use crate::hash::InputHash;
use crate::limits::Limits;
use crate::locate::{Located, Location};
use crate::raw_read::RawRead;
use crate::source::Sources;
use crate::workbook::{read_workbook, read_workbook_bytes};
use diag::{Code, Diagnostic, Label, Place, Severity};
use model::Ring;
use model::ids::AssumptionId;
use model::raw::{RawRing, RawTable};
use std::collections::BTreeMap;
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

impl Loaded {
    /// Assumptions that stand in for a number nobody wrote: the questions that are open.
    pub fn open_questions(&self) -> impl Iterator<Item = AssumptionId> + '_ {
        self.ring.assumptions.enumerate().filter(|(_, assumption)| assumption.is_missing).map(|(id, _)| id)
    }
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

/// The model's word that it found more faults than it keeps.
const MORE_FAULTS: Code = Code(112);

/// Reads a ring folder or a workbook and checks it.
///
/// # Errors
/// Every fault of reading (RW00xx) and, where all files could be read, of the ring (RW01xx, RW02xx) and its options (RW0307).
pub fn read_ring(path: &Path, limits: &Limits) -> Result<Loaded, Refused> {
    read_ring_as(path, &path.display().to_string(), limits)
}

/// [`read_ring`] with the name that faults call the ring by.
///
/// # Errors
/// As [`read_ring`].
pub fn read_ring_as(path: &Path, shown: &str, limits: &Limits) -> Result<Loaded, Refused> {
    judge(read_any(path, shown, limits), limits)
}

/// Reads a ring folder that is held in memory, file by file.
///
/// # Errors
/// As [`read_ring`].
pub fn read_ring_in_memory(files: &BTreeMap<String, Vec<u8>>, shown: &str, limits: &Limits) -> Result<Loaded, Refused> {
    judge(read_folder(files, shown, limits), limits)
}

/// Reads a workbook that is held in memory.
///
/// # Errors
/// As [`read_ring`].
pub fn read_workbook_in_memory(bytes: Vec<u8>, shown: &str, limits: &Limits) -> Result<Loaded, Refused> {
    judge(read_workbook_bytes(bytes, shown, shown, limits), limits)
}

/// Checks what was read.
fn judge(read: RawRead, limits: &Limits) -> Result<Loaded, Refused> {
    if read.incomplete {
        return Err(refuse(read.faults, &read.sources, limits, true));
    }
    match Ring::build(&read.raw) {
        Ok(ring) if read.faults.is_empty() => {
            let faults = model::check_rw0307_alternatives_are_sound(&read.raw, &ring);
            if !faults.is_empty() {
                return Err(refuse(faults, &read.sources, limits, false));
            }
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
    let read = read_any(path, &path.display().to_string(), limits);
    if read.faults.is_empty() {
        Ok(Written { raw: read.raw, sources: read.sources, hashes: read.hashes })
    } else {
        Err(refuse(read.faults, &read.sources, limits, read.incomplete))
    }
}

/// Reads a folder of tables without settings, as they are written.
///
/// # Errors
/// Every fault of reading (RW00xx).
pub fn read_tables(path: &Path, limits: &Limits) -> Result<Vec<RawTable>, Refused> {
    let read = folder::read_tables(path, &path.display().to_string(), limits);
    if read.faults.is_empty() {
        Ok(read.raw.tables)
    } else {
        Err(refuse(read.faults, &read.sources, limits, read.incomplete))
    }
}

fn read_any(path: &Path, shown: &str, limits: &Limits) -> RawRead {
    match std::fs::metadata(path) {
        Ok(there) if there.is_dir() => read_folder(path, shown, limits),
        Ok(_) if is_workbook(path) => read_workbook(path, shown, limits),
        Ok(_) => nothing(shown, "is neither a ring folder nor a workbook".to_owned()),
        Err(error) => nothing(shown, format!("cannot be read: {}", crate::files::plain(&error))),
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
    // The model's word on faults it did not keep stands last.
    let uncounted = faults.pop_if(|fault| fault.code == MORE_FAULTS);
    let more = faults.len().saturating_sub(limits.faults);
    faults.truncate(limits.faults);
    let mut faults: Vec<Located> = faults.into_iter().map(|fault| sources.locate_all(fault)).collect();
    faults.sort_by_key(|located| {
        let warning = located.diagnostic.severity == Severity::Warning;
        (warning, located.locations.first().map(|at| rank(sources, at)), located.diagnostic.code)
    });
    faults.extend(uncounted.map(|fault| sources.locate_all(fault)));
    Refused { faults, more, unchecked }
}

/// Files that were not read come first, for much else may follow from them; then the others in the order they were
/// read, by line and column.
fn rank(sources: &Sources, at: &Location) -> (Option<usize>, usize, usize) {
    let sheet = at.cell.as_ref().and_then(|cell| cell.split('!').next());
    let file =
        sources.files.iter().position(|f| f.name == at.file && f.sheet.as_ref().map(|s| s.name.as_str()) == sheet);
    (file, at.line, at.column)
}
