//! From times over a forest to a placement that keeps every link, and from a placement to better ones nearby.

use super::forest::{Forest, Prices};
use super::network::Network;
use super::times::Times;
use chance::{Source, Stream};

/// Purpose of the random stream that chooses forests, apart from those of simulation.
const FORESTS: u16 = 0x7101;

/// Times that keep every link.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) cost: f64,
    pub(super) promised: Vec<usize>,
    pub(super) incoming: Vec<usize>,
}

/// Inputs come when the slowest supplier delivers; promises are cut to what can be kept.
pub(super) fn by_promises(network: &Network<'_>, promised: &[usize]) -> Kept {
    finish(network, |at, incoming| promised[at].min(incoming + network.stages[at].time))
}

/// Promises are as late as the customers' incoming times allow.
pub(super) fn by_incoming(network: &Network<'_>, incoming: &[usize]) -> Kept {
    finish(network, |at, own| {
        network.customers(at).map(|to| incoming[to]).min().unwrap_or(usize::MAX).min(own + network.stages[at].time)
    })
}

fn finish(network: &Network<'_>, promise: impl Fn(usize, usize) -> usize) -> Kept {
    let n = network.stages.len();
    let (mut promised, mut incoming) = (vec![0; n], vec![0; n]);
    for at in &network.order {
        incoming[*at] = network.suppliers(*at).map(|from| promised[from]).max().unwrap_or(0);
        promised[*at] = promise(*at, incoming[*at]).min(network.stages[*at].service_max.unwrap_or(usize::MAX));
    }
    // Promising as late as the customers' inputs allow moves no input and saves stock.
    for at in 0..n {
        let latest = network.customers(at).map(|to| incoming[to]).min().unwrap_or(usize::MAX);
        let most = network.stages[at].service_max.unwrap_or(usize::MAX);
        promised[at] = (incoming[at] + network.stages[at].time).min(most).min(latest);
    }
    Kept { cost: network.cost(&promised, &incoming), promised, incoming }
}

/// Looks for better placements: over a random forest, with each link left out held at a time between its two ends.
pub(super) struct Neighbours {
    stream: Stream,
}

impl Neighbours {
    pub(super) fn new() -> Self {
        Self { stream: Source::new(1, 0).stream(0, 0, FORESTS) }
    }

    /// The best placement in one such neighbourhood, never worse than `from`.
    pub(super) fn improve(&mut self, network: &Network<'_>, all: &Times, from: &Kept) -> Kept {
        let weights: Vec<f64> = network.links.iter().map(|_| self.stream.uniform()).collect();
        let forest = Forest::new(network, &weights);
        let mut times = all.clone();
        for link in &forest.left_out {
            let (i, j) = network.links[*link];
            let (low, high) = (from.promised[i], from.incoming[j]);
            let held = match (self.stream.uniform() * 3.0) as u32 {
                0 => low,
                1 => high,
                _ => low + ((high - low + 1) as f64 * self.stream.uniform()) as usize,
            };
            times.promised[i].1 = times.promised[i].1.min(held);
            times.incoming[j].0 = times.incoming[j].0.max(held);
        }
        match forest.solve(network, &times, &Prices::none(network)) {
            Some(solved) => {
                let kept = by_promises(network, &solved.promised);
                if kept.cost < from.cost { kept } else { from.clone() }
            }
            None => from.clone(),
        }
    }
}
