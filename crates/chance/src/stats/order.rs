//! Quantiles of samples with distribution-free intervals, and the mean of a tail.

use crate::special::beta_cdf;

/// A quantile with an interval between two order statistics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QuantileEstimate {
    /// The estimate.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// The chance that the interval covers the true quantile; below what was asked for when the sample is too small.
    pub confidence: f64,
}

/// The `p`-quantile of a sorted sample, linear between order statistics; NaN for an empty one.
///
/// # Source
/// R. J. Hyndman, Y. Fan (1996), Sample quantiles in statistical packages, definition 7.
#[must_use]
pub fn quantile(sorted: &[f64], p: f64) -> f64 {
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = p.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let below = place as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// The `p`-quantile of a sorted sample of independent numbers with the shortest interval of order
/// statistics, grown outwards from the estimate, that reaches the confidence.
///
/// # Source
/// W. R. Thompson (1936), On confidence ranges for the median and other expectation distributions:
/// the number of values below the true quantile is binomial.
#[must_use]
pub fn quantile_interval(sorted: &[f64], p: f64, confidence: f64) -> QuantileEstimate {
    let n = sorted.len();
    let value = quantile(sorted, p);
    if n == 0 {
        return QuantileEstimate { value, low: value, high: value, confidence: 0.0 };
    }
    // P(at most k of n values lie below the quantile).
    let at_most = |k: usize| {
        if k >= n { 1.0 } else { 1.0 - beta_cdf(k as f64 + 1.0, (n - k) as f64, p) }
    };
    // Covers when the count of values below lies in low..high (ranks counted from 1: x[low] .. x[high]).
    let cover = |low: usize, high: usize| at_most(high - 1) - if low == 0 { 0.0 } else { at_most(low - 1) };
    let centre = ((p * n as f64) as usize).clamp(1, n);
    let (mut low, mut high) = (centre, (centre + 1).min(n));
    while cover(low, high) < confidence && (low > 1 || high < n) {
        let up = if high < n { cover(low, high + 1) } else { -1.0 };
        let down = if low > 1 { cover(low - 1, high) } else { -1.0 };
        if up >= down {
            high += 1;
        } else {
            low -= 1;
        }
    }
    QuantileEstimate {
        value,
        low: sorted[low - 1],
        high: sorted[high - 1],
        confidence: cover(low, high).clamp(0.0, 1.0),
    }
}

/// The mean of the worst (largest) share `1 - p` of a sorted sample: conditional value at risk.
///
/// # Source
/// R. T. Rockafellar, S. Uryasev (2000), Optimization of conditional value-at-risk; the sample form
/// weighs the value at the edge by the part of it that belongs to the tail.
#[must_use]
pub fn cvar_high(sorted: &[f64], p: f64) -> f64 {
    let mut left = (1.0 - p.clamp(0.0, 1.0)) * sorted.len() as f64;
    let Some(last) = sorted.last() else {
        return f64::NAN;
    };
    if left <= 1e-12 {
        return *last;
    }
    let total = left;
    let mut sum = 0.0;
    for x in sorted.iter().rev() {
        let weight = left.min(1.0);
        sum += weight * x;
        left -= weight;
        if left <= 0.0 {
            break;
        }
    }
    sum / total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Source;

    #[test]
    fn quantiles_and_tails_of_one_to_ten() {
        let sorted: Vec<f64> = (1..=10).map(f64::from).collect();
        assert_eq!(quantile(&sorted, 0.5), 5.5);
        assert_eq!((quantile(&sorted, 0.0), quantile(&sorted, 1.0)), (1.0, 10.0));
        assert!((cvar_high(&sorted, 0.8) - 9.5).abs() < 1e-12);
        assert!((cvar_high(&sorted, 0.85) - (10.0 + 0.5 * 9.0) / 1.5).abs() < 1e-12);
        assert!((cvar_high(&sorted, 0.0) - 5.5).abs() < 1e-12);
    }

    #[test]
    fn the_median_of_ten_lies_between_the_second_and_the_ninth() {
        let sorted: Vec<f64> = (1..=10).map(f64::from).collect();
        let q = quantile_interval(&sorted, 0.5, 0.95);
        // The textbook interval x(2)..x(9) has confidence 1 - 2 (1 + 10) / 1024.
        assert_eq!((q.low, q.high), (2.0, 9.0));
        assert!((q.confidence - (1.0 - 22.0 / 1024.0)).abs() < 1e-12);
        let few = quantile_interval(&sorted[..3], 0.95, 0.95);
        assert!(few.confidence < 0.95 && few.high == 3.0);
    }

    #[test]
    fn ninety_per_cent_intervals_cover_at_least_ninety_per_cent() {
        let mut stream = Source::new(78, 0).stream(0, 0, 0);
        let covered = (0..5_000)
            .filter(|_| {
                let mut sample: Vec<f64> = (0..60).map(|_| stream.uniform()).collect();
                sample.sort_by(f64::total_cmp);
                let q = quantile_interval(&sample, 0.8, 0.9);
                q.low <= 0.8 && 0.8 <= q.high
            })
            .count();
        assert!((4_450..4_800).contains(&covered), "{covered}");
    }
}
