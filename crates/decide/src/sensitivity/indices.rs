//! Sobol' indices: the share of the variance of a result that each input brings, alone and with all others.

use super::SensitivityError;
use chance::stats::quantile;
use chance::{Sobol, Source};

/// Resamples of the points for the intervals.
const RESAMPLES: u32 = 200;
/// Names the stream of the resamples.
const PURPOSE: u16 = 0x5342;

/// The points at which a function must be known: two sets of points `A` and `B`, and for each input `A` with that input from `B`.
///
/// # Source
/// A. Saltelli, P. Annoni, I. Azzini, F. Campolongo, M. Ratto, S. Tarantola (2010), Variance based sensitivity analysis of model
/// output, Computer Physics Communications 181(2), on scrambled Sobol' points.
#[derive(Debug, Clone)]
pub struct PickFreeze {
    n: u32,
    n_inputs: usize,
    points: Sobol,
}

/// A share with the interval that holds 95 % of its resamples.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// Estimate; may stray a little outside `[0, 1]`.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// First-order and total indices, one of each per input.
#[derive(Debug, Clone, PartialEq)]
pub struct Indices {
    /// What the input brings alone.
    pub first: Vec<Share>,
    /// What would remain unknown if all others were known.
    pub total: Vec<Share>,
    /// Variance of the result.
    pub variance: f64,
}

impl PickFreeze {
    /// Points for `n` (a power of two is best) base points and a number of inputs.
    ///
    /// # Errors
    /// [`SensitivityError::Inputs`].
    pub fn new(n: u32, n_inputs: usize, seed: u64) -> Result<Self, SensitivityError> {
        let points = Sobol::scrambled(2 * n_inputs, seed).filter(|_| n_inputs > 0).ok_or(SensitivityError::Inputs)?;
        Ok(Self { n, n_inputs, points })
    }

    /// Number of points: `n * (inputs + 2)`.
    #[must_use]
    pub fn len(&self) -> usize {
        self.n as usize * (self.n_inputs + 2)
    }

    /// True when there is no point.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// A point, `0 <= at < len()`: one number in `(0, 1)` per input.
    #[must_use]
    pub fn point(&self, at: usize) -> Vec<f64> {
        let (set, index) = (at / self.n as usize, (at % self.n as usize) as u32);
        let from_b = |input: usize| set == 1 || set == input + 2;
        (0..self.n_inputs)
            .map(|input| self.points.coordinate(index, if from_b(input) { input + self.n_inputs } else { input }))
            .collect()
    }

    /// The indices of the results at all points, in their order.
    ///
    /// Total: Jansen (1999). First: Saltelli's (2010) estimator, exact for small shares, blended with the correlation of `B`
    /// and the mixed set, exact for large ones, by the share itself. Intervals by resampling base points, which ignores how
    /// evenly they lie and is therefore wide.
    ///
    /// # Errors
    /// [`SensitivityError::Results`], [`SensitivityError::Constant`].
    pub fn indices(&self, results: &[f64]) -> Result<Indices, SensitivityError> {
        if results.len() != self.len() || results.iter().any(|r| !r.is_finite()) || self.n < 2 {
            return Err(SensitivityError::Results);
        }
        let n = self.n as usize;
        let everyone: Vec<usize> = (0..n).collect();
        let (first, total, variance) = self.estimate(results, &everyone).ok_or(SensitivityError::Constant)?;
        let source = Source::new(0x5345_4e53, 0);
        let mut resampled: Vec<Vec<f64>> = vec![Vec::new(); 2 * self.n_inputs];
        for run in 0..RESAMPLES {
            let mut stream = source.stream(run, 0, PURPOSE);
            let chosen: Vec<usize> = (0..n).map(|_| ((stream.uniform() * n as f64) as usize).min(n - 1)).collect();
            if let Some((first, total, _)) = self.estimate(results, &chosen) {
                resampled.iter_mut().zip(first.iter().chain(&total)).for_each(|(all, value)| all.push(*value));
            }
        }
        let mut shares = first.iter().chain(&total).zip(&mut resampled).map(|(value, all)| {
            all.sort_by(f64::total_cmp);
            Share { value: *value, low: quantile(all, 0.025).min(*value), high: quantile(all, 0.975).max(*value) }
        });
        let first = shares.by_ref().take(self.n_inputs).collect();
        Ok(Indices { first, total: shares.collect(), variance })
    }

    /// First indices, total indices and variance over some of the base points; none when nothing varies.
    fn estimate(&self, results: &[f64], chosen: &[usize]) -> Option<(Vec<f64>, Vec<f64>, f64)> {
        let n = self.n as usize;
        let set = |s: usize| chosen.iter().map(move |k| results[s * n + k]);
        let count = chosen.len() as f64;
        let mean = (set(0).sum::<f64>() + set(1).sum::<f64>()) / (2.0 * count);
        let variance = set(0).chain(set(1)).map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2.0 * count);
        // Results that differ by rounding alone do not vary.
        if variance.is_nan() || variance <= 1e-24 * mean * mean || variance <= 0.0 {
            return None;
        }
        let (mut first, mut total) = (Vec::new(), Vec::new());
        for input in 0..self.n_inputs {
            let mixed = || set(input + 2);
            let product: f64 = set(1).zip(mixed()).zip(set(0)).map(|((b, m), a)| (b - mean) * (m - a)).sum();
            let small = product / count / variance;
            let large = correlation(set(1).zip(mixed()));
            let weight = large.clamp(0.0, 1.0);
            first.push(weight * large + (1.0 - weight) * small);
            let distance: f64 = set(0).zip(mixed()).map(|(a, m)| (a - m) * (a - m)).sum();
            total.push(distance / (2.0 * count) / variance);
        }
        Some((first, total, variance))
    }
}

/// Correlation of pairs; 0 when one side does not vary.
fn correlation(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let n = pairs.clone().count() as f64;
    let (a, b) = pairs.clone().fold((0.0, 0.0), |(a, b), (x, y)| (a + x / n, b + y / n));
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in pairs {
        aa += (x - a) * (x - a);
        bb += (y - b) * (y - b);
        ab += (x - a) * (y - b);
    }
    if aa > 0.0 && bb > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 }
}
