//! The study: runs the engines in order and has each result confirmed by `verify`.
//!
//! balance lays out menus of lines, plan chooses from them, the chosen layouts are balanced harder and the plan repeated
//! until nothing changes, simulate runs the programme, decide asks what would change the answer. Guarantees:
//!
//! 1. Same ring, options and seed: same results, byte for byte, on any number of threads.
//! 2. Every result is checked by `verify` before it is handed out; what it finds stands beside the result.
//! 3. A stage that cannot give a result says why; the stages before it keep theirs.
//! 4. Asked to stop, it returns what it has.
//! 5. A cache changes the time it takes and nothing else: what `verify` does not believe of it is worked out again.
//!
//! Not promised: an end within a given time. Limits are counts of work ([`Limits`]).
#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod cache;
mod causes;
mod confirm;
mod evaluate;
mod fill;
mod inputs;
mod limits;
mod memory;
mod outcome;
mod rebalance;
mod retime;
pub mod roll;
mod simulated;
mod solve;
mod stage;
mod value;

pub use cache::{Cache, Digest, Entry, Known, Planned};
pub use causes::{Cause, NoCauses, Step, causes};
pub use confirm::confirm;
pub use evaluate::Evaluator;
pub use fill::fill_rate;
pub use limits::Limits;
pub use memory::Memory;
pub use outcome::{Options, Outcome, Problem, Reused, StageWork, Stats, Study};
pub use rebalance::{Place, Rebalanced, rebalance};
pub use retime::retime;
pub use simulated::simulated;
pub use solve::solve;
pub use stage::{Hands, Stage};
pub use value::value_of;
