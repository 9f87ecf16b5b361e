//! Decision: where the gates stand, which open question matters most, what each option is worth, what the evidence supports.
//!
//! Nothing here knows how a ring is planned: values come from an [`Evaluate`], which `study` provides. Guarantees:
//!
//! 1. The answer follows from the decision alone, by the rule in [`answer`] (`docs/decide.md`), so that anybody can check it.
//! 2. A question is asked once per cause: assumptions of one group move together.
//! 3. Same values, same decision; order is by effect, then by table order.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod analysis;
pub mod answer;
mod change;
mod evaluate;
mod fit;
mod gates;
mod options;
mod questions;
mod reasons;
mod refusal;
pub mod sensitivity;
mod solve;
#[cfg(test)]
mod tests;
pub mod worth;

pub use analysis::{Futures, Sampling};
pub use change::{Change, End, Question, questions};
pub use evaluate::{Case, Evaluate, Evaluation, Kept, Pilot, Settled};
pub use fit::{FitError, Surface, fit};
pub use gates::gate_states;
pub use options::{Choice, choices, frontier};
pub use solve::{Options, Outcome, Problem, Stats, solve};
