//! What a line may be asked to keep small, a file each.

mod copies;
mod equipment;
mod evenness;
mod heads;
mod moves;

pub use copies::Copies;
pub(crate) use equipment::pieces;
pub use equipment::{Equipment, Use};
pub use evenness::Evenness;
pub use heads::Heads;
pub use moves::Moves;
