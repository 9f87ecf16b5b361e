//! The value of knowing some inputs.

use super::Worth;
use super::matrix::{CostMatrix, means, saving};
use crate::fit::{FitError, fit};
use chance::Source;
use chance::special::normal_quantile;
use chance::stats::Welford;

/// Redraws of the fitted functions for bias and error.
const REDRAWS: u32 = 200;
/// Names the stream of these redraws.
const PURPOSE: u16 = 0x4556;

/// The expected value of partial perfect information on some inputs (inputs x futures).
///
/// The mean cost of each alternative as a function of these inputs is fitted over the futures; the value is what choosing by
/// these functions saves against the one best alternative. Noise in the fit makes that too large: functions redrawn within
/// their uncertainty show by how much, and that is taken off. The error joins the spread of the redraws and of the futures.
///
/// # Source
/// M. Strong, J. E. Oakley, A. Brennan (2014), Estimating multiparameter partial expected value of perfect information from
/// a probabilistic sensitivity analysis sample, Medical Decision Making 34(3): regression (eq. 5), bias and error (appendix).
///
/// # Differs from the source
/// Polynomials orthonormal under the sample instead of splines or Gaussian processes; differences to the best
/// alternative are fitted, not costs, so that what all share adds no noise.
///
/// # Errors
/// [`FitError`] when there are too few futures.
pub fn partial(costs: &CostMatrix, inputs: &[Vec<f64>], seed: u64) -> Result<Worth, FitError> {
    if costs.n_alternatives() == 1 {
        return Ok(Worth { value: 0.0, error: 0.0 });
    }
    let best = costs.best();
    let differences: Vec<Vec<f64>> = costs
        .rows()
        .iter()
        .map(|row| row.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, cost)| cost - row[best]).collect())
        .collect();
    let surface = fit(inputs, &differences)?;
    let (plain, of_futures) = saving(&with_zero(&surface.fitted));
    let source = Source::new(seed, 0);
    let mut redrawn = Welford::new();
    for run in 0..REDRAWS {
        let mut stream = source.stream(run, 0, PURPOSE);
        let rows = surface.redrawn(&mut || normal_quantile(stream.uniform()));
        redrawn.add(saving(&with_zero(&rows)).0);
    }
    let bias = (redrawn.mean() - plain).max(0.0);
    let error = (of_futures * of_futures + redrawn.variance()).sqrt();
    debug_assert!(means(&surface.fitted).iter().all(|m| m.is_finite()), "a fit of finite numbers is finite");
    Ok(Worth { value: (plain - bias).max(0.0), error })
}

/// The best alternative's own difference stands first: zero.
fn with_zero(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    rows.iter().map(|row| std::iter::once(0.0).chain(row.iter().copied()).collect()).collect()
}
