//! Reads and writes rings: folders of TOML and CSV, workbooks, result tables.
//!
//! [`read_ring`] takes a ring folder or a workbook and gives a checked [`model::Ring`] or every fault at once, each
//! with file, line, column and the line itself. What is read is bounded by [`Limits`]; writes are whole or absent.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod atomic;
mod csv;
mod files;
mod folder;
mod hash;
mod leftover;
mod limits;
mod locate;
mod raw_read;
mod read;
pub mod render;
mod results;
mod shelf;
mod source;
mod text;
mod toml;
mod workbook;
mod write;

pub use atomic::{Existing, NewFolder, write_file};
pub use csv::{csv_field, csv_table};
pub use hash::{InputHash, sha256, sha256_hex};
pub use limits::Limits;
pub use locate::{Located, Location};
pub use read::{
    Loaded, Refused, Written, read_ring, read_ring_as, read_ring_in_memory, read_tables, read_workbook_in_memory,
    read_written,
};
pub use results::{results_csv, results_json, results_workbook};
pub use shelf::Shelf;
pub use source::Sources;
pub use toml::settings_toml;
pub use workbook::write_workbook;
pub use write::{convert, folder_files, write_ring};
