//! The cost of every alternative in every future.

use thiserror::Error;

/// Futures x alternatives: what each alternative costs in each future, the same futures for all.
#[derive(Debug, Clone, PartialEq)]
pub struct CostMatrix {
    rows: Vec<Vec<f64>>,
    n_alternatives: usize,
}

/// Why a table of costs is not one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MatrixError {
    /// No alternative or no future.
    #[error("at least one alternative and one future are needed")]
    Empty,
    /// Rows of different lengths.
    #[error("every future needs a cost for every alternative")]
    Ragged,
    /// A cost is not finite.
    #[error("every cost must be a finite number")]
    NotFinite,
}

impl CostMatrix {
    /// Takes rows of one length, one per future.
    ///
    /// # Errors
    /// [`MatrixError`].
    pub fn new(rows: Vec<Vec<f64>>) -> Result<Self, MatrixError> {
        let n_alternatives = rows.first().map_or(0, Vec::len);
        if n_alternatives == 0 {
            return Err(MatrixError::Empty);
        }
        if rows.iter().any(|row| row.len() != n_alternatives) {
            return Err(MatrixError::Ragged);
        }
        if rows.iter().flatten().any(|cost| !cost.is_finite()) {
            return Err(MatrixError::NotFinite);
        }
        Ok(Self { rows, n_alternatives })
    }

    /// Costs of one future after the other.
    #[must_use]
    pub fn rows(&self) -> &[Vec<f64>] {
        &self.rows
    }

    /// Number of futures, at least 1.
    #[must_use]
    pub fn n_futures(&self) -> usize {
        self.rows.len()
    }

    /// Number of alternatives, at least 1.
    #[must_use]
    pub fn n_alternatives(&self) -> usize {
        self.n_alternatives
    }

    /// Mean cost of each alternative.
    #[must_use]
    pub fn means(&self) -> Vec<f64> {
        means(&self.rows)
    }

    /// The alternative of least mean cost, the first of equals.
    #[must_use]
    pub fn best(&self) -> usize {
        least(&self.means())
    }
}

/// Column means of rows of one length.
pub(crate) fn means(rows: &[Vec<f64>]) -> Vec<f64> {
    let width = rows.first().map_or(0, Vec::len);
    let mut sums = vec![0.0; width];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += v);
    }
    sums.iter().map(|sum| sum / rows.len() as f64).collect()
}

/// Place of the smallest, the first of equals.
pub(crate) fn least(values: &[f64]) -> usize {
    let mut best = 0;
    for (at, value) in values.iter().enumerate() {
        if *value < values[best] {
            best = at;
        }
    }
    best
}

/// How much choosing row by row saves against the one best column: mean and standard error.
pub(super) fn saving(rows: &[Vec<f64>]) -> (f64, f64) {
    let best = least(&means(rows));
    let mut savings = chance::stats::Welford::new();
    for row in rows {
        savings.add(row[best] - row.iter().copied().fold(f64::INFINITY, f64::min));
    }
    (savings.mean(), savings.standard_error())
}
