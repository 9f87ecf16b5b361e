//! How many replications a wanted precision takes.

use super::Welford;
use crate::special::{normal_quantile, student_quantile};

/// The fewest replications whose interval would have a half width of at most `relative` times the mean, were the
/// spread as in the sample; not more than the sample has exactly when the sample meets it.
///
/// At least 2; `usize::MAX` where the mean is 0 or the sample too small to have a spread.
///
/// # Source
/// A. M. Law, W. D. Kelton (1991), Simulation modeling and analysis, section 9.4.1: the sequential procedure for a
/// relative error.
#[must_use]
pub fn replications_needed(sample: &Welford, confidence: f64, relative: f64) -> usize {
    let (spread, goal) = (libm::sqrt(sample.variance()), relative * sample.mean().abs());
    if sample.n() < 2 || goal.is_nan() || goal <= 0.0 {
        return usize::MAX;
    }
    let meets = |n: usize| {
        let t = student_quantile(0.5 + 0.5 * confidence, (n - 1) as f64);
        t * spread <= goal * libm::sqrt(n as f64)
    };
    if spread == 0.0 {
        return 2;
    }
    // With the normal quantile instead of Student's a few too few.
    let root = normal_quantile(0.5 + 0.5 * confidence) * spread / goal;
    if root > 1e9 {
        return usize::MAX;
    }
    let mut n = (root * root) as usize;
    n = n.max(2);
    while !meets(n) {
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::mean_interval;

    #[test]
    fn the_interval_of_so_many_is_narrow_enough_and_of_one_fewer_is_not() {
        let sample: Welford = [9.0, 10.0, 11.0, 10.0, 10.5, 9.5].into_iter().collect();
        for relative in [0.3, 0.05, 0.004] {
            let n = replications_needed(&sample, 0.95, relative);
            let half = |n: usize| student_quantile(0.975, (n - 1) as f64) * libm::sqrt(sample.variance() / n as f64);
            assert!(half(n) <= relative * 10.0 && (n == 2 || half(n - 1) > relative * 10.0), "{n}");
        }
        let i = mean_interval(&sample, 0.95);
        assert_eq!(replications_needed(&sample, 0.95, 1.000_001 * (i.high - i.mean) / i.mean), 6);
        assert_eq!(replications_needed(&[1.0].into_iter().collect(), 0.95, 0.1), usize::MAX);
    }
}
