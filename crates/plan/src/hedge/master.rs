//! The first stage with what is known of the futures: cuts from below on the cost of each, and its tail.
//!
//! Minimise `c x + (1 - w) sum of p[f] theta[f] + w (eta + sum of p[f] z[f] / share)` with `z[f] >= theta[f] - eta`,
//! `z >= 0`: the expected cost, and with weight `w` the mean of the worst `share` of the futures (CVaR). The rules of the
//! undisturbed ring have a `theta` that is nothing, so that their cuts say which first stages cannot keep them.
//!
//! # Source
//! Rockafellar and Uryasev 2000, Optimization of conditional value-at-risk, Journal of Risk 2(3), theorem 1.

use super::split::{First, Recourse, Role};
use super::workers::Answer;
use crate::lp::{Col, ColData, Highs, Limits, Program, Solved, Solver, Warm};
use model::control::Control;
use model::results::hedge::Tail;

/// The first stage and the cuts found so far, as a program that grows.
pub(crate) struct Master {
    program: Program,
    warm: Option<Warm>,
    /// Columns of the first stage come first.
    n_first: usize,
    theta: Vec<Theta>,
    pub(crate) cuts: usize,
}

/// The cost of some futures together: its column, and each of them with its share.
struct Theta {
    col: Col,
    of: Vec<(usize, f64)>,
}

/// Most columns for the cost of futures; more futures share them, because a master with a cut for each is slow.
const THETAS_MAX: usize = 40;

/// What is less than this counts as nothing at a relaxed point: the solver's noise would become tiny bounds of the futures.
const NOTHING: f64 = 1e-9;

/// A first stage that solves the master, and the least of the objective that follows.
pub(crate) struct Proposal {
    pub(crate) point: Vec<f64>,
    /// What the master believes that the futures behind each of its columns cost.
    pub(crate) believed: Vec<f64>,
    pub(crate) bound: f64,
    /// Of the relaxation: what the objective rises by at least for each unit of a first-stage column.
    pub(crate) reduced: Vec<f64>,
}

impl Master {
    /// The master without cuts; `least` bounds the cost of each future from below, whatever the first stage.
    pub(crate) fn new(first: &First, futures: &[Recourse], least: &[f64], tail: &Tail) -> Self {
        let mut program = first.program.clone();
        let mut theta = Vec::new();
        for of in groups(futures, tail) {
            let low: f64 = of.iter().map(|(at, share)| share * least[*at]).sum();
            let weight: f64 = of.iter().map(|(at, _)| futures[*at].weight()).sum();
            let col = match futures[of[0].0].role {
                Role::Future(_) => program.real(weight * (1.0 - tail.weight), low, f64::INFINITY),
                Role::Rules => program.real(0.0, 0.0, 0.0),
            };
            theta.push(Theta { col, of });
        }
        if tail.weight > 0.0 {
            let columns: Vec<Col> = theta.iter().map(|t| t.col).collect();
            add_tail(&mut program, futures, &columns, tail);
        }
        let warm = Warm::new(&program);
        Self { program, warm, n_first: first.keys.len(), theta, cuts: 0 }
    }

    /// A proposal of which the master knows nothing, so that all its cuts are new.
    pub(crate) fn nothing_known(&self, point: Vec<f64>) -> Proposal {
        Proposal {
            point,
            believed: vec![f64::NEG_INFINITY; self.theta.len()],
            bound: f64::NEG_INFINITY,
            reduced: Vec::new(),
        }
    }

