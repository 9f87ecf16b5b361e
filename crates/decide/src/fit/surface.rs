//! Least squares of several outputs on one set of inputs, the degree chosen by leaving one out.

use super::cholesky::Cholesky;
use super::polynomial::Polynomials;
use thiserror::Error;

/// Highest degree in one input.
const DEGREE_MAX: usize = 8;
/// Observations that a term needs at least.
const PER_TERM: usize = 8;

/// Why nothing was fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum FitError {
    /// Fewer than sixteen observations.
    #[error("at least sixteen observations are needed")]
    TooFew,
    /// A number is not finite, or inputs and outputs differ in length.
    #[error("inputs and outputs must be finite and of one length")]
    Shape,
}

/// Functions fitted to outputs over inputs: one row of `fitted` per observation, one value per output.
#[derive(Debug, Clone, PartialEq)]
pub struct Surface {
    /// Fitted value of each output at each observation: observations x outputs.
    pub fitted: Vec<Vec<f64>>,
    /// Terms of the fit, the constant included.
    pub n_terms: usize,
    basis: Basis,
    /// Outputs x terms.
    coefficients: Vec<Vec<f64>>,
    rows: Vec<Vec<f64>>,
    factor: Cholesky,
    /// Factor of the covariance of the residuals, outputs x outputs.
    spread: Cholesky,
}

#[derive(Debug, Clone, PartialEq)]
struct Basis {
    inputs: Vec<Polynomials>,
    degree: usize,
    crossed: bool,
}

impl Basis {
    fn row(&self, at: &[f64]) -> Vec<f64> {
        let single: Vec<Vec<f64>> = self.inputs.iter().zip(at).map(|(p, x)| p.at(*x)).collect();
        let mut row = vec![1.0];
        for values in &single {
            row.extend(values.iter().take(self.degree));
        }
        if self.crossed {
            for (i, a) in single.iter().enumerate() {
                for b in &single[i + 1..] {
                    row.extend(a.first().zip(b.first()).map(|(a, b)| a * b));
                }
            }
        }
        row
    }
}

/// Fits outputs (observations x outputs) over inputs (inputs x observations).
///
/// Terms are orthonormal polynomials of each input up to a common degree of at most 8 and, for two to six inputs, the
/// product of each pair. The degree is the one with the least squared error of leaving one observation out.
///
/// # Errors
/// [`FitError`].
///
/// # Cost
/// Observations x terms squared for each degree tried.
pub fn fit(inputs: &[Vec<f64>], outputs: &[Vec<f64>]) -> Result<Surface, FitError> {
    let n = outputs.len();
    if n < 2 * PER_TERM {
        return Err(FitError::TooFew);
    }
    let finite = |v: &Vec<f64>| v.iter().all(|x| x.is_finite());
    let width = outputs[0].len();
    if inputs.iter().any(|i| i.len() != n || !finite(i)) || outputs.iter().any(|o| o.len() != width || !finite(o)) {
        return Err(FitError::Shape);
    }
    let systems: Vec<Polynomials> = inputs.iter().map(|i| Polynomials::of(i, DEGREE_MAX)).collect();
    let crossed = (2..=6).contains(&inputs.len());
    let mut best: Option<(f64, Surface)> = None;
    for degree in 1..=DEGREE_MAX {
        let basis = Basis { inputs: systems.clone(), degree, crossed };
        let n_terms = basis.row(&vec![0.0; inputs.len()]).len();
        if degree > 1 && n_terms * PER_TERM > n {
            break;
        }
        let Some((error, surface)) = with_basis(basis, inputs, outputs) else { continue };
        if best.as_ref().is_none_or(|(least, _)| error < *least) {
            best = Some((error, surface));
        }
    }
    // Only a constant is left when no input varies.
    best.or_else(|| with_basis(Basis { inputs: Vec::new(), degree: 0, crossed: false }, inputs, outputs))
        .map(|(_, surface)| surface)
        .ok_or(FitError::Shape)
}

/// The fit in one basis and its mean squared error of leaving one out, each output in units of its own variance.
fn with_basis(basis: Basis, inputs: &[Vec<f64>], outputs: &[Vec<f64>]) -> Option<(f64, Surface)> {
    let n = outputs.len();
    let width = outputs[0].len();
    let at = |k: usize| inputs.iter().map(|i| i[k]).collect::<Vec<f64>>();
    let rows: Vec<Vec<f64>> = (0..n).map(|k| basis.row(&at(k))).collect();
    let n_terms = rows[0].len();
    let mut normal = vec![vec![0.0; n_terms]; n_terms];
    let mut right = vec![vec![0.0; n_terms]; width];
    for (row, output) in rows.iter().zip(outputs) {
        for (i, a) in row.iter().enumerate() {
            normal[i].iter_mut().zip(row).for_each(|(cell, b)| *cell += a * b);
            right.iter_mut().zip(output).for_each(|(cells, y)| cells[i] += a * y);
        }
    }
    let factor = Cholesky::new(&normal)?;
    let coefficients: Vec<Vec<f64>> = right.iter().map(|r| factor.solve(r)).collect();
    let fitted: Vec<Vec<f64>> = rows.iter().map(|row| coefficients.iter().map(|c| dot(c, row)).collect()).collect();
    let mut covariance = vec![vec![0.0; width]; width];
    let mut left_out = vec![0.0; width];
    for ((row, output), smooth) in rows.iter().zip(outputs).zip(&fitted) {
        let lever: f64 = factor.forward(row).iter().map(|v| v * v).sum();
        let rest: Vec<f64> = output.iter().zip(smooth).map(|(y, f)| y - f).collect();
        for i in 0..width {
            left_out[i] += square(rest[i] / (1.0 - lever).max(1e-9));
            covariance[i].iter_mut().zip(&rest).for_each(|(cell, other)| *cell += rest[i] * other);
        }
    }
    let freedom = (n - n_terms.min(n - 1)) as f64;
    covariance.iter_mut().flatten().for_each(|cell| *cell /= freedom);
    let error = (0..width).map(|i| left_out[i] / variance(outputs, i).max(f64::MIN_POSITIVE)).sum();
    let spread = Cholesky::of_covariance(&covariance);
    Some((error, Surface { fitted, n_terms, basis, coefficients, rows, factor, spread }))
}

