//! The balancer on rings: the sample, and small rings written here.
#![allow(clippy::unwrap_used, reason = "tests")]

mod generated;
mod plain;
mod sample;
mod sheet;
mod small;
