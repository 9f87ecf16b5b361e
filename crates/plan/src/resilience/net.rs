//! The network as data, checked once.

/// Something made, bought or moved at one place.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Pieces on hand when the stop begins, `>= 0`.
    pub stock: f64,
    /// Most pieces in one unit of time, `>= 0`; may be infinite.
    pub capacity: f64,
    /// Plant whose capacity the node shares, and how much of it a piece takes, `> 0`.
    pub plant: Option<(usize, f64)>,
}

/// What one piece of a node takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Input {
    /// The node that takes it.
    pub of: usize,
    /// Pieces taken for one, `> 0`.
    pub quantity: f64,
    /// Nodes it may come from, in any mix.
    pub from: Vec<usize>,
}

/// A capacity that several nodes share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plant {
    /// Capacity in one unit of time, `>= 0`.
    pub capacity: f64,
}

/// What is asked of a node that nobody else takes from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Demand {
    /// The node.
    pub node: usize,
    /// Pieces in one unit of time, `>= 0`.
    pub rate: f64,
    /// Value lost with a piece not delivered, `>= 0`.
    pub value: f64,
}

/// Why a network is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A node, plant or source named is not there.
    NoSuchNode,
    /// Inputs lead back to where they started.
    Circle,
    /// A demand asks a node that others take from, or a node is asked twice.
    DemandInside,
    /// A number is negative, not a number, or infinite where it may not be.
    BadNumber,
}

/// A checked network.
#[derive(Debug, Clone)]
pub struct Net {
    pub(super) nodes: Vec<Node>,
    pub(super) inputs: Vec<Input>,
    pub(super) plants: Vec<Plant>,
    pub(super) demands: Vec<Demand>,
    /// Inputs of each node.
    pub(super) needs: Vec<Vec<usize>>,
    /// Inputs that each node may serve.
    pub(super) serves: Vec<Vec<usize>>,
    /// Demand of each node.
    pub(super) asked: Vec<Option<usize>>,
    /// Nodes of each plant.
    pub(super) members: Vec<Vec<usize>>,
    /// Nodes, sources first.
    pub(super) order: Vec<usize>,
}

impl Net {
    /// Checks and indexes a network.
    ///
    /// # Errors
    /// The first [`Fault`].
    pub fn new(nodes: Vec<Node>, inputs: Vec<Input>, plants: Vec<Plant>, demands: Vec<Demand>) -> Result<Self, Fault> {
        let n = nodes.len();
        let known = inputs.iter().all(|i| i.of < n && i.from.iter().all(|f| *f < n))
            && nodes.iter().all(|k| k.plant.is_none_or(|(p, _)| p < plants.len()))
            && demands.iter().all(|d| d.node < n);
        if !known {
            return Err(Fault::NoSuchNode);
        }
        let fine = |x: f64| x >= 0.0 && x.is_finite();
        let numbers = nodes
            .iter()
            .all(|k| fine(k.stock) && k.capacity >= 0.0 && k.plant.is_none_or(|(_, u)| u > 0.0 && u.is_finite()))
            && inputs.iter().all(|i| i.quantity > 0.0 && i.quantity.is_finite())
            && plants.iter().all(|p| fine(p.capacity))
            && demands.iter().all(|d| fine(d.rate) && fine(d.value));
        if !numbers {
            return Err(Fault::BadNumber);
        }
        let mut net = Self {
            needs: vec![Vec::new(); n],
            serves: vec![Vec::new(); n],
            asked: vec![None; n],
            members: vec![Vec::new(); plants.len()],
            order: Vec::new(),
            nodes,
            inputs,
            plants,
            demands,
        };
        for (at, node) in net.nodes.iter().enumerate() {
            if let Some((plant, _)) = node.plant {
                net.members[plant].push(at);
            }
        }
        for (at, input) in net.inputs.iter_mut().enumerate() {
            input.from.sort_unstable();
            input.from.dedup();
            net.needs[input.of].push(at);
            input.from.iter().for_each(|from| net.serves[*from].push(at));
        }
        for (at, demand) in net.demands.iter().enumerate() {
            if !net.serves[demand.node].is_empty() || net.asked[demand.node].replace(at).is_some() {
                return Err(Fault::DemandInside);
            }
        }
        net.order = net.ordered().ok_or(Fault::Circle)?;
        Ok(net)
    }

    fn ordered(&self) -> Option<Vec<usize>> {
        let sources = |at: usize| self.needs[at].iter().map(|i| self.inputs[*i].from.len()).sum::<usize>();
        let mut waits: Vec<usize> = (0..self.nodes.len()).map(sources).collect();
        let mut order: Vec<usize> = (0..self.nodes.len()).filter(|at| waits[*at] == 0).collect();
        let mut next = 0;
        while let Some(at) = order.get(next).copied() {
            next += 1;
            for input in &self.serves[at] {
                let of = self.inputs[*input].of;
                waits[of] -= 1;
                if waits[of] == 0 {
                    order.push(of);
                }
            }
        }
        (order.len() == self.nodes.len()).then_some(order)
    }

    /// Which nodes can give anything at all without stock while some are stopped: with capacity, and a source for every input.
    #[must_use]
    pub fn goes_on(&self, stopped: &[usize]) -> Vec<bool> {
        let mut on: Vec<bool> = self
            .nodes
            .iter()
            .map(|k| k.capacity > 0.0 && k.plant.is_none_or(|(plant, _)| self.plants[plant].capacity > 0.0))
            .collect();
        stopped.iter().for_each(|at| on[*at] = false);
        for at in &self.order {
            let fed = |input: &usize| self.inputs[*input].from.iter().any(|from| on[*from]);
            on[*at] = on[*at] && self.needs[*at].iter().all(fed);
        }
        on
    }

    /// Nodes.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Demands.
    #[must_use]
    pub fn demands(&self) -> &[Demand] {
        &self.demands
    }
}
