//! Simulation: every unit at every station, with replications and intervals.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod experiment;
pub mod kernel;
pub mod line;
pub mod recursion;
pub mod ring;
