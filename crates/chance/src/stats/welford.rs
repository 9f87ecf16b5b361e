//! Running mean and variance without loss of digits.

/// Counts, mean and variance of a stream of numbers.
///
/// # Source
/// B. P. Welford (1962), Note on a method for calculating corrected sums of squares and products;
/// merging: T. F. Chan, G. H. Golub, R. J. LeVeque (1979).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Welford {
    n: u64,
    mean: f64,
    squares: f64,
}

impl Welford {
    /// Of no numbers yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one number.
    pub fn add(&mut self, x: f64) {
        self.n += 1;
        let before = x - self.mean;
        self.mean += before / self.n as f64;
        self.squares += before * (x - self.mean);
    }

    /// Adds all numbers of another; the result depends on the order of merging in the last digits only,
    /// so merge by index.
    pub fn merge(&mut self, other: &Self) {
        if other.n == 0 {
            return;
        }
        let n = self.n + other.n;
        let gap = other.mean - self.mean;
        let share = other.n as f64 / n as f64;
        self.squares += other.squares + gap * gap * self.n as f64 * share;
        self.mean += gap * share;
        self.n = n;
    }

    /// How many numbers.
    #[must_use]
    pub const fn n(&self) -> u64 {
        self.n
    }

    /// Their mean, 0 for none.
    #[must_use]
    pub const fn mean(&self) -> f64 {
        self.mean
    }

    /// Their variance with divisor n - 1, 0 below two numbers.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.n < 2 { 0.0 } else { (self.squares / (self.n - 1) as f64).max(0.0) }
    }

    /// The standard error of the mean of independent numbers, infinite below two.
    #[must_use]
    pub fn standard_error(&self) -> f64 {
        if self.n < 2 { f64::INFINITY } else { (self.variance() / self.n as f64).sqrt() }
    }
}

impl FromIterator<f64> for Welford {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut all = Self::new();
        values.into_iter().for_each(|x| all.add(x));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_textbook_sums_and_merges() {
        let values: Vec<f64> = (0..100).map(|i| 1e9 + f64::from(i * i % 37)).collect();
        let mean = values.iter().map(|x| x - 1e9).sum::<f64>() / 100.0;
        let variance = values.iter().map(|x| (x - 1e9 - mean) * (x - 1e9 - mean)).sum::<f64>() / 99.0;
        let all: Welford = values.iter().copied().collect();
        let mut parts: Welford = values[..31].iter().copied().collect();
        parts.merge(&values[31..].iter().copied().collect());
        for w in [all, parts] {
            assert!((w.mean() - 1e9 - mean).abs() < 1e-6);
            assert!((w.variance() - variance).abs() < 1e-6 * variance);
        }
    }
}
