//! The distributions a duration may have: parameters, checks, moments.

use libm::{exp, expm1, log, log1p, pow, sqrt, tgamma};
use std::fmt;

/// A distribution of a non-negative quantity; the unit is the caller's (minutes, days, hours).
///
/// Built by the constructors, which refuse parameters that make no sense.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution(pub(crate) Shape);

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Shape {
    Constant(f64),
    Uniform {
        low: f64,
        high: f64,
    },
    Exponential {
        mean: f64,
    },
    /// At least `low`, and `mean` more on average.
    ShiftedExponential {
        low: f64,
        mean: f64,
    },
    /// `mu`, `sigma` of the logarithm.
    LogNormal {
        mu: f64,
        sigma: f64,
    },
    Gamma {
        shape: f64,
        scale: f64,
    },
    Weibull {
        shape: f64,
        scale: f64,
    },
    Triangular {
        low: f64,
        mode: f64,
        high: f64,
    },
    /// A beta distribution with weights `a`, `b` stretched over `low..high`.
    Pert {
        low: f64,
        high: f64,
        a: f64,
        b: f64,
    },
    /// With chance `share` exponential of mean `first`, else of mean `second`.
    Hyperexponential {
        share: f64,
        first: f64,
        second: f64,
    },
    /// Sorted measured values; a draw interpolates between neighbours.
    Empirical(Vec<f64>),
}

/// Why parameters are not a distribution of a non-negative quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DistributionError {
    /// A parameter is NaN or infinite.
    NotFinite,
    /// A value, mean, shape or scale is negative, or zero where it must be positive.
    NotPositive,
    /// `low <= mode <= high` with `low < high` does not hold.
    OutOfOrder,
    /// No measured values.
    NoValues,
}

impl fmt::Display for DistributionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFinite => "a parameter is not a finite number",
            Self::NotPositive => "a parameter that must be positive is not",
            Self::OutOfOrder => "low, mode and high are not in rising order",
            Self::NoValues => "there are no measured values",
        })
    }
}

impl std::error::Error for DistributionError {}

type Made = Result<Distribution, DistributionError>;

fn finite(values: &[f64]) -> Result<(), DistributionError> {
    if values.iter().all(|v| v.is_finite()) { Ok(()) } else { Err(DistributionError::NotFinite) }
}

fn positive(values: &[f64]) -> Result<(), DistributionError> {
    finite(values)?;
    if values.iter().all(|v| *v > 0.0) { Ok(()) } else { Err(DistributionError::NotPositive) }
}

fn ordered(low: f64, mode: f64, high: f64) -> Result<(), DistributionError> {
    finite(&[low, mode, high])?;
    if low < 0.0 {
        Err(DistributionError::NotPositive)
    } else if low <= mode && mode <= high && low < high {
        Ok(())
    } else {
        Err(DistributionError::OutOfOrder)
    }
}

impl Distribution {
    /// Always `value >= 0`.
    ///
    /// # Errors
    /// When the value is not finite or negative.
    pub fn constant(value: f64) -> Made {
        finite(&[value])?;
        if value < 0.0 {
            return Err(DistributionError::NotPositive);
        }
        Ok(Self(Shape::Constant(value)))
    }

    /// Every value in `low..high` alike, `0 <= low < high`.
    ///
    /// # Errors
    /// When the bounds are not finite, negative or not rising.
    pub fn uniform(low: f64, high: f64) -> Made {
        ordered(low, low, high)?;
        Ok(Self(Shape::Uniform { low, high }))
    }

    /// Exponential with a positive mean.
    ///
    /// # Errors
    /// When the mean is not finite or not positive.
    pub fn exponential(mean: f64) -> Made {
        positive(&[mean])?;
        Ok(Self(Shape::Exponential { mean }))
    }

    /// At least `low >= 0`, and an exponential time of positive mean more.
    ///
    /// Rounded to whole numbers, 1/2 and a mean of `-1 / ln(1 - p)` more is geometric: trials up to the first success
    /// of chance p.
    ///
    /// # Errors
    /// When one is not finite, `low` is negative or the mean not positive.
    pub fn shifted_exponential(low: f64, mean: f64) -> Made {
        positive(&[mean])?;
        finite(&[low])?;
        if low < 0.0 {
            return Err(DistributionError::NotPositive);
        }
        Ok(Self(Shape::ShiftedExponential { low, mean }))
    }

    /// Log-normal with this mean and coefficient of variation (standard deviation / mean), both positive.
    ///
    /// # Errors
    /// When either is not finite or not positive.
    pub fn log_normal(mean: f64, cv: f64) -> Made {
        positive(&[mean, cv])?;
        let variance = log1p(cv * cv);
        Ok(Self(Shape::LogNormal { mu: log(mean) - 0.5 * variance, sigma: sqrt(variance) }))
    }

    /// Gamma with this mean and coefficient of variation, both positive (Erlang-2 has cv = sqrt(1/2)).
    ///
    /// # Errors
    /// When either is not finite or not positive.
    pub fn gamma(mean: f64, cv: f64) -> Made {
        positive(&[mean, cv])?;
        let shape = 1.0 / (cv * cv);
        Ok(Self(Shape::Gamma { shape, scale: mean / shape }))
    }

    /// Weibull with this shape and scale, both positive.
    ///
    /// # Errors
    /// When either is not finite or not positive.
    pub fn weibull(shape: f64, scale: f64) -> Made {
        positive(&[shape, scale])?;
        Ok(Self(Shape::Weibull { shape, scale }))
    }

