//! The stages and links as the search holds them: in order of supply, each link once, with the longest times.

use super::{Refused, Stage};

/// A checked network.
#[derive(Debug, Clone)]
pub(super) struct Network<'a> {
    pub(super) stages: &'a [Stage],
    /// Links, each once, from a supplier to its customer.
    pub(super) links: Vec<(usize, usize)>,
    /// Stages, suppliers first.
    pub(super) order: Vec<usize>,
    /// Links that bring a stage its inputs.
    pub(super) inputs: Vec<Vec<usize>>,
    /// Links that take a stage's outputs.
    pub(super) outputs: Vec<Vec<usize>>,
    /// Cost of the stock of each stage by net time.
    pub(super) costs: Vec<Vec<f64>>,
}

/// Stages in order of supply.
///
/// # Errors
/// [`Refused`] when a link makes no sense or the links lead in a circle.
pub(super) fn ordered(n: usize, links: &[(usize, usize)]) -> Result<Vec<usize>, Refused> {
    if links.iter().any(|(from, to)| *from >= n || *to >= n || from == to) {
        return Err(Refused::NoSuchStage);
    }
    let mut waits = vec![0; n];
    let mut feeds: Vec<Vec<usize>> = vec![Vec::new(); n];
    for (from, to) in links {
        waits[*to] += 1;
        feeds[*from].push(*to);
    }
    let mut order: Vec<usize> = (0..n).filter(|at| waits[*at] == 0).collect();
    let mut next = 0;
    while let Some(at) = order.get(next).copied() {
        next += 1;
        for to in &feeds[at] {
            waits[*to] -= 1;
            if waits[*to] == 0 {
                order.push(*to);
            }
        }
    }
    if order.len() == n { Ok(order) } else { Err(Refused::Circle) }
}

impl<'a> Network<'a> {
    pub(super) fn new(stages: &'a [Stage], links: &[(usize, usize)]) -> Result<Self, Refused> {
        let n = stages.len();
        let order = ordered(n, links)?;
        let mut links = links.to_vec();
        links.sort_unstable();
        links.dedup();
        let (mut inputs, mut outputs) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        for (at, (from, to)) in links.iter().enumerate() {
            outputs[*from].push(at);
            inputs[*to].push(at);
        }
        let mut network = Self { stages, links, order, inputs, outputs, costs: Vec::new() };
        let longest = network.longest();
        network.costs = stages
            .iter()
            .zip(&longest)
            .map(|(stage, incoming)| (0..=incoming + stage.time).map(|t| stage.holding * stage.stock(t)).collect())
            .collect();
        Ok(network)
    }

    /// Longest time within which each stage can have its inputs: the longest way to have everything made anew.
    pub(super) fn longest(&self) -> Vec<usize> {
        let mut longest: Vec<usize> = vec![0; self.stages.len()];
        for at in &self.order {
            for link in &self.inputs[*at] {
                let from = self.links[*link].0;
                longest[*at] = longest[*at].max(longest[from] + self.stages[from].time);
            }
        }
        longest
    }

    pub(super) fn suppliers(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.inputs[at].iter().map(|link| self.links[*link].0)
    }

    pub(super) fn customers(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.outputs[at].iter().map(|link| self.links[*link].1)
    }

    /// Cost of promises that hold.
    pub(super) fn cost(&self, promised: &[usize], incoming: &[usize]) -> f64 {
        (0..self.stages.len()).map(|at| self.costs[at][incoming[at] + self.stages[at].time - promised[at]]).sum()
    }
}
