//! The special functions behind the distributions: normal, incomplete gamma, incomplete beta, Student t.
//!
//! All stand on `libm`, so that every machine gets the same bits.

use libm::{erfc, exp, lgamma, log, sqrt};

const TINY: f64 = 1e-300;
const EPS: f64 = 1e-16;

/// The chance that a standard normal number is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> f64 {
    0.5 * erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

/// The standard normal number that lies above a share `p` of all, for `0 < p < 1`.
///
/// # Source
/// Start: M. Abramowitz, I. Stegun (1964), 26.2.23 (error below 4.5e-4); then three Halley steps on
/// the distribution function, which leave rounding error only.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    if p > 0.5 {
        return -normal_quantile(1.0 - p);
    }
    let t = sqrt(-2.0 * log(p.max(TINY)));
    let top = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let bottom = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut x = -(t - top / bottom);
    for _ in 0..3 {
        let density = exp(-0.5 * x * x) * 0.398_942_280_401_432_7;
        if density < TINY {
            break;
        }
        let step = (normal_cdf(x) - p) / density;
        x -= step / (1.0 + 0.5 * x * step);
    }
    x
}

/// The derivative of the logarithm of the gamma function, for `a > 0`.
///
/// # Source
/// M. Abramowitz, I. Stegun (1964), 6.3.5 up to 8 and the series 6.3.18 beyond.
#[must_use]
pub fn digamma(a: f64) -> f64 {
    let (mut a, mut sum) = (a, 0.0);
    while a < 8.0 {
        sum -= 1.0 / a;
        a += 1.0;
    }
    let r = 1.0 / (a * a);
    sum + log(a) - 0.5 / a - r * (1.0 / 12.0 - r * (1.0 / 120.0 - r * (1.0 / 252.0 - r * (1.0 / 240.0 - r / 132.0))))
}

/// The derivative of [`digamma`].
///
/// # Source
/// M. Abramowitz, I. Stegun (1964), 6.4.6 up to 8 and the series 6.4.12 beyond.
#[must_use]
pub fn trigamma(a: f64) -> f64 {
    let (mut a, mut sum) = (a, 0.0);
    while a < 8.0 {
        sum += 1.0 / (a * a);
        a += 1.0;
    }
    let r = 1.0 / (a * a);
    sum + 1.0 / a + 0.5 * r + r / a * (1.0 / 6.0 - r * (1.0 / 30.0 - r * (1.0 / 42.0 - r / 30.0)))
}

/// The regularised lower incomplete gamma function P(a, x), for `a > 0`, `x >= 0`.
///
/// # Source
/// Series for `x < a + 1`, Lentz's continued fraction beyond: M. Abramowitz, I. Stegun (1964), 6.5.29
/// and 6.5.31.
#[must_use]
pub fn gamma_cdf(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let front = exp(a * log(x) - x - lgamma(a));
    if x < a + 1.0 {
        let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
        while term > sum * EPS {
            n += 1.0;
            term *= x / n;
            sum += term;
        }
        return (sum * front).min(1.0);
    }
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut h = d;
    for i in 1..10_000 {
        let i = f64::from(i);
        let an = -i * (i - a);
        b += 2.0;
        d = 1.0 / guard(an * d + b);
        c = guard(b + an / c);
        h *= d * c;
        if (d * c - 1.0).abs() < EPS {
            break;
        }
    }
    (1.0 - front * h).max(0.0)
}

/// The regularised incomplete beta function I_x(a, b), for `a, b > 0` and `0 <= x <= 1`.
///
/// # Source
/// Lentz's continued fraction: NIST Digital Library of Mathematical Functions, 8.17.22.
#[must_use]
pub fn beta_cdf(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_cdf(b, a, 1.0 - x);
    }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1.0 - x)) / a;
    let mut c = 1.0;
    let mut d = 1.0 / guard(1.0 - (a + b) * x / (a + 1.0));
    let mut h = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / guard(1.0 + even * d);
        c = guard(1.0 + even / c);
        h *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / guard(1.0 + odd * d);
        c = guard(1.0 + odd / c);
        h *= d * c;
        if (d * c - 1.0).abs() < EPS {
            break;
        }
    }
    front * h
}

