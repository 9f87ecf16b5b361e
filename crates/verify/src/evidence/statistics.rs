//! Means, half widths and quantiles, plainly from whole numbers.

use chance::special::student_quantile;

/// Confidence of all intervals.
const CONFIDENCE: f64 = 0.95;

/// Mean and half width of its 95 % interval (Student t); exact sums, so that nothing depends on the order of samples.
///
/// `half = t * sqrt(variance / n)`, `variance = (n sum x^2 - (sum x)^2) / (n (n - 1))`; zero with one sample.
///
/// # Source
/// Student (1908), The probable error of a mean, Biometrika 6(1).
pub(super) fn mean(samples: &[i64]) -> (f64, f64) {
    let n = samples.len() as i128;
    if n == 0 {
        return (0.0, 0.0);
    }
    let sum: i128 = samples.iter().map(|x| i128::from(*x)).sum();
    let mean = sum as f64 / n as f64;
    if n < 2 {
        return (mean, 0.0);
    }
    let squares: i128 = samples.iter().map(|x| i128::from(*x) * i128::from(*x)).sum();
    let variance = (n * squares - sum * sum) as f64 / (n * (n - 1)) as f64;
    let t = student_quantile(0.5 + 0.5 * CONFIDENCE, (n - 1) as f64);
    (mean, t * (variance / n as f64).sqrt())
}

/// The smallest sample with at least `percent` of all samples at or below it.
pub(super) fn quantile(samples: &[i64], percent: usize) -> i64 {
    let mut sorted = samples.to_vec();
    sorted.sort_unstable();
    let rank = (percent * sorted.len()).div_ceil(100).max(1);
    sorted[rank - 1]
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
        let (mean, half) = mean(&[2, 4, 6, 8]);
        assert!((mean - 5.0).abs() < 1e-12 && (half - 4.108_520).abs() < 1e-4, "{half}");
        assert_eq!(super::mean(&[7]), (7.0, 0.0));
    }

    #[test]
    fn quantiles_are_samples() {
        let ten: Vec<i64> = (1..=10).rev().collect();
        assert_eq!([10, 50, 90].map(|p| quantile(&ten, p)), [1, 5, 9]);
        let three = [30, 10, 20];
        assert_eq!([10, 50, 90].map(|p| quantile(&three, p)), [10, 20, 30]);
    }
}
