//! Random streams, distributions and statistics, the same to the last bit on every machine.
//!
//! Guarantees:
//! 1. A random number is a pure function of (experiment, scenario, replication, entity, purpose, index).
//! 2. Draws use integers and `libm` only; a stored fingerprint guards the first draws of each distribution.
//! 3. A draw rises with its random number, so common random numbers stay in step.
//!
//! Not promised: cryptographic strength.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "tests"))]

mod distribution;
pub mod fit;
mod hash;
mod keyed;
mod lookup;
mod philox;
mod quantile;
mod sobol;
pub mod special;
pub mod stats;
mod stream;
mod table;

pub use distribution::{Distribution, DistributionError};
pub use hash::Fnv;
pub use keyed::Keyed;
pub use lookup::{Cells, Lookup};
pub use philox::philox4x32;
pub use sobol::Sobol;
pub use stream::{Source, Stream, open_unit};
pub use table::Sampler;
