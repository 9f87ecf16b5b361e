//! The search: priced forests for the bound, repaired and improved placements for the cost, branching on times in between.

use super::ascent::Multipliers;
use super::forest::{Forest, Solved};
use super::network::Network;
use super::repair::{Kept, Neighbours, by_incoming, by_promises};
use super::times::Times;
use super::{Placement, Refused, Stage, StockOptions};
use model::control::Control;

/// Rounds of prices at the root and at other nodes.
const ROUNDS_ROOT: u32 = 400;
const ROUNDS_NODE: u32 = 40;
/// Neighbourhoods looked at after the root.
const NEIGHBOURS: u64 = 300;

/// Places safety stock at least cost; `links` lead from a stage to a stage it supplies.
///
/// A forest of links is solved exactly at once. The work counted by `control` is solves of the forest.
///
/// # Errors
/// [`Refused`] when a link makes no sense or the links lead in a circle.
///
/// # Cost
/// For each solve, stages times the square of the longest replenishment time.
pub fn place(
    stages: &[Stage],
    links: &[(usize, usize)],
    options: &StockOptions,
    control: &Control<'_>,
) -> Result<Placement, Refused> {
    let network = Network::new(stages, links)?;
    let mut search = Search::new(&network, options, control);
    search.run();
    let Kept { cost, promised, incoming } = search.best;
    let stock = (0..stages.len()).map(|at| stages[at].stock(incoming[at] + stages[at].time - promised[at])).collect();
    let bound = search.bound.min(cost);
    Ok(Placement { cost, bound, promised, incoming, stock, solves: search.solves })
}

struct Node {
    times: Times,
    multipliers: Multipliers,
    bound: f64,
}

struct Search<'a, 'n> {
    network: &'a Network<'n>,
    forest: Forest,
    all: Times,
    options: &'a StockOptions,
    control: &'a Control<'a>,
    best: Kept,
    bound: f64,
    solves: u64,
    neighbours: Neighbours,
}

impl<'a, 'n> Search<'a, 'n> {
    fn new(network: &'a Network<'n>, options: &'a StockOptions, control: &'a Control<'a>) -> Self {
        // The links that join the stages whose stock costs most are the ones to be exact about.
        let dear = |at: usize| network.stages[at].holding * network.stages[at].spread;
        let weights: Vec<f64> = network.links.iter().map(|(from, to)| dear(*from).min(dear(*to))).collect();
        let nothing_waits = by_promises(network, &vec![0; network.stages.len()]);
        Self {
            forest: Forest::new(network, &weights),
            all: Times::new(network),
            network,
            options,
            control,
            best: nothing_waits,
            bound: 0.0,
            solves: 0,
            neighbours: Neighbours::new(),
        }
    }

    fn run(&mut self) {
        let mut times = self.all.clone();
        if !times.narrow(self.network) {
            self.bound = self.best.cost;
            return;
        }
        self.all = times.clone();
        let multipliers = Multipliers::new(self.network, &self.forest);
        let mut open = vec![Node { times, multipliers, bound: 0.0 }];
        let mut first = true;
        while let Some(at) = least(&open) {
            self.bound = open[at].bound;
            if self.is_close(self.bound) {
                return;
            }
            if self.is_over() {
                return;
            }
            let node = open.swap_remove(at);
            let rounds = if first { ROUNDS_ROOT } else { ROUNDS_NODE };
            open.extend(self.expand(node, rounds));
            if first {
                self.bound = open.iter().map(|n| n.bound).fold(self.best.cost, f64::min);
                self.walk();
                first = false;
            }
        }
        self.bound = self.best.cost;
    }

    fn is_close(&self, bound: f64) -> bool {
        self.best.cost - bound <= self.options.gap * self.best.cost.abs() + 1e-12
    }

    fn is_over(&self) -> bool {
        self.solves >= self.options.solves_max || self.control.is_stopped()
    }

