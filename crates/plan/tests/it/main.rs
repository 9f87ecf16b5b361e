//! Tests of the planner, one file a behaviour.
#![allow(clippy::unwrap_used, reason = "tests")]

mod generated;
mod menu;
