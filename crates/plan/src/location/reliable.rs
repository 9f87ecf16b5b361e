//! Sites that may fail, each with the same probability apart from the others; customers go to the nearest that stands.
//!
//! With the sites in order of their distance from a customer, `near(k)` the first `k` of them and `n(k)` how many of these are
//! open, serving costs `d(1) + sum over k of (d(k+1) - d(k)) * q^n(k)`, and `d` past the last site is the cost of not
//! being served. `q^n` is convex in `n`, so its straight line between whole numbers is too, and so is the whole as a function of
//! sites opened in part: this is what is cut. With `q = 0` it is the strong relaxation of uncapacitated location.
//!
//! # Source
//! Snyder and Daskin 2005, Reliability models for facility location: the expected failure cost case, Transportation Science
//! 39(3): the model and its two objectives. The form above is ours.
//!
//! # Not handled
//! Probabilities that differ from site to site, and failures that come together.

use super::Located;
use super::capacitated::LocationOptions;
use super::tree::{self, Serving};
use model::control::Control;

/// A location problem with sites that may fail.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliable {
    /// Cost of opening each site, `>= 0`.
    pub fixed: Vec<f64>,
    /// Demand of each customer, `>= 0`.
    pub demands: Vec<f64>,
    /// Cost of a unit of demand from a site, customers x sites, `>= 0`.
    pub distances: Vec<Vec<f64>>,
    /// Cost of a unit of demand of a customer that is not served, `>= 0`.
    pub unserved: Vec<f64>,
    /// Probability that a site fails, `0..1`; 0 leaves only the cost without failures.
    pub failure: f64,
}

/// What counts how much.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// Opening, and serving from the nearest open site.
    pub operating: f64,
    /// Serving in expectation over failures.
    pub failing: f64,
}

/// The function of one customer that the tree cuts.
pub(super) struct Customers<'a> {
    problem: &'a Reliable,
    weights: Weights,
    /// Sites in order of distance, by customer.
    near: Vec<Vec<usize>>,
}

impl<'a> Customers<'a> {
    pub(super) fn new(problem: &'a Reliable, weights: Weights) -> Self {
        let near = problem
            .distances
            .iter()
            .map(|row| {
                let mut sites: Vec<usize> = (0..row.len()).collect();
                sites.sort_by(|a, b| row[*a].total_cmp(&row[*b]).then(a.cmp(b)));
                sites
            })
            .collect();
        Self { problem, weights, near }
    }

    /// Weight of the rest of the way when `n` nearer sites are open.
    fn share(&self, n: usize) -> f64 {
        let first = if n == 0 { self.weights.operating } else { 0.0 };
        first + self.weights.failing * power(self.problem.failure, n)
    }

    /// Distance of the site after the nearest `k`, or the cost of not being served; never more than that.
    fn distance(&self, customer: usize, k: usize) -> f64 {
        let most = self.problem.unserved[customer];
        self.near[customer].get(k).map_or(most, |site| self.problem.distances[customer][*site].min(most))
    }

    /// Operating and failure cost of open sites, opening included in the first.
    pub(super) fn both(&self, open: &[bool]) -> (f64, f64) {
        let mut operating: f64 = open.iter().zip(&self.problem.fixed).filter(|(o, _)| **o).map(|(_, f)| f).sum();
        let mut failing = 0.0;
        for (customer, demand) in self.problem.demands.iter().enumerate() {
            let (mut standing, mut first) = (1.0, true);
            let mut cost = 0.0;
            for (k, _) in self.near[customer].iter().enumerate().filter(|(_, site)| open[**site]) {
                let distance = self.distance(customer, k);
                if first {
                    operating += demand * distance;
                    first = false;
                }
                cost += standing * (1.0 - self.problem.failure) * distance;
                standing *= self.problem.failure;
            }
            cost += standing * self.problem.unserved[customer];
            if first {
                operating += demand * self.problem.unserved[customer];
            }
            failing += demand * cost;
        }
        (operating, failing)
    }
}

fn power(q: f64, n: usize) -> f64 {
    (0..n).fold(1.0, |product, _| product * q)
}

impl Serving for Customers<'_> {
    fn n_groups(&self) -> usize {
        self.problem.demands.len()
    }

    fn cut(&self, group: usize, point: &[f64], slopes: &mut [f64]) -> f64 {
        let demand = self.problem.demands[group];
        let near = &self.near[group];
        slopes.fill(0.0);
        let all = self.weights.operating + self.weights.failing;
        let mut value = demand * all * self.distance(group, 0);
        let mut opened = 0.0;
        let mut steps = vec![0.0; near.len()];
        for (k, site) in near.iter().enumerate() {
            opened += point[*site];
            let farther = self.distance(group, k + 1) - self.distance(group, k);
            if farther <= 0.0 {
                continue;
            }
            let n = (opened + 1e-9).floor().max(0.0) as usize;
            let (here, next) = (self.share(n), self.share(n + 1));
            value += demand * farther * (here + (next - here) * (opened - n as f64));
            steps[k] = demand * farther * (next - here);
        }
        // A site counts in every step from its own place on.
        let mut sum = 0.0;
        for (k, site) in near.iter().enumerate().rev() {
            sum += steps[k];
            slopes[*site] = sum;
        }
        value
    }

    fn cost(&self, open: &[bool]) -> f64 {
        let mut sum = 0.0;
        for (customer, demand) in self.problem.demands.iter().enumerate() {
            let mut weight = self.share(0);
            let mut n = 0;
            let mut cost = 0.0;
            for (k, site) in self.near[customer].iter().enumerate() {
                if !open[*site] {
                    continue;
                }
                n += 1;
                let rest = self.share(n);
                cost += (weight - rest) * self.distance(customer, k);
                weight = rest;
                if weight <= 0.0 {
                    break;
                }
            }
            sum += demand * (cost + weight * self.problem.unserved[customer]);
        }
        sum
    }
}

/// Opens sites at least weighted cost; none when the solver failed. Work is counted in nodes.
#[must_use]
pub fn reliable(
    problem: &Reliable,
    weights: Weights,
    options: &LocationOptions,
    control: &Control<'_>,
) -> Option<Located> {
    from(problem, weights, &vec![true; problem.fixed.len()], options, control)
}

/// The same, looking first at sites near `start`.
pub(super) fn from(
    problem: &Reliable,
    weights: Weights,
    start: &[bool],
    options: &LocationOptions,
    control: &Control<'_>,
) -> Option<Located> {
    let customers = Customers::new(problem, weights);
    let fixed: Vec<f64> = problem.fixed.iter().map(|cost| cost * weights.operating).collect();
    tree::solve(&customers, &fixed, start, options, control)
}
