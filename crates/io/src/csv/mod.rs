//! Comma-separated tables: the scanner, the reader with positions, the writer.

mod read;
mod scan;
mod write;

pub(crate) use read::read_table;
pub(crate) use scan::{Field, Scanner};
pub(crate) use write::push_record;
pub use write::{csv_field, csv_table};
