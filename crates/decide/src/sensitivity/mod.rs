//! Which inputs move a result: variance shares, screening, and values at which the choice changes.

mod break_even;
mod elementary;
mod indices;
#[cfg(test)]
mod tests;

pub use break_even::{Flip, flips_of};
pub use elementary::{Effect, Trajectories};
pub use indices::{Indices, PickFreeze, Share};

/// Why numbers cannot be analysed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SensitivityError {
    /// There are more inputs than the sequence of points has coordinates for, or none.
    #[error("between 1 and 80 inputs can be analysed together")]
    Inputs,
    /// There is not one result per point.
    #[error("one finite result per point is needed")]
    Results,
    /// All results are alike, so that no input has a share.
    #[error("the results do not vary")]
    Constant,
}
