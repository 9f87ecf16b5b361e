//! The study: runs the engines in order and has each result confirmed by `verify`.
//!
//! balance lays out menus of lines, plan chooses from them, the chosen layouts are balanced harder and the plan repeated
//! until nothing changes, simulate runs the programme, decide asks what would change the answer. Guarantees:
//!
//! 1. Same ring, options and seed: same results, byte for byte, on any number of threads.
//! 2. Every result is checked by `verify` before it is handed out; what it finds stands beside the result.
//! 3. A stage that cannot give a result says why; the stages before it keep theirs.
//! 4. Asked to stop, it returns what it has.
//!
//! Not promised: an end within a given time. Limits are counts of work ([`Limits`]).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod confirm;
mod evaluate;
mod limits;
mod outcome;
mod rebalance;
mod retime;
mod solve;
mod stage;
mod value;

pub use confirm::confirm;
pub use evaluate::Evaluator;
pub use limits::Limits;
pub use outcome::{Options, Outcome, Problem, StageWork, Stats, Study};
pub use rebalance::{Place, Rebalanced, rebalance};
pub use retime::retime;
pub use solve::solve;
pub use stage::{Hands, Stage};
pub use value::value_of;
