//! Lines of a ring: from its tables to a menu of layouts per item and line type.
//!
//! What the numbers mean stands in `docs/model.md`, section 4; how layouts are found in `docs/balance.md`.

mod copies;
mod equipment;
mod layout;
mod line;
mod menu;
mod phases;
mod polish;
mod proof;
mod reasons;
mod sheet;
mod shifts;
mod spread;
mod takts;
mod why;
mod wishes;

pub use layout::{Copies, LayoutOptions, layout};
pub use line::{Line, LineRequest};
pub use menu::{MenuOptions, menu, menus};
pub use phases::{Phase, phases};
pub use sheet::{Frontier, SheetOptions, ThenAim, frontier, sheet};
pub use shifts::{ShiftUse, shifts};
pub use why::{Elsewhere, why};
