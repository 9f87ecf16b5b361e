//! Documents in and out.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod hostile;
mod official;
mod ours;
mod pages;
mod rules;
