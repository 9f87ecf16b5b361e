//! Recomputes every result from the ring and the rules alone; sees no engine.
//!
//! One constraint is one file, and its documentation is its formula. A result that holds gives no diagnostic. What is
//! recomputed, and how far a number may be off:
//! - pieces: not at all where they are counted in thousandths; two thousandths where a rule takes a share of pieces
//!   (components of a piece, units that return from an exercise);
//! - money: a cent for each cost row, since rows are rounded once; sums of rows not at all;
//! - floats: a billionth of the value (swings of shares, square metres), a ten-millionth for means, intervals and shares of
//!   replications, which engines add up as they go; of values below one, of one;
//! - lists: sorted, without double or empty rows, ids and periods within range. Nothing is assumed of a result.
//!
//! Not re-checked: bounds proven by an exhaustive search ([`not_rechecked`] counts them), heads-and-tails bounds, the
//! bound of a programme (only that cost, bound and status fit together), that samples of a simulation are the right ones,
//! and the values of versions of the ring in a decision (only what follows from them).

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod decision;
mod evidence;
mod faults;
mod hedge;
mod line;
pub mod plain;
mod programme;
mod resilience;
mod why;

pub use decision::decision;
pub use evidence::evidence;
pub use hedge::hedge;
pub use line::{line_designs, line_sheet, not_rechecked};
pub use programme::programme;
pub use resilience::resilience;
pub use why::why;
