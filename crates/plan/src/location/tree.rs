//! A tree over sites with cuts: what serving customers costs is a convex function of the sites, known by its slopes.
//!
//! The master holds a column for each site and one for the cost of each group of customers; a cut says that this cost is at
//! least its value at some point plus its slopes. HiGHS takes no cuts while it searches, so the tree is our own: each node
//! fixes sites, is solved from the basis of the last, and is cut until its point tells the truth.
//!
//! # Source
//! Fischetti, Ljubic and Sinnl 2017, Redesigning Benders decomposition for large-scale facility location, Management
//! Science 63(7): cuts from a separable convex recourse, moved half way to a kept point at the root.

use super::Located;
use super::capacitated::LocationOptions;
use crate::lp::{Col, Program, Solved, Warm};
use model::control::Control;
use std::collections::BTreeSet;

/// The cost of the first sites in the master's unit.
const UNITS: f64 = 1_000.0;
/// Rounds of cuts at the root and at other nodes.
const ROUNDS_ROOT: u32 = 300;
const ROUNDS_NODE: u32 = 40;

/// What serving costs, as the tree sees it.
pub(super) trait Serving {
    /// Groups of customers whose costs are cut apart.
    fn n_groups(&self) -> usize;
    /// Cost of a group at a point, and its slopes by site.
    fn cut(&self, group: usize, point: &[f64], slopes: &mut [f64]) -> f64;
    /// Cost of all groups with sites open or closed.
    fn cost(&self, open: &[bool]) -> f64;
}

struct Node {
    low: Vec<f64>,
    high: Vec<f64>,
    bound: f64,
}

struct Tree<'a, S> {
    serving: &'a S,
    fixed: &'a [f64],
    options: &'a LocationOptions,
    master: Warm,
    /// The master with all its cuts, to start afresh from should the solver lose its way.
    program: Program,
    /// Costs in the master are in this unit, so that the solver's tolerances fit them.
    unit: f64,
    sites: Vec<Col>,
    groups: Vec<Col>,
    kept: Vec<f64>,
    best: (f64, Vec<bool>),
    /// Sites that were tried before.
    tried: BTreeSet<Vec<bool>>,
}

/// Opens sites at least cost of opening and serving; none when the solver failed. Work is counted in nodes.
pub(super) fn solve<S: Serving>(
    serving: &S,
    fixed: &[f64],
    start: &[bool],
    options: &LocationOptions,
    control: &Control<'_>,
) -> Option<Located> {
    let begin: f64 = start.iter().zip(fixed).filter(|(open, _)| **open).map(|(_, cost)| cost).sum();
    let unit = ((begin + serving.cost(start)) / UNITS).max(1e-12);
    let mut program = Program::default();
    let sites: Vec<Col> = fixed.iter().map(|cost| program.real(cost / unit, 0.0, 1.0)).collect();
    let groups: Vec<Col> = (0..serving.n_groups()).map(|_| program.real(1.0, 0.0, f64::INFINITY)).collect();
    // HiGHS wants a row to start from; this one says nothing.
    program.row(0.0, f64::INFINITY, sites.iter().map(|col| (*col, 1.0)));
    let mut tree = Tree {
        serving,
        fixed,
        options,
        master: Warm::new(&program)?,
        program,
        unit,
        sites,
        groups,
        kept: start.iter().map(|open| f64::from(u8::from(*open))).collect(),
        best: (f64::INFINITY, start.to_vec()),
        tried: BTreeSet::new(),
    };
    tree.try_open(start.to_vec());
    let root = Node { low: vec![0.0; fixed.len()], high: vec![1.0; fixed.len()], bound: f64::NEG_INFINITY };
    let (mut open, mut nodes) = (vec![root], 0);
    while let Some(at) = (0..open.len()).min_by(|a, b| open[*a].bound.total_cmp(&open[*b].bound).then(a.cmp(b))) {
        let bound = open[at].bound;
        if tree.is_close(bound) || nodes >= options.nodes_max || !control.work(1) {
            return Some(tree.found(bound, nodes));
        }
        let node = open.swap_remove(at);
        nodes += 1;
        open.extend(tree.expand(node, nodes == 1)?);
    }
    let proven = tree.best.0 - options.gap * tree.best.0.abs();
    Some(tree.found(proven, nodes))
}