impl Surface {
    /// The fitted outputs at any inputs.
    #[must_use]
    pub fn at(&self, inputs: &[f64]) -> Vec<f64> {
        let row = self.basis.row(inputs);
        self.coefficients.iter().map(|c| dot(c, &row)).collect()
    }

    /// Fitted values as they might as well have come out: coefficients moved within their uncertainty.
    ///
    /// `normal` gives independent standard normal numbers. Outputs are taken to be correlated as their residuals are.
    pub fn redrawn(&self, normal: &mut dyn FnMut() -> f64) -> Vec<Vec<f64>> {
        let width = self.coefficients.len();
        let free: Vec<Vec<f64>> = (0..width)
            .map(|_| {
                let z: Vec<f64> = (0..self.n_terms).map(|_| normal()).collect();
                self.factor.back(&z)
            })
            .collect();
        let moved: Vec<Vec<f64>> =
            (0..self.n_terms).map(|t| self.spread.times(&free.iter().map(|f| f[t]).collect::<Vec<f64>>())).collect();
        self.rows
            .iter()
            .zip(&self.fitted)
            .map(|(row, fitted)| {
                (0..width)
                    .map(|o| fitted[o] + row.iter().zip(&moved).map(|(value, term)| value * term[o]).sum::<f64>())
                    .collect()
            })
            .collect()
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn square(x: f64) -> f64 {
    x * x
}

fn variance(outputs: &[Vec<f64>], at: usize) -> f64 {
    let n = outputs.len() as f64;
    let mean = outputs.iter().map(|o| o[at]).sum::<f64>() / n;
    outputs.iter().map(|o| square(o[at] - mean)).sum::<f64>() / n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(i: i32, step: f64) -> f64 {
        (f64::from(i) * step).rem_euclid(1.0)
    }

    #[test]
    fn a_polynomial_is_found_again_and_extended() {
        let x: Vec<f64> = (0..200).map(|i| wave(i, 0.618_034)).collect();
        let y: Vec<f64> = (0..200).map(|i| wave(i, 0.754_878)).collect();
        let f = |x: f64, y: f64| vec![2.0 + 3.0 * x - x * x * x + 4.0 * x * y, 1.0 - y * y];
        let outputs: Vec<Vec<f64>> = x.iter().zip(&y).map(|(x, y)| f(*x, *y)).collect();
        let surface = fit(&[x, y], &outputs).unwrap();
        for (x, y) in [(0.1, 0.9), (0.5, 0.5), (0.77, 0.2)] {
            let (is, said) = (f(x, y), surface.at(&[x, y]));
            assert!(is.iter().zip(&said).all(|(a, b)| (a - b).abs() < 1e-8), "{is:?} {said:?}");
        }
    }

    #[test]
    fn what_has_nothing_to_do_with_the_input_is_fitted_by_little() {
        let x: Vec<f64> = (0..2000).map(|i| wave(i, 0.618_034)).collect();
        let noise: Vec<Vec<f64>> = (0..2000).map(|i| vec![wave(i * i % 7919, 0.754_878)]).collect();
        let surface = fit(&[x], &noise).unwrap();
        let mean = noise.iter().map(|r| r[0]).sum::<f64>() / 2000.0;
        let moved = surface.fitted.iter().map(|r| square(r[0] - mean)).sum::<f64>() / 2000.0;
        assert!(moved < 0.02 * variance(&noise, 0), "{moved}");
    }

    #[test]
    fn shapes_and_constants_are_minded() {
        let ten = vec![vec![1.0]; 10];
        assert_eq!(fit(&[vec![0.0; 10]], &ten).err(), Some(FitError::TooFew));
        let many = vec![vec![1.0]; 40];
        assert_eq!(fit(&[vec![0.0; 39]], &many).err(), Some(FitError::Shape));
        assert_eq!(fit(&[vec![f64::NAN; 40]], &many).err(), Some(FitError::Shape));
        let constant = fit(&[vec![3.0; 40]], &many).unwrap();
        assert_eq!(constant.n_terms, 1);
        assert!((constant.at(&[3.0])[0] - 1.0).abs() < 1e-12);
    }
}
