//! The exact inverse distribution functions: slow, accurate, and what the fast tables are made from.

use crate::distribution::{Distribution, Shape};
use crate::special::{beta_cdf, gamma_cdf, invert, normal_quantile};
use libm::{exp, expm1, lgamma, log, log1p, pow, sqrt};

impl Distribution {
    /// The value that a draw stays at or below with chance `p`, for `0 < p < 1`.
    ///
    /// # Differs from the source
    /// Gamma, PERT and hyperexponential have no closed form and are inverted numerically to about
    /// 1e-13 of the value.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_near(p, f64::NAN)
    }

    /// As [`Distribution::quantile`], with a guess that saves steps where the inverse is numerical.
    pub(crate) fn quantile_near(&self, p: f64, guess: f64) -> f64 {
        match &self.0 {
            Shape::Constant(value) => *value,
            Shape::Uniform { low, high } => low + (high - low) * p,
            Shape::Exponential { mean } => -mean * log1p(-p),
            Shape::ShiftedExponential { low, mean } => low - mean * log1p(-p),
            Shape::LogNormal { mu, sigma } => exp(mu + sigma * normal_quantile(p)),
            Shape::Weibull { shape, scale } => scale * pow(-log1p(-p), 1.0 / shape),
            Shape::Triangular { low, mode, high } => {
                let width = high - low;
                if p * width <= mode - low {
                    low + sqrt(p * width * (mode - low))
                } else {
                    high - sqrt((1.0 - p) * width * (high - mode))
                }
            }
            Shape::Gamma { shape, scale } => scale * gamma_quantile(*shape, p, guess / scale),
            Shape::Pert { low, high, a, b } => {
                let width = high - low;
                low + width * beta_quantile(*a, *b, p, (guess - low) / width)
            }
            Shape::Hyperexponential { share, first, second } => {
                let cdf = |x: f64| -share * expm1(-x / first) - (1.0 - share) * expm1(-x / second);
                let density = |x: f64| share / first * exp(-x / first) + (1.0 - share) / second * exp(-x / second);
                invert(cdf, density, p, (0.0, first.max(*second)), guess)
            }
            Shape::Empirical(values) => empirical_quantile(values, p),
        }
    }
}

fn gamma_quantile(a: f64, p: f64, guess: f64) -> f64 {
    let start = if guess.is_finite() {
        guess
    } else {
        // Wilson and Hilferty (1931): the cube root is nearly normal.
        let z = normal_quantile(p);
        let cube = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * sqrt(a));
        a * cube * cube * cube
    };
    // Far down the lower tail P(a, x) is x^a / (a Gamma(a)) to first order.
    let tail = exp((log(p) + lgamma(a + 1.0)) / a);
    let start = if p < 1e-6 && tail < 1e-3 { tail } else { start };
    let density = |x: f64| exp((a - 1.0) * log(x) - x - lgamma(a));
    invert(|x| gamma_cdf(a, x), density, p, (0.0, a + 10.0), start)
}

fn beta_quantile(a: f64, b: f64, p: f64, guess: f64) -> f64 {
    let front = lgamma(a + b) - lgamma(a) - lgamma(b);
    let density = |x: f64| exp(front + (a - 1.0) * log(x) + (b - 1.0) * log1p(-x));
    invert(|x| beta_cdf(a, b, x), density, p, (0.0, 1.0), guess)
}

/// Linear between neighbouring sorted values.
pub(crate) fn empirical_quantile(values: &[f64], p: f64) -> f64 {
    let last = values.len() - 1;
    let place = p * last as f64;
    let below = (place as usize).min(last.saturating_sub(1));
    let above = (below + 1).min(last);
    values[below] + (place - below as f64) * (values[above] - values[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_undoes_the_distribution_function() {
        let all = [
            Distribution::uniform(2.0, 5.0),
            Distribution::exponential(3.0),
            Distribution::shifted_exponential(0.5, 3.0),
            Distribution::log_normal(10.0, 0.3),
            Distribution::gamma(4.0, 0.5),
            Distribution::gamma(4.0, 1.7),
            Distribution::weibull(1.7, 8.0),
            Distribution::triangular(1.0, 2.0, 7.0),
            Distribution::pert(1.0, 2.0, 7.0),
            Distribution::hyperexponential(0.2, 9.0, 1.0),
            Distribution::empirical(&[3.0, 1.0, 4.0, 1.5, 9.0]),
        ];
        for made in all {
            let d = made.expect("good parameters");
            for p in [1e-9, 1e-4, 0.01, 0.3, 0.5, 0.8, 0.99, 1.0 - 1e-6] {
                let back = d.cdf(d.quantile(p));
                assert!((back - p).abs() < 1e-9 * p.max(1e-3), "{d:?} {p} {back}");
            }
        }
    }
}
