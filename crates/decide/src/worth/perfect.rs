//! The value of knowing everything.

use super::Worth;
use super::matrix::{CostMatrix, saving};

/// The expected value of perfect information: choosing in each future what costs least there, against the one alternative of
/// least mean cost.
///
/// # Source
/// H. Raiffa, R. Schlaifer (1961), Applied Statistical Decision Theory, section 4.5. The standard error is that of the mean over
/// futures; the best alternative counts as known.
#[must_use]
pub fn perfect(costs: &CostMatrix) -> Worth {
    let (value, error) = saving(costs.rows());
    Worth { value, error }
}
