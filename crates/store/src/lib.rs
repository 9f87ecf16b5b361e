//! The ledger on disk: one writer, durable before acknowledged, projections that follow from the log.
//!
//! SQLite in write-ahead mode with `synchronous=FULL` holds the log and what is derived from it. What the records mean is
//! `custody`'s to say; here they are kept, read, exchanged and verified.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod append;
mod error;
mod files;
mod goods;
mod key_file;
mod ledger;
mod load;
mod postgres;
mod project;
mod pull;
mod read;
mod schema;
mod tiles;
mod verify;
mod view;
mod writer;

pub use append::{AHEAD_MAX_MS, Receipt, Request};
pub use error::{Refused, Result};
pub use key_file::salt;
pub use ledger::{Identity, Ledger, now_ms};
pub use postgres::{Exported, derived, export_pg};
pub use pull::{Pulled, pack};
pub use read::{Reader, Use};
pub use verify::{Verified, kept_checkpoint, leaves, own_checkpoint, verify};
pub use writer::{Client, Writer};
