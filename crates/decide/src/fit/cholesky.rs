//! The Cholesky factor of a small positive definite matrix.

/// The lower triangle `l` with `l * transposed(l) = matrix`, row by row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Cholesky {
    rows: Vec<Vec<f64>>,
}

impl Cholesky {
    /// Factors a symmetric matrix; none when it is not positive definite to working precision.
    ///
    /// A pivot below `1e-10` of its diagonal counts as zero: the columns behind it are one another's combinations.
    pub(super) fn new(matrix: &[Vec<f64>]) -> Option<Self> {
        let n = matrix.len();
        let mut rows = vec![vec![0.0; n]; n];
        for i in 0..n {
            for j in 0..=i {
                let known: f64 = (0..j).map(|k| rows[i][k] * rows[j][k]).sum();
                let rest = matrix[i][j] - known;
                if i == j {
                    if rest.is_nan() || rest <= 1e-10 * matrix[i][i].max(f64::MIN_POSITIVE) {
                        return None;
                    }
                    rows[i][i] = rest.sqrt();
                } else {
                    rows[i][j] = rest / rows[j][j];
                }
            }
        }
        Some(Self { rows })
    }

    /// Factors a covariance, in which some quantities may be others' combinations or not vary: these take no share of their own.
    pub(super) fn of_covariance(matrix: &[Vec<f64>]) -> Self {
        let n = matrix.len();
        let mut rows = vec![vec![0.0; n]; n];
        for j in 0..n {
            let rest = matrix[j][j] - rows[j][..j].iter().map(|v| v * v).sum::<f64>();
            if rest.is_nan() || rest <= 1e-10 * matrix[j][j].max(f64::MIN_POSITIVE) {
                continue;
            }
            rows[j][j] = rest.sqrt();
            for i in j + 1..n {
                let known: f64 = (0..j).map(|k| rows[i][k] * rows[j][k]).sum();
                rows[i][j] = (matrix[i][j] - known) / rows[j][j];
            }
        }
        Self { rows }
    }

    /// The `x` with `matrix * x = right`.
    pub(super) fn solve(&self, right: &[f64]) -> Vec<f64> {
        self.back(&self.forward(right))
    }

    /// The `y` with `l * y = right`; its square sum is `right * inverse(matrix) * right`.
    pub(super) fn forward(&self, right: &[f64]) -> Vec<f64> {
        let mut y = vec![0.0; right.len()];
        for i in 0..right.len() {
            let known: f64 = (0..i).map(|k| self.rows[i][k] * y[k]).sum();
            y[i] = (right[i] - known) / self.rows[i][i];
        }
        y
    }

    /// The `x` with `transposed(l) * x = y`; for independent standard normal `y` it has the covariance `inverse(matrix)`.
    pub(super) fn back(&self, y: &[f64]) -> Vec<f64> {
        let n = y.len();
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|k| self.rows[k][i] * x[k]).sum();
            x[i] = (y[i] - known) / self.rows[i][i];
        }
        x
    }

    /// `l * z`; for independent standard normal `z` it has the covariance `matrix`.
    pub(super) fn times(&self, z: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|row| row.iter().zip(z).map(|(l, z)| l * z).sum()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses() {
        let matrix = vec![vec![4.0, 2.0, 0.4], vec![2.0, 3.0, 0.1], vec![0.4, 0.1, 1.0]];
        let factor = Cholesky::new(&matrix).unwrap();
        let x = factor.solve(&[1.0, -2.0, 3.0]);
        for (row, right) in matrix.iter().zip([1.0, -2.0, 3.0]) {
            let left: f64 = row.iter().zip(&x).map(|(a, b)| a * b).sum();
            assert!((left - right).abs() < 1e-12);
        }
        let y = factor.forward(&[1.0, -2.0, 3.0]);
        assert_eq!(factor.back(&y), x);
        let back = factor.times(&y);
        assert!(back.iter().zip([1.0, -2.0, 3.0]).all(|(a, b)| (a - b).abs() < 1e-12));
        let twins = [vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 0.0], vec![0.0, 0.0, 0.0]];
        assert!(Cholesky::new(&twins).is_none());
        assert_eq!(Cholesky::of_covariance(&twins).times(&[2.0, 5.0, 7.0]), vec![2.0, 2.0, 0.0]);
    }
}
