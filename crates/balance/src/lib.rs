//! Line balancing: from tasks to stations, with bounds and proofs.
//!
//! [`Instance`] holds the tasks of one line, [`Problem`] a question about it, [`solve()`] the answer with
//! its [`certificate::Certificate`]. Guarantees:
//!
//! 1. Same question, options and work limit: same answer, on any machine.
//! 2. An answer marked [`Status::Optimal`] carries a proof; which kind, the certificate says.
//! 3. An assignment that is returned has been checked against precedence and cycle time.
//!
//! Not promised: the best answer within a given wall time.
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

pub mod bits;
pub mod bounds;
pub mod budget;
pub mod certificate;
pub mod exact;
mod instance;
pub mod literature;
pub mod practice;
pub mod priority;
mod problem;
mod random;
pub mod ring;
mod solve;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod workers;

pub use instance::{Arcs, Instance, InstanceFault, TASKS_MAX, TIME_MAX};
pub use problem::{Assignment, Effort, Goal, Options, Outcome, Problem, Stats, Status};
pub use solve::solve;
