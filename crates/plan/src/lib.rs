//! Planning: which sites make which item, when, how much and for whom.
//!
//! [`solve()`] writes the ring as an integer program (`docs/model.md`, formula by formula: one file under `constraint` for
//! each rule), has HiGHS solve it, and turns the point into a [`model::results::Programme`] in whole thousandths with the
//! least cost proven. [`evaluate()`] decides everything else once sites and lines are given.
//!
//! Guarantees:
//! 1. The programme meets every rule of `docs/model.md` exactly, in integers; `verify` checks that without this crate.
//! 2. `bound` is a proven least cost of all programmes, up to the solver's tolerance of a millionth.
//! 3. The same problem and options give the same bytes, on any number of threads: HiGHS runs on one thread, with a fixed
//!    seed and limits by counts.
//!
//! Not promised: that smallest lots are placed at least cost (they are placed by a rule and paid for), and that plans of
//! equal cost are told apart by anything but the solver's path.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod build;
mod check;
mod coarse;
mod column;
mod conflict;
mod constraint;
mod data;
mod evaluate;
mod fewest;
mod freeze;
mod greedy;
pub mod hedge;
mod key;
pub mod location;
mod lp;
mod names;
mod near;
mod needs;
mod primal;
mod problem;
mod recourse;
mod relaxed;
pub mod resilience;
mod round;
mod solve;
pub mod stock;
mod why;

#[cfg(test)]
#[path = "../tests/it/menu.rs"]
mod menu;
#[cfg(test)]
mod tests;

pub use evaluate::{evaluate, evaluate_near};
pub use near::Near;
pub use problem::{FirstStage, Options, Outcome, Problem, Stats};
pub use solve::solve;
pub use why::{Difference, LateSum, difference, why};
