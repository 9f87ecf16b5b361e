//! The dynamic program over a forest of links, within windows of times, with prices for the links left out.
//!
//! A link `i -> j` that is not in the forest asks that `promised[i] <= incoming[j]`. It is priced by a function that never
//! falls: `price(promised[i]) - price(incoming[j])` is added, which is at most 0 wherever the link holds. So the least cost over
//! the forest is a bound for the network, for any such prices.
//!
//! # Cost
//! For each stage the product of its two windows.

use super::network::Network;
use super::times::Times;

/// Links kept, and how stages hang on each other along them.
#[derive(Debug, Clone)]
pub(super) struct Forest {
    /// Stages, each after the one it hangs on.
    order: Vec<usize>,
    parent: Vec<Parent>,
    suppliers: Vec<Vec<usize>>,
    customers: Vec<Vec<usize>>,
    /// Links left out.
    pub(super) left_out: Vec<usize>,
}

/// How a stage hangs on the stage before it in the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Parent {
    None,
    /// The stage supplies its parent.
    Customer(usize),
    /// The parent supplies the stage.
    Supplier(usize),
}

/// Prices of time at each stage, added to its cost; index from 0 on.
#[derive(Debug, Clone)]
pub(super) struct Prices {
    pub(super) promised: Vec<Vec<f64>>,
    pub(super) incoming: Vec<Vec<f64>>,
}

/// Times that cost least over the forest.
#[derive(Debug, Clone)]
pub(super) struct Solved {
    pub(super) value: f64,
    pub(super) promised: Vec<usize>,
    pub(super) incoming: Vec<usize>,
}

/// Least cost of a stage and all that hangs on it, by its time towards the parent, and the other time behind it.
#[derive(Debug, Clone, Default)]
struct Table {
    first: usize,
    cost: Vec<f64>,
    other: Vec<usize>,
    /// Best place up to here (towards a customer) or from here (from a supplier).
    best: Vec<usize>,
}