impl<S: Serving> Tree<'_, S> {
    fn found(&self, bound: f64, nodes: u64) -> Located {
        Located { open: self.best.1.clone(), cost: self.best.0, bound: bound.min(self.best.0), nodes }
    }

    fn is_close(&self, bound: f64) -> bool {
        self.best.0 - bound <= self.options.gap * self.best.0.abs()
    }

    fn cost(&self, open: &[bool]) -> f64 {
        let fixed: f64 = open.iter().zip(self.fixed).filter(|(open, _)| **open).map(|(_, cost)| cost).sum();
        fixed + self.serving.cost(open)
    }

    /// Keeps sites when they are the best so far, after single changes that help, and exchanges when none does any more.
    fn try_open(&mut self, mut open: Vec<bool>) {
        if !self.tried.insert(open.clone()) {
            return;
        }
        let mut cost = self.cost(&open);
        while let Some(found) = self.better(&open, cost, false).or_else(|| self.better(&open, cost, true)) {
            (cost, open) = found;
        }
        if cost < self.best.0 {
            self.best = (cost, open);
        }
    }

    /// The best single change, or the best exchange of two sites, that costs less.
    fn better(&self, open: &[bool], cost: f64, exchange: bool) -> Option<(f64, Vec<bool>)> {
        let mut best: Option<(f64, usize, usize)> = None;
        let mut other = open.to_vec();
        let mut limit = cost - 1e-9 * cost.abs();
        for j in (0..open.len()).filter(|j| !exchange || open[*j]) {
            other[j] = !other[j];
            for k in (0..open.len()).filter(|k| if exchange { !open[*k] } else { *k == j }) {
                if exchange {
                    other[k] = true;
                }
                let found = self.cost(&other);
                if found < limit {
                    limit = found;
                    best = Some((found, j, k));
                }
                if exchange {
                    other[k] = false;
                }
            }
            other[j] = open[j];
        }
        let (cost, j, k) = best?;
        other[j] = !other[j];
        if exchange {
            other[k] = true;
        }
        Some((cost, other))
    }

    /// Cuts a node until its point tells the truth, and splits it; nothing when it is closed, none when the solver failed.
    fn expand(&mut self, mut node: Node, root: bool) -> Option<Vec<Node>> {
        for (j, col) in self.sites.iter().enumerate() {
            self.master.set_bounds(*col, node.low[j], node.high[j]);
        }
        let mut last: Option<Solved> = None;
        for round in 0..if root { ROUNDS_ROOT } else { ROUNDS_NODE } {
            let solved = self.solve(&node)?;
            node.bound = node.bound.max(solved.objective * self.unit);
            if self.is_close(node.bound) {
                return Some(Vec::new());
            }
            let point: Vec<f64> = self.sites.iter().map(|col| solved.columns[col.index()]).collect();
            if root && round % 10 == 9 {
                self.try_open(point.iter().map(|y| *y >= 0.5).collect());
            }
            let half: Vec<f64> = self.kept.iter().zip(&point).map(|(kept, y)| 0.5 * (kept + y)).collect();
            let mut cuts = if root { self.add_cuts(&half, &solved) } else { 0 };
            if cuts > 0 {
                self.kept = half;
            } else {
                cuts = self.add_cuts(&point, &solved);
            }
            last = Some(solved);
            if cuts == 0 {
                break;
            }
        }
        let solved = last?;
        self.fix(&mut node, &solved);
        Some(self.split(&node, &solved))
    }

    /// Solves the master, from afresh when the solver fails from its last basis.
    fn solve(&mut self, node: &Node) -> Option<Solved> {
        if let Some(solved) = self.master.solve() {
            return Some(solved);
        }
        self.master = Warm::new(&self.program)?;
        for (j, col) in self.sites.iter().enumerate() {
            self.master.set_bounds(*col, node.low[j], node.high[j]);
        }
        self.master.solve()
    }

    /// Adds cuts at a point that the master's answer breaks; how many.
    fn add_cuts(&mut self, point: &[f64], solved: &Solved) -> usize {
        let mut slopes = vec![0.0; point.len()];
        let mut added = 0;
        for group in 0..self.groups.len() {
            let value = self.serving.cut(group, point, &mut slopes) / self.unit;
            slopes.iter_mut().for_each(|s| *s /= self.unit);
            let constant = value - slopes.iter().zip(point).map(|(s, y)| s * y).sum::<f64>();
            let there: f64 = self.sites.iter().zip(&slopes).map(|(col, s)| s * solved.columns[col.index()]).sum();
            let told = solved.columns[self.groups[group].index()];
            if constant + there > told + 1e-7 * (1.0 + value.abs()) {
                let mut terms = vec![(self.groups[group], 1.0)];
                terms.extend(self.sites.iter().zip(&slopes).filter(|(_, s)| **s != 0.0).map(|(col, s)| (*col, -s)));
                self.master.add_row(constant, f64::INFINITY, &terms);
                self.program.row(constant, f64::INFINITY, terms);
                added += 1;
            }
        }
        added
    }

    /// Fixes sites whose reduced cost alone lifts the bound past the best known.
    fn fix(&self, node: &mut Node, solved: &Solved) {
        let room = self.best.0 * (1.0 - self.options.gap) / self.unit - solved.objective;
        for (j, col) in self.sites.iter().enumerate() {
            let (y, reduced) = (solved.columns[col.index()], solved.reduced[col.index()]);
            if y <= 1e-9 && reduced > room {
                node.high[j] = 0.0;
            } else if y >= 1.0 - 1e-9 && -reduced > room {
                node.low[j] = 1.0;
            }
        }
    }

    fn split(&mut self, node: &Node, solved: &Solved) -> Vec<Node> {
        let point: Vec<f64> = self.sites.iter().map(|col| solved.columns[col.index()]).collect();
        let doubt = |j: &usize| (point[*j] - 0.5).abs();
        let free = |j: &usize| node.low[*j] < node.high[*j];
        let rounded: Vec<bool> = point.iter().map(|y| *y >= 0.5).collect();
        self.try_open(rounded);
        let Some(site) = (0..point.len()).filter(free).min_by(|a, b| doubt(a).total_cmp(&doubt(b)).then(a.cmp(b)))
        else {
            return Vec::new();
        };
        if doubt(&site) > 0.5 - 1e-7 {
            // Whole, and the cuts hold: this is what the sites cost, and `try_open` has it.
            let cost = self.cost(&point.iter().map(|y| *y >= 0.5).collect::<Vec<bool>>());
            if cost <= node.bound + 1e-6 * cost.abs() {
                return Vec::new();
            }
        }
        [0.0, 1.0]
            .into_iter()
            .map(|side| {
                let (mut low, mut high) = (node.low.clone(), node.high.clone());
                (low[site], high[site]) = (side, side);
                Node { low, high, bound: node.bound }
            })
            .collect()
    }
}
