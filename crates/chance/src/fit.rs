//! Distributions fitted to measured times, with a report of how well they fit.

use crate::distribution::Distribution;
use crate::stats::ks_statistic;
use crate::stream::Source;
use crate::{Lookup, special};
use libm::{exp, lgamma, log, pow, sqrt};

/// Samples drawn from a fitted distribution to learn which distances chance alone gives.
const RESAMPLES: u32 = 99;
/// Fewest values that are fitted.
const FEWEST: usize = 8;

/// One kind of distribution fitted to measured values.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// What kind it is, as line files write it.
    pub kind: &'static str,
    /// The distribution.
    pub distribution: Distribution,
    /// Logarithm of the likelihood of the values.
    pub log_likelihood: f64,
    /// Akaike's criterion, `2 parameters - 2 log likelihood`: smaller is better.
    pub aic: f64,
    /// Largest distance between the share of values at or below x and the fitted distribution function.
    pub distance: f64,
    /// The chance of a distance as large when the values do come from this kind of distribution; below 0.05 it should
    /// not be used without a reason.
    pub p_value: f64,
}

/// Fits the kinds that suit positive times, the best (by Akaike's criterion) first.
///
/// The chance `p_value` counts that the parameters were fitted to the same values: it is found by fitting 99 samples of
/// as many values drawn from the fit. `None` for fewer than eight values, values that are not positive, or values that
/// are all alike.
///
/// # Source
/// Maximum likelihood for each kind (gamma and Weibull by Newton's method); H. Akaike (1974), A new look at the
/// statistical model identification; the parametric bootstrap of distances after H. W. Lilliefors (1967), On the
/// Kolmogorov-Smirnov test for normality with mean and variance unknown.
#[must_use]
pub fn fit(values: &[f64], source: Source) -> Option<Vec<Fit>> {
    let good = values.len() >= FEWEST && values.iter().all(|x| x.is_finite() && *x > 0.0);
    if !good || values.iter().all(|x| *x == values[0]) {
        return None;
    }
    let mut fits: Vec<Fit> = KINDS
        .iter()
        .enumerate()
        .filter_map(|(k, kind)| {
            let (distribution, log_likelihood) = (kind.fit)(values)?;
            let distance = distance_of(values, &distribution);
            let lookup = Lookup::new(&distribution, 1.0);
            let further = (0..RESAMPLES).filter(|trial| {
                let key = source.keyed(*trial, k as u32, 0);
                let drawn: Vec<f64> = (0..values.len() as u64).map(|i| lookup.draw(key, i)).collect();
                (kind.fit)(&drawn).is_none_or(|(again, _)| distance_of(&drawn, &again) >= distance)
            });
            let p_value = f64::from(1 + further.count() as u32) / f64::from(RESAMPLES + 1);
            let aic = 2.0 * kind.parameters - 2.0 * log_likelihood;
            Some(Fit { kind: kind.name, distribution, log_likelihood, aic, distance, p_value })
        })
        .collect();
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic));
    Some(fits)
}

struct Kind {
    name: &'static str,
    parameters: f64,
    /// The most likely distribution and the logarithm of its likelihood.
    fit: fn(&[f64]) -> Option<(Distribution, f64)>,
}

const KINDS: [Kind; 4] = [
    Kind { name: "exponential", parameters: 1.0, fit: exponential },
    Kind { name: "log-normal", parameters: 2.0, fit: log_normal },
    Kind { name: "gamma", parameters: 2.0, fit: gamma },
    Kind { name: "weibull", parameters: 2.0, fit: weibull },
];

fn distance_of(values: &[f64], distribution: &Distribution) -> f64 {
    ks_statistic(&mut values.to_vec(), |x| distribution.cdf(x))
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    values.clone().sum::<f64>() / values.count() as f64
}

fn exponential(values: &[f64]) -> Option<(Distribution, f64)> {
    let m = mean(values.iter().copied());
    Some((Distribution::exponential(m).ok()?, -(values.len() as f64) * (log(m) + 1.0)))
}

fn log_normal(values: &[f64]) -> Option<(Distribution, f64)> {
    let logs: Vec<f64> = values.iter().map(|x| log(*x)).collect();
    let (n, mu) = (values.len() as f64, mean(logs.iter().copied()));
    let variance = mean(logs.iter().map(|y| (y - mu) * (y - mu)));
    let likelihood = -logs.iter().sum::<f64>() - 0.5 * n * (log(2.0 * std::f64::consts::PI * variance) + 1.0);
    let made = Distribution::log_normal(exp(mu + 0.5 * variance), sqrt(libm::expm1(variance))).ok()?;
    Some((made, likelihood))
}

fn gamma(values: &[f64]) -> Option<(Distribution, f64)> {
    let (m, logs) = (mean(values.iter().copied()), mean(values.iter().map(|x| log(*x))));
    let s = log(m) - logs;
    // log a - psi(a) = s; the start is Minka's approximation.
    let mut a = (3.0 - s + sqrt((s - 3.0) * (s - 3.0) + 24.0 * s)) / (12.0 * s);
    for _ in 0..50 {
        let step = (log(a) - special::digamma(a) - s) / (1.0 / a - special::trigamma(a));
        let next = if a - step > 0.0 { a - step } else { 0.5 * a };
        let close = (next - a).abs() < 1e-12 * a;
        a = next;
        if close {
            break;
        }
    }
    let n = values.len() as f64;
    let likelihood = n * ((a - 1.0) * logs - a - a * log(m / a) - lgamma(a));
    Some((Distribution::gamma(m, 1.0 / sqrt(a)).ok()?, likelihood))
}

