//! Small rings for tests: [`tiny()`] made by hand with its line designs and a programme, and [`generate()`] for any number of valid ones from seeds.
//!
//! Tests of engines and of the verifier share them, so that a fault found in one is looked for in the others.
//!
//! ```
//! let ring = model::Ring::build(&testring::tiny()).expect("the tiny ring is valid");
//! assert_eq!(ring.settings.n_periods, 6);
//! ```

mod builder;
mod generate;
mod lines;
mod random;
mod tiny;
mod tiny_plan;

pub use builder::Builder;
pub use generate::{Shape, generate};
pub use lines::{empty_programme, settings, table};
pub use random::Random;
pub use tiny::tiny;
pub use tiny_plan::{tiny_designs, tiny_programme};
