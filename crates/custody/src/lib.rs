//! Who holds what: events that parties who do not trust each other can all believe.
//!
//! [`Event`](event::Event)s are written by nodes as [`Record`](record::Record)s, chained and put into a Merkle tree
//! ([`tree`]) whose root the node signs ([`checkpoint`]) and partners keep. All records of all nodes have one common
//! order; what follows from them in that order is the [`World`](world::World). [`audit`] says whether a log is what it
//! was. Nothing here reads a file or a clock: `store` does. The trust model stands in `docs/ledger.md`.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod audit;
pub mod bundle;
pub mod checkpoint;
pub mod encode;
pub mod event;
pub mod hash;
pub mod line;
pub mod name;
pub mod pack;
pub mod private;
pub mod record;
pub mod sound;
pub mod table;
pub mod time;
pub mod tree;
pub mod world;
