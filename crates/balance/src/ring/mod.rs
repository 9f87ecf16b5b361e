//! Lines of a ring: from its tables to a menu of layouts per item and line type.
//!
//! What the numbers mean stands in `docs/model.md`, section 4; how layouts are found in `docs/balance.md`.

mod copies;
mod equipment;
mod layout;
mod line;
mod menu;
mod polish;
mod proof;
mod reasons;
mod takts;

pub use layout::{Copies, LayoutOptions, layout};
pub use line::{Line, LineRequest};
pub use menu::{MenuOptions, menu, menus};