    /// Takes in what futures answered at a point; says how many cuts the proposal did not know.
    pub(crate) fn learn(&mut self, answers: &[Answer], point: &[f64], proposal: &Proposal) -> usize {
        let mut new = 0;
        for (theta, believed) in self.theta.iter().zip(&proposal.believed) {
            let (mut constant, mut slopes) = (0.0, vec![0.0; self.n_first]);
            for (at, share) in &theta.of {
                constant += share * answers[*at].constant(point);
                answers[*at].slopes.iter().for_each(|(col, slope)| slopes[col.index()] += share * slope);
            }
            let here: f64 = constant + slopes.iter().zip(&proposal.point).map(|(slope, x)| slope * x).sum::<f64>();
            if here <= believed + 1e-7 * (1.0 + here.abs()) {
                continue;
            }
            new += 1;
            let used = slopes.iter().enumerate().filter(|(_, slope)| slope.abs() > 1e-9);
            let mut terms: Vec<(Col, f64)> = used.map(|(at, slope)| (Col::from_index(at), -slope)).collect();
            terms.push((theta.col, 1.0));
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
        let Solved { objective, columns, mut reduced, .. } = self.warm.as_mut()?.solve()?;
        reduced.truncate(self.n_first);
        let proposal = self.proposal(columns, objective, |value, data| {
            if value.abs() < NOTHING { 0.0 } else { value }.clamp(data.low, data.high)
        });
        Some(Proposal { reduced, ..proposal })
    }

    /// Solves with whole sites, lines and people, as far as the limit of iterations allows, some columns left at nothing.
    ///
    /// The bound holds for the first stages that leave these columns at nothing.
    pub(crate) fn whole(&self, left_out: &[usize], limits: Limits, control: &Control<'_>) -> (Option<Proposal>, f64) {
        let start = limits.start.map(|point| {
            let mut all = vec![0.0; self.program.cols().len()];
            all[..self.n_first].copy_from_slice(&point[..self.n_first]);
            all
        });
        let mut program = self.program.clone();
        for at in left_out {
            program.set_bounds(Col::from_index(*at), 0.0, 0.0);
        }
        let answer = Highs.solve(&program, &Limits { start, ..limits }, control);
        let bound = answer.bound;
        let whole =
            |value: f64, data: &ColData| if data.whole { value.round() } else { value.clamp(data.low, data.high) };
        (answer.point.map(|columns| self.proposal(columns, bound, whole)), bound)
    }

    fn proposal(&self, columns: Vec<f64>, bound: f64, clean: impl Fn(f64, &ColData) -> f64) -> Proposal {
        let believed = self.theta.iter().map(|theta| columns[theta.col.index()]).collect();
        let mut point = columns;
        point.truncate(self.n_first);
        for (value, data) in point.iter_mut().zip(self.program.cols()) {
            *value = clean(*value, data);
        }
        Proposal { point, believed, bound, reduced: Vec::new() }
    }
}

/// Futures that share a column, each with its share of their weight; with a tail each has its own, and so have the rules.
fn groups(futures: &[Recourse], tail: &Tail) -> Vec<Vec<(usize, f64)>> {
    let real: Vec<usize> = (0..futures.len()).filter(|at| futures[*at].role != Role::Rules).collect();
    let n = if tail.weight > 0.0 { real.len() } else { real.len().min(THETAS_MAX) };
    let mut groups: Vec<Vec<(usize, f64)>> = vec![Vec::new(); n];
    for (at, future) in real.iter().enumerate() {
        groups[at % n].push((*future, futures[*future].weight()));
    }
    for group in &mut groups {
        let (weight, count) = (group.iter().map(|(_, w)| w).sum::<f64>(), group.len() as f64);
        group.iter_mut().for_each(|(_, w)| *w = if weight > 0.0 { *w / weight } else { 1.0 / count });
    }
    groups.extend((0..futures.len()).filter(|at| futures[*at].role == Role::Rules).map(|at| vec![(at, 1.0)]));
    groups
}

/// Adds the mean of the worst futures to a program with a column for the cost of each.
pub(crate) fn add_tail(program: &mut Program, futures: &[Recourse], theta: &[Col], tail: &Tail) {
    let eta = program.real(tail.weight, f64::NEG_INFINITY, f64::INFINITY);
    for (future, col) in futures.iter().zip(theta) {
        let Role::Future(weight) = future.role else { continue };
        let beyond = program.real(tail.weight * weight / tail.share, 0.0, f64::INFINITY);
        program.row(0.0, f64::INFINITY, [(beyond, 1.0), (eta, 1.0), (*col, -1.0)]);
    }
}
