//! Each alternative on its own: mean, spread, bad tail, and what it costs to have been wrong.

use super::matrix::CostMatrix;
use chance::stats::{Welford, cvar_high, quantile};

/// What one alternative costs over all futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Regret {
    /// Mean cost.
    pub mean: f64,
    /// Standard error of the mean.
    pub error: f64,
    /// Cost that one future in twenty falls below.
    pub low: f64,
    /// Cost that one future in twenty exceeds.
    pub high: f64,
    /// Mean cost of the worst twentieth of the futures (CVaR at 95 %).
    pub tail: f64,
    /// Mean of cost less the least cost of any alternative in the same future.
    pub regret: f64,
    /// Largest of these.
    pub regret_max: f64,
    /// Share of futures in which no other alternative costs less.
    pub best_share: f64,
}

/// One entry per alternative.
///
/// # Source
/// Regret: L. J. Savage (1951), The theory of statistical decision, JASA 46. Tail: R. T. Rockafellar, S. Uryasev (2000),
/// Optimization of conditional value-at-risk, Journal of Risk 2(3).
#[must_use]
pub fn regrets(costs: &CostMatrix) -> Vec<Regret> {
    let least: Vec<f64> = costs.rows().iter().map(|r| r.iter().copied().fold(f64::INFINITY, f64::min)).collect();
    (0..costs.n_alternatives())
        .map(|at| {
            let mut column: Vec<f64> = costs.rows().iter().map(|row| row[at]).collect();
            let (mut cost, mut regret, mut regret_max, mut first) = (Welford::new(), Welford::new(), 0.0_f64, 0);
            for (own, least) in column.iter().zip(&least) {
                cost.add(*own);
                regret.add(own - least);
                regret_max = regret_max.max(own - least);
                first += usize::from(own <= least);
            }
            column.sort_by(f64::total_cmp);
            Regret {
                mean: cost.mean(),
                error: cost.standard_error(),
                low: quantile(&column, 0.05),
                high: quantile(&column, 0.95),
                tail: cvar_high(&column, 0.95),
                regret: regret.mean(),
                regret_max,
                best_share: first as f64 / column.len() as f64,
            }
        })
        .collect()
}
