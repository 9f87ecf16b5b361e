//! Confidence intervals of means and shares.

use super::Welford;
use crate::special::{beta_cdf, student_quantile};

/// An estimate with the interval that covers the truth at the stated confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The estimate.
    pub mean: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// The mean of independent, roughly normal numbers, with `confidence` in the open interval (0, 1).
///
/// Infinite ends below two numbers: one replication says nothing about its own spread.
///
/// # Source
/// Student (1908), The probable error of a mean.
#[must_use]
pub fn mean_interval(sample: &Welford, confidence: f64) -> Interval {
    let mean = sample.mean();
    if sample.n() < 2 {
        return Interval { mean, low: f64::NEG_INFINITY, high: f64::INFINITY };
    }
    let t = student_quantile(0.5 + 0.5 * confidence, (sample.n() - 1) as f64);
    let half = t * sample.standard_error();
    Interval { mean, low: mean - half, high: mean + half }
}

/// The share of `hits` among `n` independent trials; never shorter than promised, whatever the share.
///
/// # Source
/// C. J. Clopper, E. S. Pearson (1934), The use of confidence or fiducial limits illustrated in the
/// case of the binomial, through beta quantiles.
#[must_use]
pub fn proportion_interval(hits: u64, n: u64, confidence: f64) -> Interval {
    if n == 0 {
        return Interval { mean: f64::NAN, low: 0.0, high: 1.0 };
    }
    let (k, n) = (hits as f64, n as f64);
    let tail = 0.5 * (1.0 - confidence);
    // The share at which seeing so many (so few) hits has exactly the chance `tail`.
    let solve = |a: f64, b: f64, p: f64| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if beta_cdf(a, b, middle) < p {
                low = middle;
            } else {
                high = middle;
            }
        }
        0.5 * (low + high)
    };
    Interval {
        mean: k / n,
        low: if hits == 0 { 0.0 } else { solve(k, n - k + 1.0, tail) },
        high: if k >= n { 1.0 } else { solve(k + 1.0, n - k, 1.0 - tail) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Source;

    #[test]
    fn the_interval_of_a_small_sample_is_the_textbook_one() {
        let sample: Welford = [4.0, 6.0, 8.0].into_iter().collect();
        let i = mean_interval(&sample, 0.95);
        // s = 2, t(2) = 4.302653, half = 4.968275
        assert!((i.high - i.mean - 4.968_275).abs() < 1e-5 && (i.mean - 6.0).abs() < 1e-12);
    }

    #[test]
    fn shares_agree_with_published_limits() {
        // Clopper-Pearson for 8 of 20 at 95 %: 0.19119 to 0.63946; for 0 of 10: 0 to 0.30850.
        let i = proportion_interval(8, 20, 0.95);
        assert!((i.low - 0.191_19).abs() < 1e-5 && (i.high - 0.639_46).abs() < 1e-5);
        let none = proportion_interval(0, 10, 0.95);
        assert!(none.low == 0.0 && (none.high - 0.308_50).abs() < 1e-5);
    }

    #[test]
    fn ninety_five_per_cent_intervals_cover_ninety_five_per_cent() {
        let mut stream = Source::new(77, 0).stream(0, 0, 0);
        let studies = 10_000;
        let covered = (0..studies)
            .filter(|_| {
                let sample: Welford = (0..12).map(|_| crate::special::normal_quantile(stream.uniform())).collect();
                let i = mean_interval(&sample, 0.95);
                i.low <= 0.0 && 0.0 <= i.high
            })
            .count();
        assert!((9_420..9_580).contains(&covered), "{covered}");
    }
}
