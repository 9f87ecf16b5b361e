//! Means, intervals and quantiles from exact sums and counts.

use chance::special::student_quantile;
use model::results::answers::Sums;

/// Confidence of all intervals.
const CONFIDENCE: f64 = 0.95;

/// The mean of the numbers of a sum and the half width of its 95 % interval (Student t), both over `unit`; the half
/// width is zero below two numbers.
pub(super) fn mean(sums: &Sums, unit: f64) -> (f64, f64) {
    if sums.n == 0 {
        return (0.0, 0.0);
    }
    let n = i128::from(sums.n);
    let mean = sums.sum as f64 / n as f64 / unit;
    if n < 2 {
        return (mean, 0.0);
    }
    // Squares about the whole number next to the mean: exact, and far from the limits of the type.
    let near = sums.sum.div_euclid(n);
    let rest = (sums.sum - n * near) as f64;
    let about = (sums.squares - 2 * near * sums.sum + n * near * near) as f64 - rest * rest / n as f64;
    let variance = (about / (n - 1) as f64).max(0.0);
    let t = student_quantile(0.5 + 0.5 * CONFIDENCE, (n - 1) as f64);
    (mean, t * libm::sqrt(variance / n as f64) / unit)
}

/// The smallest value with at least `percent` of all at or below it; values rise, each with how often it was seen.
///
/// None when that is past the last: values that never came are not listed but count in `n`.
pub(super) fn quantile<T: Copy>(counts: impl Iterator<Item = (T, u64)>, n: u64, percent: u64) -> Option<T> {
    let rank = (percent * n).div_ceil(100).max(1);
    let mut below = 0;
    for (value, seen) in counts {
        below += seen;
        if below >= rank {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_four_numbers() {
        // Mean 5, variance (9 + 1 + 1 + 9) / 3 = 6.666667, t(0.975, 3) = 3.182446, half = 3.182446 * 1.290994.
        let mut sums = Sums::default();
        [2, 4, 6, 8].into_iter().for_each(|x| sums.add(x));
        let (middle, half) = mean(&sums, 1.0);
        assert!((middle - 5.0).abs() < 1e-12 && (half - 4.108_520).abs() < 1e-4, "{half}");
        // A large offset changes nothing but the mean.
        let mut far = Sums::default();
        [2, 4, 6, 8].into_iter().for_each(|x| far.add(x + (1 << 50)));
        assert!((mean(&far, 1.0).1 - half).abs() < 1e-9);
        let mut one = Sums::default();
        one.add(7);
        assert_eq!(mean(&one, 2.0), (3.5, 0.0));
    }

    #[test]
    fn quantiles_are_values_with_enough_at_or_below() {
        let ten = || (1..=10).map(|x| (x, 1));
        assert_eq!([10, 50, 90].map(|p| quantile(ten(), 10, p)), [Some(1), Some(5), Some(9)]);
        // Of ten, seven never came.
        assert_eq!([10, 30, 31].map(|p| quantile([(4, 1), (6, 2)].into_iter(), 10, p)), [Some(4), Some(6), None]);
    }
}
