//! Tests of the planner, one file a behaviour.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
mod determinism;
mod evaluate;
mod exhaustive;
mod generated;
mod infeasible;
mod menu;
mod properties;
mod safety;
mod stops;
mod tiny;
