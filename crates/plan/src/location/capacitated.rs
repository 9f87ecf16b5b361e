//! Sites with capacities: prices on customers, sites closed or opened by what the prices prove, a tree over the rest.
//!
//! A price for serving each customer splits the problem into one knapsack a site; with the sum of capacities kept, the rest is
//! a choice of sites. A site whose other state would cost more than the best known is fixed (screening). What the prices leave
//! open is branched on; with every site decided serving is a transport problem, solved exactly.
//!
//! # Source
//! Geoffrion and McBride 1978, Lagrangean relaxation applied to capacitated facility location problems, AIIE Transactions
//! 10(1); Beasley 1988, An algorithm for solving large capacitated warehouse location problems, European Journal of
//! Operational Research 33. Prices move as in Barahona and Anbil 2000, The volume algorithm, Mathematical Programming 87.

use super::Located;
use super::knapsack::{Served, choose, serve};
use super::transport::transport;
use model::control::Control;
use std::collections::BTreeMap;

/// Rounds of prices at the root and at other nodes.
const ROUNDS_ROOT: u32 = 900;
const ROUNDS_NODE: u32 = 60;
/// Rounds without a better bound after which steps are shortened.
const PATIENCE: u32 = 12;
/// Rounds between two tries of the sites the prices would open.
const TRY_EVERY: u32 = 12;

/// A capacitated location problem; customers may be served from several sites.
#[derive(Debug, Clone, PartialEq)]
pub struct Capacitated {
    /// Cost of opening each site, `>= 0`.
    pub fixed: Vec<f64>,
    /// Capacity of each site, `>= 0`.
    pub capacities: Vec<f64>,
    /// Demand of each customer, `>= 0`.
    pub demands: Vec<f64>,
    /// Cost of serving all of a customer's demand from a site, customers x sites.
    pub costs: Vec<Vec<f64>>,
}

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocationOptions {
    /// Relative gap at which the search may end, `0..`.
    pub gap: f64,
    /// Most nodes of the tree; the same on every machine.
    pub nodes_max: u64,
}

impl Default for LocationOptions {
    fn default() -> Self {
        Self { gap: 1e-4, nodes_max: 100_000 }
    }
}

struct Node {
    state: Vec<Option<bool>>,
    prices: Vec<f64>,
    bound: f64,
}

struct Search<'a> {
    problem: &'a Capacitated,
    options: &'a LocationOptions,
    by_site: Vec<Vec<f64>>,
    units: Vec<Vec<f64>>,
    demand: f64,
    known: BTreeMap<Vec<bool>, Option<f64>>,
    best: (f64, Vec<bool>),
    served: Vec<Served>,
}

/// Opens sites and serves all demand at least cost; none when the capacities do not suffice. Work is counted in nodes.
#[must_use]
pub fn capacitated(problem: &Capacitated, options: &LocationOptions, control: &Control<'_>) -> Option<Located> {
    let (m, n) = (problem.fixed.len(), problem.demands.len());
    let units = (0..n).map(|i| problem.costs[i].iter().map(|c| c / problem.demands[i].max(1e-300)).collect()).collect();
    let mut search = Search {
        problem,
        options,
        by_site: (0..m).map(|j| (0..n).map(|i| problem.costs[i][j]).collect()).collect(),
        units,
        demand: problem.demands.iter().sum(),
        known: BTreeMap::new(),
        best: (f64::INFINITY, vec![true; m]),
        served: vec![Served::default(); m],
    };
    search.try_open(&vec![true; m]);
    if !search.best.0.is_finite() {
        return None;
    }
    let prices = (0..n).map(|i| cheapest_two(&problem.costs[i])).collect();
    let mut open = vec![Node { state: vec![None; m], prices, bound: f64::NEG_INFINITY }];
    let (mut nodes, mut bound) = (0, f64::NEG_INFINITY);
    while let Some(at) = (0..open.len()).min_by(|a, b| open[*a].bound.total_cmp(&open[*b].bound).then(a.cmp(b))) {
        bound = open[at].bound.max(bound);
        if search.is_close(open[at].bound) {
            return Some(search.found(open[at].bound, nodes));
        }
        if nodes >= options.nodes_max || !control.work(1) {
            return Some(search.found(open[at].bound, nodes));
        }
        let node = open.swap_remove(at);
        nodes += 1;
        open.extend(search.expand(node, if nodes == 1 { ROUNDS_ROOT } else { ROUNDS_NODE }));
    }
    let cost = search.best.0;
    Some(search.found(cost * (1.0 - options.gap), nodes))
}

