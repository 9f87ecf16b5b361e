//! The Kolmogorov-Smirnov distance between a sample and a distribution.

use libm::{exp, sqrt};

/// The largest distance between the share of the sample at or below x and `cdf(x)`; sorts the sample.
#[must_use]
pub fn ks_statistic(sample: &mut [f64], cdf: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let mut worst = 0.0f64;
    for (i, x) in sample.iter().enumerate() {
        let expected = cdf(*x);
        worst = worst.max((expected - i as f64 / n).abs()).max(((i + 1) as f64 / n - expected).abs());
    }
    worst
}

/// The chance of a distance at least as large when the sample does come from the (continuous) distribution.
///
/// # Source
/// N. Smirnov (1948), Table for estimating the goodness of fit of empirical distributions; the finite
/// sample correction of M. A. Stephens (1970).
#[must_use]
pub fn ks_p_value(sample: &mut [f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let distance = ks_statistic(sample, cdf);
    let root = sqrt(sample.len() as f64);
    let x = distance * (root + 0.12 + 0.11 / root);
    let mut sum = 0.0;
    for k in 1..=100 {
        let k = f64::from(k);
        let term = exp(-2.0 * k * k * x * x);
        sum += if k as u32 % 2 == 1 { term } else { -term };
        if term < 1e-16 {
            break;
        }
    }
    if x < 0.2 { 1.0 } else { (2.0 * sum).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_perfect_grid_is_accepted_and_half_of_it_refused() {
        let mut grid: Vec<f64> = (0..100).map(|i| (f64::from(i) + 0.5) / 100.0).collect();
        assert!((ks_statistic(&mut grid, |x| x) - 0.005).abs() < 1e-12);
        assert!(ks_p_value(&mut grid, |x| x) > 0.999);
        assert!(ks_p_value(&mut grid, |x| x * x) < 0.001);
    }
}
