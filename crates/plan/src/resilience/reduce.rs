//! What of the network can be short at all.
//!
//! From the demands upwards, `wanted` is the most a node is ever of use: what its customers could want, within its own capacity. From the sources
//! downwards, an input is *safe* when one source, or sources that serve nothing else, can give all that is wanted whatever
//! others do. Safe inputs are no limit and are left out of the program, and with them their sources want less, so both
//! sweeps are repeated until nothing changes. What remains falls into parts joined by inputs, sources and plants.
//!
//! # Why it is exact
//! Least loss and longest survival are reached without any node making more than `wanted`, and any point of the program without the
//! safe inputs is made a point of the whole by serving these as they were found safe. For survival every quantity
//! is a multiple of time but for stock, so what is safe at the horizon is safe before.

use super::net::Net;

/// A stop to look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    /// Nodes stopped, ascending.
    pub(super) stopped: &'a [usize],
    /// Time, `> 0`.
    pub(super) time: f64,
    /// What is safe must be so at every time up to `time`: stock is then not set against what is wanted.
    pub(super) at_all_times: bool,
}

/// What remains of the network.
#[derive(Debug, Clone, Default)]
pub(super) struct Reduced {
    /// Inputs that may be short.
    pub(super) active: Vec<bool>,
    /// Plants that may be short.
    pub(super) tight: Vec<bool>,
    /// Most pieces a node is of use for.
    pub(super) wanted: Vec<f64>,
    stopped: Vec<bool>,
    part: Vec<bool>,
}

/// A part of the network that touches no other.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    /// Nodes, ascending.
    pub(super) nodes: Vec<u32>,
    /// Inputs that may be short, ascending.
    pub(super) inputs: Vec<u32>,
    /// Plants that may be short, ascending.
    pub(super) plants: Vec<u32>,
    /// Nodes of the part that are stopped, ascending.
    pub(super) stopped: Vec<u32>,
}

/// Room for rounding when capacities and wants are compared.
const SLACK: f64 = 1e-9;

impl Reduced {
    /// Finds out what can be short; the parts, in order of their first demand.
    pub(super) fn parts(&mut self, net: &Net, case: &Case<'_>) -> Vec<Part> {
        self.start(net, case);
        while self.sweep(net, case) {}
        let mut parts = Vec::new();
        for demand in &net.demands {
            if !self.part[demand.node] && !self.is_enough(net, case, demand.node, demand.rate * case.time) {
                parts.push(self.part(net, demand.node));
            }
        }
        parts
    }

    fn start(&mut self, net: &Net, case: &Case<'_>) {
        let reset = |flags: &mut Vec<bool>, n: usize, to: bool| {
            flags.clear();
            flags.resize(n, to);
        };
        reset(&mut self.active, net.inputs.len(), true);
        reset(&mut self.tight, net.plants.len(), true);
        reset(&mut self.stopped, net.nodes.len(), false);
        reset(&mut self.part, net.nodes.len(), false);
        self.wanted.clear();
        self.wanted.resize(net.nodes.len(), 0.0);
        case.stopped.iter().for_each(|at| self.stopped[*at] = true);
    }

    /// Most a node makes in the time.
    pub(super) fn most(&self, net: &Net, case: &Case<'_>, at: usize) -> f64 {
        if self.stopped[at] { 0.0 } else { net.nodes[at].capacity * case.time }
    }

    /// What could be asked of a node by inputs that may be short and by demand.
    fn asked(&self, net: &Net, case: &Case<'_>, at: usize) -> f64 {
        let demand = net.asked[at].map_or(0.0, |d| net.demands[d].rate * case.time);
        let inputs = net.serves[at].iter().filter(|i| self.active[**i]);
        demand + inputs.map(|i| net.inputs[*i].quantity * self.wanted[net.inputs[*i].of]).sum::<f64>()
    }

    /// A node that nothing but its own capacity limits.
    fn is_free(&self, net: &Net, at: usize) -> bool {
        net.nodes[at].plant.is_none_or(|(plant, _)| !self.tight[plant])
            && (self.stopped[at] || net.needs[at].iter().all(|i| !self.active[*i]))
    }

