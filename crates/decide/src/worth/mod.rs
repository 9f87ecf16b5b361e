//! What acting and knowing are worth: alternatives against futures.
//!
//! Costs throughout: smaller is better. The words are those of decision analysis: the *expected value of perfect
//! information* (EVPI), of *partial perfect information* on some inputs (EVPPI), of *sample information* (EVSI).

mod matrix;
mod partial;
mod perfect;
mod regret;
mod sample;
#[cfg(test)]
mod tests;

pub use matrix::{CostMatrix, MatrixError};
pub(crate) use matrix::{least, means};
pub use partial::partial;
pub use perfect::perfect;
pub use regret::{Regret, regrets};
pub use sample::{Noisy, sample};

/// A value of information with its standard error, in the unit of the costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// What it saves on average; never negative.
    pub value: f64,
    /// Standard error: of the futures drawn and, where a function was fitted, of the fit.
    pub error: f64,
}
