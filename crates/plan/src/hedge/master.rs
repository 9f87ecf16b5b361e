//! The first stage with what is known of the futures: cuts from below on the cost of each, and its tail.
//!
//! Minimise `c x + (1 - w) sum of p[f] theta[f] + w (eta + sum of p[f] z[f] / share)` with `z[f] >= theta[f] - eta`,
//! `z >= 0`: the expected cost, and with weight `w` the mean of the worst `share` of the futures (CVaR).
//!
//! # Source
//! Rockafellar and Uryasev 2000, Optimization of conditional value-at-risk, Journal of Risk 2(3), theorem 1.

use super::split::{First, Recourse};
use super::workers::Answer;
use super::{HedgeOptions, Tail};
use crate::lp::{Col, ColData, Highs, Limits, Program, Solved, Solver, Warm};
use model::control::Control;

/// The first stage and the cuts found so far, as a program that grows.
pub(crate) struct Master {
    program: Program,
    warm: Option<Warm>,
    /// Columns of the first stage come first.
    n_first: usize,
    theta: Vec<Col>,
    pub(crate) cuts: usize,
}

/// A first stage that solves the master, and the least of the objective that follows.
pub(crate) struct Proposal {
    pub(crate) point: Vec<f64>,
    /// What the master believes each future costs.
    pub(crate) believed: Vec<f64>,
    pub(crate) bound: f64,
}

impl Master {
    /// The master without cuts; `least` bounds the cost of each future from below, whatever the first stage.
    pub(crate) fn new(first: &First, futures: &[Recourse], least: &[f64], tail: &Tail) -> Self {
        let mut program = first.program.clone();
        let weights = futures.iter().map(|f| f.weight * (1.0 - tail.weight));
        let theta: Vec<Col> = weights.zip(least).map(|(w, low)| program.real(w, *low, f64::INFINITY)).collect();
        if tail.weight > 0.0 {
            add_tail(&mut program, futures, &theta, tail);
        }
        let warm = Warm::new(&program);
        Self { program, warm, n_first: first.keys.len(), theta, cuts: 0 }
    }

    /// Takes in what futures answered at a point; says how many cuts the proposal did not know.
    pub(crate) fn learn(&mut self, answers: &[Answer], point: &[f64], proposal: &Proposal) -> usize {
        let mut new = 0;
        for (future, answer) in answers.iter().enumerate() {
            let constant = answer.constant(point);
            let here: f64 =
                constant + answer.slopes.iter().map(|(c, slope)| slope * proposal.point[c.index()]).sum::<f64>();
            if here <= proposal.believed[future] + 1e-7 * (1.0 + here.abs()) {
                continue;
            }
            new += 1;
            let mut terms: Vec<(Col, f64)> = answer.slopes.iter().map(|(c, slope)| (*c, -slope)).collect();
            terms.retain(|(_, f)| f.abs() > 1e-9);
            terms.push((self.theta[future], 1.0));
            if let Some(warm) = &mut self.warm {
                warm.add_row(constant, f64::INFINITY, &terms);
            }
            self.program.row(constant, f64::INFINITY, terms);
        }
        self.cuts += new;
        new
    }

    /// Solves the relaxation.
    pub(crate) fn relaxed(&mut self) -> Option<Proposal> {
        let Solved { objective, columns, .. } = self.warm.as_mut()?.solve()?;
        Some(self.proposal(columns, objective, |value, data| value.clamp(data.low, data.high)))
    }

    /// Solves with whole sites, lines and people, as far as the limit of iterations allows.
    pub(crate) fn whole(
        &self,
        options: &HedgeOptions,
        start: Option<&[f64]>,
        control: &Control<'_>,
    ) -> (Option<Proposal>, f64) {
        let start = start.map(|point| {
            let mut all = vec![0.0; self.program.cols().len()];
            all[..self.n_first].copy_from_slice(&point[..self.n_first]);
            all
        });
        let limits = Limits { gap: options.gap / 4.0, iterations_max: options.iterations_max, start };
        let answer = Highs.solve(&self.program, &limits, control);
        let bound = answer.bound;
        let whole =
            |value: f64, data: &ColData| if data.whole { value.round() } else { value.clamp(data.low, data.high) };
        (answer.point.map(|columns| self.proposal(columns, bound, whole)), bound)
    }

    fn proposal(&self, columns: Vec<f64>, bound: f64, clean: impl Fn(f64, &ColData) -> f64) -> Proposal {
        let believed = self.theta.iter().map(|col| columns[col.index()]).collect();
        let mut point = columns;
        point.truncate(self.n_first);
        for (value, data) in point.iter_mut().zip(self.program.cols()) {
            *value = clean(*value, data);
        }
        Proposal { point, believed, bound }
    }
}

/// Adds the mean of the worst futures to a program with a column for the cost of each.
pub(crate) fn add_tail(program: &mut Program, futures: &[Recourse], theta: &[Col], tail: &Tail) {
    let eta = program.real(tail.weight, f64::NEG_INFINITY, f64::INFINITY);
    for (future, col) in futures.iter().zip(theta) {
        let beyond = program.real(tail.weight * future.weight / tail.share, 0.0, f64::INFINITY);
        program.row(0.0, f64::INFINITY, [(beyond, 1.0), (eta, 1.0), (*col, -1.0)]);
    }
}
