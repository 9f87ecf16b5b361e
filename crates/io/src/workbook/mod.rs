//! The ring as one workbook: a sheet `ring` of settings and a sheet per table.

mod cells;
mod guard;
mod read;
mod sheet;
mod write;

pub(crate) use read::{read_workbook, read_workbook_bytes};
pub use write::write_workbook;

/// The sheet that holds the settings, in columns `path` and `value`.
pub(crate) const SETTINGS_SHEET: &str = "ring";