fn weibull(values: &[f64]) -> Option<(Distribution, f64)> {
    let scale_of = |k: f64, top: f64| mean(values.iter().map(|x| pow(x / top, k)));
    let top = values.iter().copied().fold(0.0, f64::max);
    let logs = mean(values.iter().map(|x| log(x / top)));
    // sum x^k log x / sum x^k - 1/k = mean of log x; the left side rises with k.
    let gap = |k: f64| {
        let weights = scale_of(k, top);
        mean(values.iter().map(|x| pow(x / top, k) * log(x / top))) / weights - 1.0 / k - logs
    };
    let (mut low, mut high) = (1e-3, 1.0);
    while gap(high) < 0.0 {
        (low, high) = (high, 2.0 * high);
        if high > 1e6 {
            return None;
        }
    }
    while high - low > 1e-10 * high {
        let middle = 0.5 * (low + high);
        if gap(middle) < 0.0 { low = middle } else { high = middle }
    }
    let k = 0.5 * (low + high);
    let scale = top * pow(scale_of(k, top), 1.0 / k);
    let n = values.len() as f64;
    let likelihood = n * (log(k) - k * log(scale) + (k - 1.0) * (logs + log(top)) - 1.0);
    Some((Distribution::weibull(k, scale).ok()?, likelihood))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(distribution: &Distribution, n: u64, seed: u64) -> Vec<f64> {
        let (lookup, key) = (Lookup::new(distribution, 1.0), Source::new(seed, 0).keyed(0, 0, 0));
        (0..n).map(|i| lookup.draw(key, i)).collect()
    }

    fn truths() -> [(&'static str, Distribution); 4] {
        [
            ("exponential", Distribution::exponential(3.0).unwrap()),
            ("log-normal", Distribution::log_normal(10.0, 0.9).unwrap()),
            ("gamma", Distribution::gamma(4.0, 0.4).unwrap()),
            ("weibull", Distribution::weibull(2.5, 8.0).unwrap()),
        ]
    }

    #[test]
    fn a_large_sample_is_given_back_its_distribution() {
        for (kind, truth) in truths() {
            let fits = fit(&drawn(&truth, 400, 5), Source::new(6, 0)).unwrap();
            let own = fits.iter().find(|f| f.kind == kind).unwrap();
            assert!((own.distribution.mean() / truth.mean() - 1.0).abs() < 0.1, "{kind} {own:?}");
            assert!((own.distribution.variance() / truth.variance() - 1.0).abs() < 0.3, "{kind} {own:?}");
            assert!(own.p_value > 0.01, "{kind} {own:?}");
            // Only an exponential time may also be taken for the gamma and Weibull times that contain it.
            assert!(fits[0].kind == kind || kind == "exponential", "{kind}: {fits:?}");
            if kind != "exponential" {
                let wrong = fits.iter().find(|f| f.kind == "exponential").unwrap();
                assert!(wrong.p_value < 0.02, "{kind} passes as exponential: {wrong:?}");
            }
        }
    }

    #[test]
    fn the_likeliest_parameters_are_the_likeliest() {
        let values = drawn(&truths()[2].1, 200, 9);
        let likelihood = |a: f64, m: f64| -> f64 {
            let one = |x: &f64| (a - 1.0) * log(*x) - x * a / m - a * log(m / a) - lgamma(a);
            values.iter().map(one).sum()
        };
        let (made, best) = gamma(&values).unwrap();
        let (m, a) = (made.mean(), made.mean() * made.mean() / made.variance());
        assert!((likelihood(a, m) - best).abs() < 1e-6);
        for (fa, fm) in [(1.02, 1.0), (0.98, 1.0), (1.0, 1.01), (1.0, 0.99)] {
            assert!(likelihood(a * fa, m * fm) < best);
        }
        let values = drawn(&truths()[3].1, 200, 9);
        let likelihood = |k: f64, s: f64| -> f64 {
            values.iter().map(|x| log(k / s) + (k - 1.0) * log(x / s) - pow(x / s, k)).sum()
        };
        let (_, best) = weibull(&values).unwrap();
        for step in 0..400 {
            let (k, s) = (1.5 + 0.1 * f64::from(step / 20), 7.0 + 0.1 * f64::from(step % 20));
            assert!(likelihood(k, s) <= best + 1e-9);
        }
    }

    #[test]
    fn chances_are_even_when_the_kind_is_right() {
        let truth = Distribution::gamma(4.0, 0.4).unwrap();
        let small = (0..40).filter(|seed| {
            let fits = fit(&drawn(&truth, 40, 100 + seed), Source::new(*seed, 1)).unwrap();
            fits.iter().find(|f| f.kind == "gamma").unwrap().p_value < 0.2
        });
        let small = small.count();
        assert!((2..=16).contains(&small), "{small} of 40 below 0.2");
    }

    #[test]
    fn what_cannot_be_fitted_is_not() {
        let source = Source::new(1, 0);
        assert!(fit(&[1.0; 20], source).is_none() && fit(&[1.0, 2.0], source).is_none());
        assert!(fit(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0], source).is_none());
    }
}
