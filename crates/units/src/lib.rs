//! Quantities, dates and typed ids: the words every other crate counts in.
//!
//! Amounts that add up are integers in a fixed small unit, so that sums are exact and the same on
//! every machine: [`Minutes`] in thousandths of a minute, [`Money`] in cents, [`Quantity`] in
//! thousandths of a piece. Ratios ([`Share`]) are floats in `0..=1`.

mod date;
mod id;
mod money;
mod number;
mod quantity;
mod share;
mod time;

pub use date::{Date, Weekdays};
pub use id::{Id, IdVec};
pub use money::Money;
pub use number::{ParseNumberError, parse_scaled, show_scaled};
pub use quantity::Quantity;
pub use share::Share;
pub use time::Minutes;
