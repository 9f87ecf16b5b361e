//! Lines of named workers (ALWABP-2): each station has one worker, each worker has times of their own or cannot do
//! a task at all; sought is the shortest cycle time.
//!
//! # Source
//! Miralles, Garcia-Sabater, Andres and Cardos (2007), International Journal of Production Economics 105: the
//! problem; Borba and Ritt (2014), Computers & Operations Research 45, and Vila and Pereira (2014), Computers &
//! Operations Research 44: beam search, relaxations and branch and bound for it.

mod beam;
mod expand;
mod knapsack;
mod line;
mod multipliers;
mod remember;
mod reprice;
mod solve;
mod window;

#[cfg(test)]
mod tests;

pub use line::{NEVER, WORKERS_MAX, WorkerAssignment, WorkerFault, WorkerLine};
pub use solve::{WorkerBound, WorkerOutcome, WorkerProof, solve};
