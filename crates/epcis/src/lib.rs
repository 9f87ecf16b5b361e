//! EPCIS 2.0 documents in JSON: read with the rules that the bare schema misses, hashed as CBV 2.0 says, written.
//!
//! Pure: texts in, values out. Documents keep every byte; what is made of them is beside them.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod context;
pub mod hash;
pub mod identifier;
pub mod json;
mod read;
mod rules;
pub mod vocabulary;
mod write;

pub use read::{Document, read};
pub use write::write;
