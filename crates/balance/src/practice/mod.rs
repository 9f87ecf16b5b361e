//! The practice layer: one line with the rules of a real shop, exact with proof where it ends, anytime before.
//!
//! [`Job`] is the question: tasks, takt, [`Rule`]s to keep and [`Aim`]s to make small in their order. [`solve()`] answers it,
//! [`conflict()`] names the rules that cannot be kept together. What a rule says stands in its file under `rules/`, what an aim
//! counts under `aims/`; neither is known to the search but through its trait.

mod aim;
pub mod aims;
mod anchor;
mod bound;
mod conflict;
mod explain;
mod improve;
mod job;
mod loads;
mod memory;
mod pairs;
mod repair;
mod rule;
pub mod rules;
mod search;
mod solve;
#[cfg(test)]
mod tests;

pub use aim::{Aim, Floor, Term};
pub use conflict::{Conflict, conflict};
pub use explain::{Obstacle, obstacles};
pub use job::{AIMS_MAX, Job, Line, Load, Place, Side, place};
pub use pairs::Pairs;
pub use rule::{Rule, Sight};
pub use solve::{Answer, Limits, solve};
