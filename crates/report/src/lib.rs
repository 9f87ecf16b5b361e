//! The dossier's page: summary, map, charts and tables in one file.
//!
//! Everything here is a function of data: no clock, no files, no network. The page carries its style sheet and drawings inside itself,
//! works without a script and prints. Every chart has a table twin, every number leads to the register of inputs or to how it was worked out.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests may stop at the first surprise"))]

pub mod chart;
pub mod compare;
mod context;
mod coverage;
mod dossier;
mod facts;
pub mod fmt;
pub mod frame;
pub mod html;
mod months;
mod page;
pub mod part;
pub mod replay;
mod section;
pub mod svg;
mod tables;
pub mod when;

pub use dossier::Dossier;
pub use page::page;
pub use tables::{cause, tables, unused, visits, why_moved};
