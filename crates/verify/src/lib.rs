//! Recomputes every result from the ring and the rules alone; sees no engine.
//!
//! One constraint is one file, and its documentation is its formula. A result that holds gives no diagnostic. What is
//! recomputed, and how far a number may be off:
//! - pieces: not at all where they are counted in thousandths; two thousandths where a rule takes a share of pieces
//!   (components of a piece, units that return from an exercise);
//! - money: a cent for each cost row, since rows are rounded once; sums of rows not at all;
//! - floats (means, shares, square metres): a billionth of the value;
//! - lists: sorted, without double or empty rows, ids and periods within range. Nothing is assumed of a result.
//!
//! Not re-checked: bounds proven by an exhaustive search ([`not_rechecked`] counts them), heads-and-tails bounds, the
//! bound of a programme (only that it is not above the cost), and that samples of a simulation are the right ones.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod decision;
mod evidence;
mod faults;
mod line;
mod programme;

pub use decision::decision;
pub use evidence::evidence;
pub use line::{line_designs, line_sheet, not_rechecked};
pub use programme::programme;
