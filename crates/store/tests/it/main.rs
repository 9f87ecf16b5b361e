//! The ledger on disk as its users meet it: written, read, exchanged, broken, verified.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod changes;
mod common;
mod exchange;
mod files;
mod hostile;
mod kill;
mod pages;
mod path;
mod postgres;
mod power;
mod taken;
mod tamper;
mod tamper_memory;
mod vfs;
