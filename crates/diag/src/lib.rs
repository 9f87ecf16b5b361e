//! Diagnostics: what is wrong, where, and what to do about it.
//!
//! A [`Diagnostic`] names a fact, points at places and always says what to do. Layers above the model
//! know places as cells and settings; the reader maps those to spans of files before they are shown.

mod code;
mod diagnostic;
mod suggest;

pub use code::{CODES, Code, CodeEntry};
pub use diagnostic::{Diagnostic, Label, Place, Severity};
pub use suggest::{distance, nearest};
