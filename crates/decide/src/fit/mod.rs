//! Smooth functions fitted to values: least squares on polynomials, with their uncertainty.

mod cholesky;
mod polynomial;
mod surface;

pub use surface::{FitError, Surface, fit};