/// The number below which a Student t variable with `freedom` degrees stays with chance `p`, `0 < p < 1`.
///
/// # Source
/// The t distribution through the incomplete beta function: NIST handbook 1.3.6.6.4; inverted here by bisection.
#[must_use]
pub fn student_quantile(p: f64, freedom: f64) -> f64 {
    if p < 0.5 {
        return -student_quantile(1.0 - p, freedom);
    }
    let above = |t: f64| 0.5 * beta_cdf(0.5 * freedom, 0.5, freedom / (freedom + t * t));
    let tail = 1.0 - p;
    let (mut low, mut high) = (0.0, 1.0);
    while above(high) > tail && high < 1e12 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if above(middle) > tail {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// Solves `cdf(x) = p` for a rising `cdf` on `[low, high]`: Newton inside a shrinking bracket.
///
/// `start` is a guess; `density` the derivative. Ends when the bracket or the step is below rounding.
pub(crate) fn invert(
    cdf: impl Fn(f64) -> f64,
    density: impl Fn(f64) -> f64,
    p: f64,
    bracket: (f64, f64),
    start: f64,
) -> f64 {
    let (mut low, mut high) = bracket;
    while cdf(high) < p && high < 1e200 {
        low = high;
        high = high * 2.0 + 1e-12;
    }
    let mut x = if start > low && start < high { start } else { 0.5 * (low + high) };
    for _ in 0..200 {
        let miss = cdf(x) - p;
        if miss > 0.0 {
            high = x;
        } else {
            low = x;
        }
        let newton = x - miss / density(x);
        let next = if newton > low && newton < high { newton } else { 0.5 * (low + high) };
        if (next - x).abs() <= 1e-14 * x.abs() || high - low <= 1e-15 * high {
            return next;
        }
        x = next;
    }
    x
}

fn guard(x: f64) -> f64 {
    if x.abs() < TINY { TINY } else { x }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1e-30), "{a} {b}");
    }

    #[test]
    fn normal_quantiles_match_printed_tables() {
        near(normal_quantile(0.975), 1.959_963_984_540_054, 1e-13);
        near(normal_quantile(0.995), 2.575_829_303_548_901, 1e-13);
        near(normal_quantile(1e-10), -6.361_340_902_404_056, 1e-11);
        assert!(normal_quantile(0.5).abs() < 1e-15);
    }

    #[test]
    fn gamma_agrees_with_erlang_sums() {
        // P(3, x) = 1 - e^-x (1 + x + x^2/2)
        for x in [0.1, 1.0, 3.9, 4.1, 10.0, 30.0f64] {
            let erlang = 1.0 - exp(-x) * (1.0 + x + 0.5 * x * x);
            near(gamma_cdf(3.0, x), erlang, 1e-10);
        }
        near(gamma_cdf(0.5, 0.8), libm::erf(sqrt(0.8)), 1e-13);
    }

    #[test]
    fn beta_agrees_with_binomial_sums() {
        // I_x(2, 3) = 6x^2 - 8x^3 + 3x^4
        for x in [0.05, 0.3, 0.5, 0.77, 0.99f64] {
            let exact = 6.0 * x * x - 8.0 * x * x * x + 3.0 * x * x * x * x;
            near(beta_cdf(2.0, 3.0, x), exact, 1e-12);
        }
    }

    #[test]
    fn student_quantiles_match_printed_tables() {
        near(student_quantile(0.975, 1.0), 12.706_204_736_432_1, 1e-9);
        near(student_quantile(0.975, 9.0), 2.262_157_162_740_99, 1e-9);
        near(student_quantile(0.995, 29.0), 2.756_385_903_670_7, 1e-9);
        near(student_quantile(0.975, 1e7), 1.959_964, 1e-5);
    }

    #[test]
    fn the_derivatives_of_the_gamma_function_have_their_known_values() {
        let euler = 0.577_215_664_901_532_9;
        assert!((digamma(1.0) + euler).abs() < 1e-12 && (digamma(0.5) + euler + 2.0 * log(2.0)).abs() < 1e-12);
        let square = std::f64::consts::PI * std::f64::consts::PI;
        assert!((trigamma(1.0) - square / 6.0).abs() < 1e-10 && (trigamma(0.5) - square / 2.0).abs() < 1e-10);
    }
}
