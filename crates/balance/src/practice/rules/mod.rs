//! What a line may have to keep, a file each; see [`super::Rule`] for what a new one has to answer.

mod apart;
mod at;
mod enough_copies;
mod enough_equipment;
mod enough_heads;
mod mixed;
mod move_limit;
mod overflow;
mod people;
mod stay;
mod together;

pub use apart::Apart;
pub use at::{At, Spot};
pub use enough_copies::EnoughCopies;
pub use enough_equipment::EnoughEquipment;
pub use enough_heads::EnoughHeads;
pub use mixed::Mixed;
pub use move_limit::MoveLimit;
pub use overflow::{Overflow, Spread};
pub use people::{People, slots};
pub use stay::Stay;
pub use together::Together;
