//! Windows of times: what each stage may promise and when it may have its inputs, narrowed by each other.
//!
//! Two facts let windows shrink without losing every best placement. A stage has its inputs when its slowest supplier
//! delivers, not later. And a stage promises as late as its own time and its customers' inputs allow, because that
//! only saves stock; so in a window closed by branching it promises the latest time the window leaves.

use super::network::Network;

/// Lowest and highest times, periods, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) promised: Vec<(usize, usize)>,
    pub(super) incoming: Vec<(usize, usize)>,
}

impl Times {
    /// All times that make sense, or none when a stage has no promise left.
    pub(super) fn new(network: &Network<'_>) -> Self {
        let longest = network.longest();
        let promised = network
            .stages
            .iter()
            .zip(&longest)
            .map(|(stage, incoming)| (0, (incoming + stage.time).min(stage.service_max.unwrap_or(usize::MAX))))
            .collect();
        Self { promised, incoming: longest.into_iter().map(|most| (0, most)).collect() }
    }

    /// Narrows all windows by each other until nothing changes; false when one is empty.
    pub(super) fn narrow(&mut self, network: &Network<'_>) -> bool {
        loop {
            let before = self.clone();
            for at in &network.order {
                self.narrow_incoming(network, *at);
                self.narrow_promised(network, *at);
            }
            for at in network.order.iter().rev() {
                self.narrow_promised(network, *at);
                self.narrow_incoming(network, *at);
            }
            if self.promised.iter().chain(&self.incoming).any(|(low, high)| low > high) {
                return false;
            }
            if *self == before {
                return true;
            }
        }
    }

    fn narrow_incoming(&mut self, network: &Network<'_>, at: usize) {
        let (mut low, mut high) = (0, 0);
        for from in network.suppliers(at) {
            low = low.max(self.promised[from].0);
            high = high.max(self.promised[from].1);
        }
        let (own_low, own_high) = self.incoming[at];
        let needed = self.promised[at].0.saturating_sub(network.stages[at].time);
        self.incoming[at] = (own_low.max(low).max(needed), own_high.min(high));
    }

    fn narrow_promised(&mut self, network: &Network<'_>, at: usize) {
        let time = network.stages[at].time;
        let (mut low, mut high) = self.promised[at];
        high = high.min(self.incoming[at].1 + time);
        // The latest promise that is possible in any case: what the stage will not promise less than.
        let mut sure = self.incoming[at].0 + time;
        for to in network.customers(at) {
            high = high.min(self.incoming[to].1);
            sure = sure.min(self.incoming[to].0);
        }
        low = low.max(sure.min(high));
        self.promised[at] = (low, high);
    }
}
