//! The ring: items, tasks, parts, sites, lanes, customers, assumptions, checked once; and the plain results
//! that pass between stages.
//!
//! [`RawRing`] is the ring as written; [`Ring::build`] types and checks it; engines take `&Ring` and trust it.
//! A what-if is [`RawRing::with_all`] and a new build.

mod address;
mod assume;
mod checks;
pub mod control;
pub mod ids;
pub mod raw;
mod read;
pub mod results;
mod ring;
pub mod schema;
pub mod settings;
mod structure;
pub mod tables;

pub use address::Address;
pub use checks::alternatives::check_rw0307_alternatives_are_sound;
pub use raw::{RawRing, RawTable, Setting};
pub use read::Choice;
pub use ring::Ring;