    fn solve(&mut self, node: &Node) -> Option<Solved> {
        self.solves += 1;
        self.control.work(1);
        let prices = node.multipliers.prices(self.network, &self.forest);
        self.forest.solve(self.network, &node.times, &prices)
    }

    fn keep(&mut self, kept: Kept) {
        if kept.cost < self.best.cost {
            self.best = kept;
        }
    }

    /// Raises the bound of a node and splits it where the links left out disagree; nothing when it is closed.
    fn expand(&mut self, mut node: Node, rounds: u32) -> Vec<Node> {
        let mut last = None;
        for _ in 0..rounds {
            let Some(solved) = self.solve(&node) else {
                return Vec::new();
            };
            self.keep(by_promises(self.network, &solved.promised));
            self.keep(by_incoming(self.network, &solved.incoming));
            node.bound = node.bound.max(solved.value);
            let target = self.best.cost;
            node.multipliers.step(self.network, &self.forest, &solved, target);
            last = Some(solved);
            if self.is_close(node.bound) {
                return Vec::new();
            }
            if node.multipliers.is_tired() || self.is_over() || self.forest.left_out.is_empty() {
                break;
            }
        }
        match last {
            Some(solved) if !self.forest.left_out.is_empty() => self.split(&node, &solved),
            _ => Vec::new(),
        }
    }

    fn split(&self, node: &Node, solved: &Solved) -> Vec<Node> {
        let mut worst: Option<(f64, usize, usize)> = None;
        for link in &self.forest.left_out {
            let (i, j) = self.network.links[*link];
            let (promised, incoming) = (solved.promised[i], solved.incoming[j]);
            let dear = |at: usize| self.network.costs[at].last().copied().unwrap_or(0.0);
            let weight = promised.saturating_sub(incoming) as f64 * (dear(i) + dear(j));
            if weight > worst.map_or(0.0, |w| w.0) {
                worst = Some((weight, *link, (promised + incoming) / 2));
            }
        }
        let mut low = node.times.clone();
        let mut high = node.times.clone();
        if let Some((_, link, middle)) = worst {
            let (i, j) = self.network.links[link];
            low.promised[i].1 = low.promised[i].1.min(middle);
            high.incoming[j].0 = high.incoming[j].0.max(middle + 1);
        } else {
            // Every link holds, but the prices do not fit: halve the widest window.
            let width = |at: &usize| node.times.promised[*at].1 - node.times.promised[*at].0;
            let Some(at) = (0..self.network.stages.len()).max_by_key(|at| (width(at), usize::MAX - at)) else {
                return Vec::new();
            };
            let (from, to) = node.times.promised[at];
            if from == to {
                // All promises are fixed, and inputs come when the slowest supplier delivers: one placement, already kept.
                return Vec::new();
            }
            low.promised[at].1 = (from + to) / 2;
            high.promised[at].0 = (from + to) / 2 + 1;
        }
        self.children(node, [low, high])
    }

    fn children(&self, node: &Node, windows: [Times; 2]) -> Vec<Node> {
        let mut children = Vec::new();
        for mut times in windows {
            if times.narrow(self.network) {
                let mut multipliers = node.multipliers.clone();
                multipliers.restart();
                children.push(Node { times, multipliers, bound: node.bound });
            }
        }
        children
    }

    /// Walks from the best placement through neighbourhoods.
    fn walk(&mut self) {
        if self.forest.left_out.is_empty() {
            return;
        }
        for _ in 0..NEIGHBOURS {
            if self.is_close(self.bound) || self.is_over() {
                return;
            }
            self.solves += 1;
            self.control.work(1);
            self.best = self.neighbours.improve(self.network, &self.all, &self.best);
        }
    }
}

fn least(open: &[Node]) -> Option<usize> {
    (0..open.len()).min_by(|a, b| open[*a].bound.total_cmp(&open[*b].bound).then(a.cmp(b)))
}
