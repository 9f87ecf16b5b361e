//! Tests across engines: sample rings and generated rings through the whole study.
#![allow(clippy::unwrap_used, reason = "tests")]

mod common;
mod examples;
mod generated;
mod inputs;
mod late_pieces;
mod loud;
mod pilot;
mod replan;
mod single_line;
