//! Business rules, one implementation each: pure functions of the ring, one rule per file.
//!
//! `docs/model.md` states every rule in words and formulas; engines, verifier and report call the same functions.
//! Periods are `0..T-1` here; a period past the horizon is a number of at least `T`.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod allocation;
pub mod band;
pub mod calendar;
pub mod capacity;
pub mod components;
pub mod cost;
pub mod effectivity;
pub mod exercise;
pub mod exposure;
pub mod first_article;
pub mod held;
pub mod labour;
pub mod lag;
pub mod learning;
pub mod licence;
pub mod line;
pub mod moves;
pub mod on_stop;
pub mod ordering;
pub mod outage;
pub mod people;
pub mod rate;
pub mod readiness;
pub mod recovery;
pub mod safety;
pub mod single_source;
pub mod standing;
pub mod support;
pub mod time_to_recover;
pub mod training;
pub mod value;

#[cfg(test)]
mod tests;