impl Forest {
    /// A spanning forest that prefers links of large weight; ties go to the earlier link.
    pub(super) fn new(network: &Network<'_>, weights: &[f64]) -> Self {
        let n = network.stages.len();
        let mut by_weight: Vec<usize> = (0..network.links.len()).collect();
        by_weight.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]).then(a.cmp(b)));
        let mut group: Vec<usize> = (0..n).collect();
        let mut kept: Vec<Vec<usize>> = vec![Vec::new(); n];
        let mut left_out = Vec::new();
        for link in by_weight {
            let (from, to) = network.links[link];
            let (a, b) = (root(&mut group, from), root(&mut group, to));
            if a == b {
                left_out.push(link);
            } else {
                group[a.max(b)] = a.min(b);
                kept[from].push(link);
                kept[to].push(link);
            }
        }
        left_out.sort_unstable();
        let mut forest = Self {
            order: Vec::new(),
            parent: vec![Parent::None; n],
            suppliers: vec![Vec::new(); n],
            customers: vec![Vec::new(); n],
            left_out,
        };
        forest.hang(network, &kept);
        forest
    }

    fn hang(&mut self, network: &Network<'_>, kept: &[Vec<usize>]) {
        let mut seen = vec![false; kept.len()];
        for root in 0..kept.len() {
            if seen[root] {
                continue;
            }
            seen[root] = true;
            let mut open = vec![root];
            while let Some(stage) = open.pop() {
                self.order.push(stage);
                for link in &kept[stage] {
                    let (from, to) = network.links[*link];
                    let next = if from == stage { to } else { from };
                    if seen[next] {
                        continue;
                    }
                    seen[next] = true;
                    open.push(next);
                    if from == stage {
                        self.parent[next] = Parent::Supplier(stage);
                        self.customers[stage].push(next);
                    } else {
                        self.parent[next] = Parent::Customer(stage);
                        self.suppliers[stage].push(next);
                    }
                }
            }
        }
    }

    /// Least cost over the forest with prices, within windows; none when the windows leave no way.
    pub(super) fn solve(&self, network: &Network<'_>, times: &Times, prices: &Prices) -> Option<Solved> {
        let n = network.stages.len();
        let mut tables: Vec<Table> = vec![Table::default(); n];
        let mut solved = Solved { value: 0.0, promised: vec![0; n], incoming: vec![0; n] };
        for at in self.order.iter().rev() {
            tables[*at] = self.table(network, times, prices, *at, &tables);
        }
        for at in &self.order {
            let table = &tables[*at];
            let place = match self.parent[*at] {
                Parent::None => {
                    let place = *table.best.last()?;
                    solved.value += table.cost[place];
                    place
                }
                Parent::Customer(to) => {
                    table.best[solved.incoming[to].checked_sub(table.first)?.min(table.best.len() - 1)]
                }
                Parent::Supplier(from) => table.best[solved.promised[from].saturating_sub(table.first)],
            };
            let (here, other) = (table.first + place, table.other[place]);
            (solved.promised[*at], solved.incoming[*at]) =
                if matches!(self.parent[*at], Parent::Supplier(_)) { (other, here) } else { (here, other) };
        }
        solved.value.is_finite().then_some(solved)
    }

    fn table(&self, network: &Network<'_>, times: &Times, prices: &Prices, at: usize, tables: &[Table]) -> Table {
        let ((p_low, p_high), (i_low, i_high)) = (times.promised[at], times.incoming[at]);
        let mut by_promise: Vec<f64> = prices.promised[at][p_low..=p_high].to_vec();
        let mut by_incoming: Vec<f64> = prices.incoming[at][i_low..=i_high].to_vec();
        for child in &self.suppliers[at] {
            tables[*child].add_up_to(i_low, &mut by_incoming);
        }
        for child in &self.customers[at] {
            tables[*child].add_from(p_low, &mut by_promise);
        }
        let (time, costs) = (network.stages[at].time, &network.costs[at]);
        let from_supplier = matches!(self.parent[at], Parent::Supplier(_));
        let size = if from_supplier { by_incoming.len() } else { by_promise.len() };
        let mut cost = vec![f64::INFINITY; size];
        let mut other = vec![0; size];
        if from_supplier {
            for (place, extra) in by_incoming.iter().enumerate() {
                let reach = i_low + place + time;
                // Net time falls as the promise grows.
                for (p, own) in by_promise.iter().enumerate().take((reach + 1).saturating_sub(p_low)) {
                    let sum = own + costs[reach - p_low - p];
                    if sum < cost[place] {
                        (cost[place], other[place]) = (sum, p_low + p);
                    }
                }
                cost[place] += extra;
            }
        } else {
            for (place, extra) in by_promise.iter().enumerate() {
                let promise = p_low + place;
                let first = promise.saturating_sub(time).saturating_sub(i_low);
                for (i, own) in by_incoming.iter().enumerate().skip(first) {
                    let sum = own + costs[i_low + i + time - promise];
                    if sum < cost[place] {
                        (cost[place], other[place]) = (sum, i_low + i);
                    }
                }
                cost[place] += extra;
            }
        }
        Table::new(if from_supplier { i_low } else { p_low }, cost, other, from_supplier)
    }
}

impl Table {
    fn new(first: usize, cost: Vec<f64>, other: Vec<usize>, from_here: bool) -> Self {
        let mut best: Vec<usize> = (0..cost.len()).collect();
        if from_here {
            for place in (0..cost.len().saturating_sub(1)).rev() {
                if cost[best[place + 1]] < cost[place] {
                    best[place] = best[place + 1];
                }
            }
        } else {
            for place in 1..cost.len() {
                if cost[best[place - 1]] <= cost[place] {
                    best[place] = best[place - 1];
                }
            }
        }
        // A root reads the last place: there the best of all stands in both cases.
        Self { first, cost, other, best }
    }

    /// Adds the least cost of a supplier that promises at most each incoming time, which start at `low`.
    fn add_up_to(&self, low: usize, sums: &mut [f64]) {
        for (place, sum) in sums.iter_mut().enumerate() {
            *sum += match (low + place).checked_sub(self.first) {
                Some(most) => self.cost[self.best[most.min(self.best.len() - 1)]],
                None => f64::INFINITY,
            };
        }
    }

    /// Adds the least cost of a customer that has its inputs no sooner than each promise, which start at `low`.
    fn add_from(&self, low: usize, sums: &mut [f64]) {
        for (place, sum) in sums.iter_mut().enumerate() {
            *sum += match self.best.get((low + place).saturating_sub(self.first)) {
                Some(best) => self.cost[*best],
                None => f64::INFINITY,
            };
        }
    }
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while group[at] != at {
        group[at] = group[group[at]];
        at = group[at];
    }
    at
}

impl Prices {
    /// No prices.
    pub(super) fn none(network: &Network<'_>) -> Self {
        let size = |at: usize| vec![0.0; network.costs[at].len()];
        let all: Vec<Vec<f64>> = (0..network.stages.len()).map(size).collect();
        Self { promised: all.clone(), incoming: all }
    }
}
