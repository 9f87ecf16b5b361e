//! Means, half widths and quantiles, plainly from whole numbers.

use chance::special::student_quantile;
use model::results::answers::Sums;

/// Confidence of all intervals.
const CONFIDENCE: f64 = 0.95;

/// Mean and half width of its 95 % interval (Student t); exact sums, so that nothing depends on the order of samples.
///
/// `half = t * sqrt(variance / n)`, `variance = (n sum x^2 - (sum x)^2) / (n (n - 1))`; zero with one sample.
///
/// # Source
/// Student (1908), The probable error of a mean, Biometrika 6(1).
pub(super) fn mean_of(sums: &Sums) -> (f64, f64) {
    let n = i128::from(sums.n);
    if n == 0 {
        return (0.0, 0.0);
    }
    let mean = sums.sum as f64 / n as f64;
    if n < 2 {
        return (mean, 0.0);
    }
    let variance = (n * sums.squares - sums.sum * sums.sum) as f64 / (n * (n - 1)) as f64;
    let t = student_quantile(0.5 + 0.5 * CONFIDENCE, (n - 1) as f64);
    (mean, t * (variance / n as f64).sqrt())
}

/// The same of values seen so many times.
pub(super) fn mean(counts: &[(i64, u64)]) -> (f64, f64) {
    let mut sums = Sums::default();
    for (value, times) in counts {
        let (value, times) = (i128::from(*value), i128::from(*times));
        sums.sum += value * times;
        sums.squares += value * value * times;
    }
    sums.n = total(counts);
    mean_of(&sums)
}

/// How many values there are.
pub(super) fn total(counts: &[(i64, u64)]) -> u64 {
    counts.iter().map(|(_, times)| times).sum()
}

/// Values with how often each was seen, rising.
pub(super) fn counts(samples: impl Iterator<Item = i64>) -> Vec<(i64, u64)> {
    let mut sorted: Vec<i64> = samples.collect();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u64)).collect()
}

/// The smallest value with at least `percent` of all values at or below it; values rise, and there are some.
pub(super) fn quantile(counts: &[(i64, u64)], percent: u64) -> i64 {
    let rank = (percent * total(counts)).div_ceil(100).max(1);
    let mut below = 0;
    let reached = counts.iter().find(|(_, times)| {
        below += times;
        below >= rank
    });
    reached.map_or(0, |(value, _)| *value)
}

/// True when two summaries agree: to ten millionths of the larger, since running sums differ from exact ones.
pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-7 * a.abs().max(b.abs()).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_interval_of_four_numbers() {
        // Mean 5, variance (9 + 1 + 1 + 9) / 3 = 6.666667, t(0.975, 3) = 3.182446, half = 3.182446 * 1.290994.
        let (mean, half) = mean(&counts([2, 4, 6, 8].into_iter()));
        assert!((mean - 5.0).abs() < 1e-12 && (half - 4.108_520).abs() < 1e-4, "{half}");
        assert_eq!(super::mean(&[(7, 1)]), (7.0, 0.0));
    }

    #[test]
    fn quantiles_are_samples() {
        let ten = counts((1..=10).rev());
        assert_eq!([10, 50, 90].map(|p| quantile(&ten, p)), [1, 5, 9]);
        let three = counts([30, 10, 20].into_iter());
        assert_eq!([10, 50, 90].map(|p| quantile(&three, p)), [10, 20, 30]);
    }
}