/// The second cheapest way to serve a customer: where prices start.
fn cheapest_two(costs: &[f64]) -> f64 {
    let (mut first, mut second) = (f64::INFINITY, f64::INFINITY);
    for cost in costs {
        if *cost < first {
            (first, second) = (*cost, first);
        } else if *cost < second {
            second = *cost;
        }
    }
    if second.is_finite() { second } else { first }
}

impl Search<'_> {
    fn found(&self, bound: f64, nodes: u64) -> Located {
        Located { open: self.best.1.clone(), cost: self.best.0, bound: bound.min(self.best.0), nodes }
    }

    fn is_close(&self, bound: f64) -> bool {
        self.best.0 - bound <= self.options.gap * self.best.0.abs()
    }

    /// Serves from the open sites exactly; sites that then serve nobody still cost.
    fn try_open(&mut self, open: &[bool]) -> Option<f64> {
        if let Some(known) = self.known.get(open) {
            return *known;
        }
        let sites: Vec<usize> = (0..open.len()).filter(|j| open[*j]).collect();
        let capacities: Vec<f64> = sites.iter().map(|j| self.problem.capacities[*j]).collect();
        let unit: Vec<Vec<f64>> = self.units.iter().map(|row| sites.iter().map(|j| row[*j]).collect()).collect();
        let fixed: f64 = sites.iter().map(|j| self.problem.fixed[*j]).sum();
        let cost = transport(&unit, &self.problem.demands, &capacities).map(|c| c + fixed);
        self.known.insert(open.to_vec(), cost);
        if let Some(cost) = cost.filter(|c| *c < self.best.0) {
            self.best = (cost, open.to_vec());
        }
        cost
    }

    /// Adds and drops single sites that are not decided, while that helps.
    fn improve(&mut self, state: &[Option<bool>]) {
        loop {
            let (cost, open) = self.best.clone();
            for j in (0..open.len()).filter(|j| state[*j].is_none()) {
                let mut other = open.clone();
                other[j] = !other[j];
                self.try_open(&other);
            }
            if self.best.0 >= cost {
                return;
            }
        }
    }

    /// Least cost at prices, with what each site is worth and which are opened.
    fn value(&mut self, node: &Node, values: &mut [f64], open: &mut [f64]) -> Option<f64> {
        for (j, value) in values.iter_mut().enumerate() {
            if node.state[j] == Some(false) {
                *value = f64::INFINITY;
                continue;
            }
            let capacity = self.problem.capacities[j];
            serve(&self.by_site[j], &node.prices, &self.problem.demands, capacity, &mut self.served[j]);
            *value = self.problem.fixed[j] + self.served[j].value;
        }
        Some(
            choose(values, &self.problem.capacities, self.demand, &node.state, open)? + node.prices.iter().sum::<f64>(),
        )
    }

    /// Moves prices, fixes what they prove, and splits on the site they agree on least; nothing when the node is closed.
    fn expand(&mut self, mut node: Node, rounds: u32) -> Vec<Node> {
        let (m, n) = (node.state.len(), node.prices.len());
        let (mut values, mut open) = (vec![0.0; m], vec![0.0; m]);
        let (mut mean, mut way) = (vec![0.0; m], vec![0.0; n]);
        let mut best_prices = node.prices.clone();
        let (mut top, mut stale, mut scale) = (f64::NEG_INFINITY, 0, if rounds == ROUNDS_ROOT { 1.0 } else { 0.3 });
        for round in 0..rounds {
            let Some(value) = self.value(&node, &mut values, &mut open) else {
                return Vec::new();
            };
            if value > top {
                if value > top + 1e-6 * top.abs() {
                    stale = 0;
                }
                top = value;
                best_prices.clone_from(&node.prices);
            }
            node.bound = node.bound.max(value);
            if round % TRY_EVERY == 0 {
                let set: Vec<bool> = open.iter().map(|y| *y > 0.0).collect();
                self.try_open(&set);
            }
            if self.is_close(node.bound) {
                return Vec::new();
            }
            self.screen(&mut node.state, &values, &open, value);
            stale += 1;
            if stale >= PATIENCE {
                (scale, stale) = (scale * 0.66, 0);
                node.prices.clone_from(&best_prices);
            }
            if scale < 0.002 {
                break;
            }
            let fresh = if round == 0 { 1.0 } else { 0.15 };
            for (mean, now) in mean.iter_mut().zip(&open) {
                *mean += fresh * (now - *mean);
            }
            self.step(&mut node.prices, &mut way, &open, scale, value, round == 0);
        }
        if rounds == ROUNDS_ROOT {
            self.improve(&node.state);
        }
        node.prices = best_prices;
        self.split(node, &mean)
    }

    /// Raises prices of customers served too little and lowers those served twice.
    fn step(&self, prices: &mut [f64], way: &mut [f64], open: &[f64], scale: f64, value: f64, first: bool) {
        let mut missing = vec![1.0; prices.len()];
        for (served, share) in self.served.iter().zip(open).filter(|(_, share)| **share > 0.0) {
            for (customer, part) in &served.shares {
                missing[*customer as usize] -= share * part;
            }
        }
        let mut norm = 0.0;
        for (way, now) in way.iter_mut().zip(&missing) {
            *way = if first { *now } else { 0.35 * now + 0.65 * *way };
            norm += *way * *way;
        }
        if norm <= 1e-12 {
            return;
        }
        let step = scale * (self.best.0 - value).max(1e-9 * self.best.0.abs()) / norm;
        prices.iter_mut().zip(way.iter()).for_each(|(price, way)| *price += step * way);
    }

    /// Fixes sites whose other state costs more than the best known.
    fn screen(&self, state: &mut [Option<bool>], values: &[f64], open: &[f64], value: f64) {
        let limit = self.best.0 * (1.0 - self.options.gap);
        let chosen: f64 = open.iter().zip(values).filter(|(y, _)| **y > 0.0).map(|(y, v)| y * v).sum();
        let rest = value - chosen;
        let mut other = vec![0.0; open.len()];
        for j in 0..state.len() {
            if state[j].is_some()
                || (open[j] == 0.0 && value + values[j] <= limit)
                || (open[j] > 0.0 && value - values[j] <= limit && values[j] <= 0.0)
            {
                continue;
            }
            let mut tried = state.to_vec();
            tried[j] = Some(open[j] == 0.0);
            let would = choose(values, &self.problem.capacities, self.demand, &tried, &mut other);
            if would.is_none_or(|sum| sum + rest > limit) {
                state[j] = Some(open[j] > 0.0);
            }
        }
    }

    fn split(&mut self, node: Node, mean: &[f64]) -> Vec<Node> {
        let free = (0..mean.len()).filter(|j| node.state[*j].is_none());
        let doubt = |j: &usize| (mean[*j] - 0.5).abs();
        let Some(site) = free.min_by(|a, b| doubt(a).total_cmp(&doubt(b)).then(a.cmp(b))) else {
            // Every site is decided: the transport problem says what it costs.
            let set: Vec<bool> = node.state.iter().map(|s| *s == Some(true)).collect();
            self.try_open(&set);
            return Vec::new();
        };
        [true, false]
            .into_iter()
            .map(|side| {
                let mut state = node.state.clone();
                state[site] = Some(side);
                Node { state, prices: node.prices.clone(), bound: node.bound }
            })
            .collect()
    }
}
