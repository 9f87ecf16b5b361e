//! What the reader and the writer promise, one file per promise.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

mod broken;
mod codes;
mod columns;
mod common;
mod formats;
mod hostile;
mod manners;
mod mutate;
mod round_trip;