    /// Triangular, `0 <= low <= mode <= high`, `low < high`.
    ///
    /// # Errors
    /// When the three are not finite, negative or not in order.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Made {
        ordered(low, mode, high)?;
        Ok(Self(Shape::Triangular { low, mode, high }))
    }

    /// PERT: the beta distribution over `low..high` with mean `(low + 4 mode + high) / 6`.
    ///
    /// # Errors
    /// When the three are not finite, negative or not in order.
    ///
    /// # Source
    /// D. G. Malcolm et al. (1959), Application of a technique for research and development program
    /// evaluation; weights of the usual form with lambda = 4.
    pub fn pert(low: f64, mode: f64, high: f64) -> Made {
        ordered(low, mode, high)?;
        let width = high - low;
        Ok(Self(Shape::Pert { low, high, a: 1.0 + 4.0 * (mode - low) / width, b: 1.0 + 4.0 * (high - mode) / width }))
    }

    /// Two kinds of exponential: mean `first` with chance `share`, else mean `second`.
    ///
    /// # Errors
    /// When a mean is not positive or the share is outside the open interval (0, 1).
    pub fn hyperexponential(share: f64, first: f64, second: f64) -> Made {
        positive(&[share, first, second, 1.0 - share])?;
        Ok(Self(Shape::Hyperexponential { share, first, second }))
    }

    /// Measured values, at least one, none negative; a draw lies between two neighbours in size.
    ///
    /// # Errors
    /// When there are no values, or one is not finite or negative.
    pub fn empirical(values: &[f64]) -> Made {
        finite(values)?;
        if values.is_empty() {
            return Err(DistributionError::NoValues);
        }
        if values.iter().any(|v| *v < 0.0) {
            return Err(DistributionError::NotPositive);
        }
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        Ok(Self(Shape::Empirical(sorted)))
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match &self.0 {
            Shape::Constant(value) => *value,
            Shape::Uniform { low, high } => 0.5 * (low + high),
            Shape::Exponential { mean } => *mean,
            Shape::ShiftedExponential { low, mean } => low + mean,
            Shape::LogNormal { mu, sigma } => exp(mu + 0.5 * sigma * sigma),
            Shape::Gamma { shape, scale } => shape * scale,
            Shape::Weibull { shape, scale } => scale * tgamma(1.0 + 1.0 / shape),
            Shape::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Shape::Pert { low, high, a, b } => low + (high - low) * a / (a + b),
            Shape::Hyperexponential { share, first, second } => share * first + (1.0 - share) * second,
            Shape::Empirical(values) => spans(values).map(|(a, b)| 0.5 * (a + b)).sum::<f64>() / n_spans(values),
        }
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        match &self.0 {
            Shape::Constant(_) => 0.0,
            Shape::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Shape::Exponential { mean } | Shape::ShiftedExponential { mean, .. } => mean * mean,
            Shape::LogNormal { mu, sigma } => expm1(sigma * sigma) * exp(2.0 * mu + sigma * sigma),
            Shape::Gamma { shape, scale } => shape * scale * scale,
            Shape::Weibull { shape, scale } => {
                let first = tgamma(1.0 + 1.0 / shape);
                scale * scale * (tgamma(1.0 + 2.0 / shape) - first * first)
            }
            Shape::Triangular { low, mode, high } => {
                (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18.0
            }
            Shape::Pert { low, high, a, b } => {
                let width = high - low;
                width * width * a * b / ((a + b) * (a + b) * (a + b + 1.0))
            }
            Shape::Hyperexponential { share, first, second } => {
                let square = 2.0 * (share * first * first + (1.0 - share) * second * second);
                square - self.mean() * self.mean()
            }
            Shape::Empirical(values) => {
                let square = spans(values).map(|(a, b)| (a * a + a * b + b * b) / 3.0).sum::<f64>() / n_spans(values);
                square - self.mean() * self.mean()
            }
        }
    }

    /// The chance that a draw is at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        if x < 0.0 {
            return 0.0;
        }
        match &self.0 {
            Shape::Constant(value) => f64::from(u8::from(x >= *value)),
            Shape::Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Shape::Exponential { mean } => -expm1(-x / mean),
            Shape::ShiftedExponential { low, mean } => -expm1(-(x - low).max(0.0) / mean),
            Shape::LogNormal { mu, sigma } => {
                if x > 0.0 {
                    crate::special::normal_cdf((log(x) - mu) / sigma)
                } else {
                    0.0
                }
            }
            Shape::Gamma { shape, scale } => crate::special::gamma_cdf(*shape, x / scale),
            Shape::Weibull { shape, scale } => -expm1(-pow(x / scale, *shape)),
            Shape::Triangular { low, mode, high } => {
                if x <= *low {
                    0.0
                } else if x >= *high {
                    1.0
                } else if x <= *mode {
                    (x - low) * (x - low) / ((high - low) * (mode - low))
                } else {
                    1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
                }
            }
            Shape::Pert { low, high, a, b } => crate::special::beta_cdf(*a, *b, (x - low) / (high - low)),
            Shape::Hyperexponential { share, first, second } => {
                -share * expm1(-x / first) - (1.0 - share) * expm1(-x / second)
            }
            Shape::Empirical(values) => empirical_cdf(values, x),
        }
    }
}

/// The pieces between neighbouring measured values; one piece of no width for a single value.
fn spans(values: &[f64]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let single = (values.len() == 1).then(|| (values[0], values[0]));
    values.windows(2).map(|w| (w[0], w[1])).chain(single)
}

fn n_spans(values: &[f64]) -> f64 {
    values.len().saturating_sub(1).max(1) as f64
}

fn empirical_cdf(values: &[f64], x: f64) -> f64 {
    let below = values.partition_point(|v| *v <= x);
    if below == 0 {
        return 0.0;
    }
    if below == values.len() {
        return 1.0;
    }
    let (a, b) = (values[below - 1], values[below]);
    ((below - 1) as f64 + (x - a) / (b - a)) / n_spans(values)
}