    fn is_enough(&self, net: &Net, case: &Case<'_>, at: usize, asked: f64) -> bool {
        self.is_free(net, at) && net.nodes[at].stock + self.most(net, case, at) >= asked - SLACK * (1.0 + asked)
    }

    fn sweep(&mut self, net: &Net, case: &Case<'_>) -> bool {
        for at in net.order.iter().rev() {
            let stock = if case.at_all_times { 0.0 } else { net.nodes[*at].stock };
            let asked = self.asked(net, case, *at);
            self.wanted[*at] = (asked - stock).max(0.0).min(self.most(net, case, *at));
        }
        let mut changed = false;
        for plant in 0..net.plants.len() {
            if self.tight[plant] {
                let share = |at: &usize| net.nodes[*at].plant.map_or(0.0, |(_, each)| each * self.wanted[*at]);
                let all: f64 = net.members[plant].iter().map(share).sum();
                if all <= net.plants[plant].capacity * case.time + SLACK * (1.0 + all) {
                    (self.tight[plant], changed) = (false, true);
                }
            }
        }
        for at in &net.order {
            for input in &net.needs[*at] {
                if self.active[*input] && self.wanted[*at] <= 0.0 {
                    (self.active[*input], changed) = (false, true);
                }
            }
            let serving = net.serves[*at].iter().any(|i| self.active[*i]);
            if serving && self.is_enough(net, case, *at, self.asked(net, case, *at)) {
                net.serves[*at].iter().for_each(|i| self.active[*i] = false);
                changed = true;
            }
        }
        for input in 0..net.inputs.len() {
            if self.active[input] && self.is_served_apart(net, case, input) {
                (self.active[input], changed) = (false, true);
            }
        }
        changed
    }

    /// Sources that serve nothing else that may be short give all of an input together.
    fn is_served_apart(&self, net: &Net, case: &Case<'_>, input: usize) -> bool {
        let data = &net.inputs[input];
        let asked = data.quantity * self.wanted[data.of];
        let apart = data.from.iter().filter(|from| {
            self.is_free(net, **from)
                && net.asked[**from].is_none()
                && net.serves[**from].iter().all(|i| *i == input || !self.active[*i])
        });
        let sum: f64 = apart.map(|from| net.nodes[*from].stock + self.most(net, case, *from)).sum();
        sum >= asked - SLACK * (1.0 + asked)
    }

    /// All that is joined to a node by what may be short.
    fn part(&mut self, net: &Net, first: usize) -> Part {
        let mut part = Part { nodes: Vec::new(), inputs: Vec::new(), plants: Vec::new(), stopped: Vec::new() };
        let mut open = vec![first];
        self.part[first] = true;
        while let Some(at) = open.pop() {
            part.nodes.push(at as u32);
            if self.stopped[at] {
                part.stopped.push(at as u32);
            }
            let mut join = |next: usize, seen: &mut Vec<bool>| {
                if !seen[next] {
                    seen[next] = true;
                    open.push(next);
                }
            };
            if !self.stopped[at] {
                for input in net.needs[at].iter().filter(|i| self.active[**i]) {
                    part.inputs.push(*input as u32);
                    net.inputs[*input].from.iter().for_each(|from| join(*from, &mut self.part));
                }
            }
            for input in net.serves[at].iter().filter(|i| self.active[**i]) {
                if !self.stopped[net.inputs[*input].of] {
                    join(net.inputs[*input].of, &mut self.part);
                }
            }
            if let Some((plant, _)) = net.nodes[at].plant.filter(|(plant, _)| self.tight[*plant] && !self.stopped[at]) {
                part.plants.push(plant as u32);
                net.members[plant].iter().filter(|m| !self.stopped[**m]).for_each(|m| join(*m, &mut self.part));
            }
        }
        part.nodes.sort_unstable();
        part.inputs.sort_unstable();
        part.stopped.sort_unstable();
        part.plants.sort_unstable();
        part.plants.dedup();
        part
    }
}
