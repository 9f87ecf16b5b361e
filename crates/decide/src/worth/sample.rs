//! The value of measuring some inputs a number of times, as a pilot does.

use super::Worth;
use super::matrix::CostMatrix;
use super::partial::partial;
use crate::fit::FitError;
use chance::Source;
use chance::special::normal_quantile;

/// Names the stream of what is measured.
const PURPOSE: u16 = 0x4e4f;

/// An input that can be measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Noisy {
    /// Its true value in each future.
    pub values: Vec<f64>,
    /// Standard deviation of one measurement around the true value, in the same unit, `>= 0`.
    pub spread: f64,
}

/// The expected value of sample information: of the means of `n` measurements of each input.
///
/// In each future the mean of the measurements is drawn around the true value, and the value of knowing that mean is found
/// like that of a known input.
///
/// # Source
/// M. Strong, J. E. Oakley, A. Brennan, P. Breeze (2015), Estimating the expected value of sample information using the
/// probabilistic sensitivity analysis sample, Medical Decision Making 35(5). For normal measurements their mean says all.
///
/// # Not handled
/// Measurements that are not normal around the true value; inputs measured with common errors.
///
/// # Errors
/// [`FitError`] when there are too few futures, or `n` is zero.
pub fn sample(costs: &CostMatrix, inputs: &[Noisy], n: u32, seed: u64) -> Result<Worth, FitError> {
    if n == 0 {
        return Err(FitError::Shape);
    }
    let source = Source::new(seed, 1);
    let shrink = 1.0 / f64::from(n).sqrt();
    let seen: Vec<Vec<f64>> = inputs
        .iter()
        .enumerate()
        .map(|(at, input)| {
            let mut stream = source.stream(0, at as u32, PURPOSE);
            input.values.iter().map(|v| v + input.spread * shrink * normal_quantile(stream.uniform())).collect()
        })
        .collect();
    partial(costs, &seen, seed)
}
