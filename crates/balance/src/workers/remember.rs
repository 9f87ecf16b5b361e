//! Branch, bound and remember for workers: every state of tasks done and workers used is opened once.
//!
//! # Source
//! Vila and Pereira (2014), Computers & Operations Research 44; cyclic best-first order after Morrison, Sewell and
//! Jacobson (2014), EJOR 236(2).
//! # Differs from the source
//! States are bounded by priced slack and by the knapsacks of [`super::knapsack`].

use super::expand::{Expand, after, is_done};
use super::knapsack::Table;
use super::line::{WorkerAssignment, WorkerLine};
use super::reprice::Reprice;
use crate::budget::Budget;
use crate::exact::engine::Ended;
use crate::exact::memory::{Memory, Seen};
use std::collections::BinaryHeap;

/// Rounds and pace of the prices of one state.
const ROUNDS: (u32, f64) = (24, 0.25);

/// The search for a line within one cycle time; it can be paused.
pub(super) struct Remember<'a, const W: usize> {
    line: &'a WorkerLine,
    expand: Expand<'a, W>,
    memory: Memory<W>,
    reprice: Reprice,
    /// The prices of the whole line.
    prices: Vec<f64>,
    own: Vec<f64>,
    limit: f64,
    /// One queue per number of workers used; most slack first, then the older state.
    queues: Vec<BinaryHeap<(i64, std::cmp::Reverse<u32>)>>,
    level: usize,
    memory_bytes_max: usize,
    pub(super) found: Option<WorkerAssignment>,
}

impl<'a, const W: usize> Remember<'a, W> {
    /// `tasks + workers <= 64 W`.
    pub(super) fn new(line: &'a WorkerLine, table: &'a Table, prices: &[u64], memory_bytes_max: usize) -> Self {
        let mut search = Self {
            line,
            expand: Expand::new(line, table),
            memory: Memory::new(),
            reprice: Reprice::new(table, line.n_tasks(), line.n_workers()),
            prices: prices.iter().map(|&p| p as f64).collect(),
            own: Vec::new(),
            limit: f64::from(table.cycle_time),
            queues: vec![BinaryHeap::new(); line.n_workers()],
            level: 0,
            memory_bytes_max,
            found: None,
        };
        search.memory.offer(&[0; W], 0, 0);
        search.queues[0].push((0, std::cmp::Reverse(0)));
        search
    }

    /// States kept.
    pub(super) fn states(&self) -> u64 {
        self.memory.len() as u64
    }

    /// Goes on for about `work` steps; `found` holds a line once there is one.
    pub(super) fn run(&mut self, budget: &mut Budget<'_, '_>, work: u64) -> Ended {
        let mut left = work;
        loop {
            let Some(state) = self.next_state() else { return Ended::Exhausted };
            let steps = self.open(state);
            left = left.saturating_sub(steps);
            if self.memory.bytes() > self.memory_bytes_max {
                return Ended::MemoryFull;
            }
            if !budget.step(steps) || left == 0 || self.found.is_some() {
                return Ended::Paused;
            }
        }
    }

    fn next_state(&mut self) -> Option<u32> {
        for _ in 0..self.queues.len() {
            let level = self.level;
            self.level = (level + 1) % self.queues.len();
            if let Some((_, std::cmp::Reverse(state))) = self.queues[level].pop() {
                return Some(state);
            }
        }
        None
    }

    fn open(&mut self, state: u32) -> u64 {
        let (n, m) = (self.line.n_tasks(), self.line.n_workers());
        let set = self.memory.sets[state as usize];
        let used = self.memory.stations[state as usize] + 1;
        let is_set = |bit: usize| crate::bits::is_set(&set, bit);
        let rest: Vec<u32> = (0..n as u32).filter(|&t| !is_set(t as usize)).collect();
        let left: Vec<u32> = (0..m as u32).filter(|&w| !is_set(n + w as usize)).collect();
        self.own.clone_from(&self.prices);
        // Far above what rounding can do, so that only what is too long is cut.
        let limit = self.limit * (1.0 + 1e-9) + 1e-6;
        let bound = self.reprice.improve(&rest, &left, &mut self.own, ROUNDS, limit);
        let priced = (rest.len() * left.len()) as u64 / 4 + 1;
        if bound > limit {
            return priced;
        }
        let whole: Vec<i64> = self.own.iter().map(|&p| (p as i64).max(1)).collect();
        let (memory, queues) = (&mut self.memory, &mut self.queues);
        let mut last = None;
        let most = self.memory_bytes_max;
        let (steps, _) = self.expand.open(&set, &whole, u64::MAX, &mut |offer| {
            let next = after(&set, n, &offer);
            if let Seen::New(index) = memory.offer(&next, used, state) {
                if used as usize == m {
                    if is_done(&next, n) {
                        last = Some(index);
                        return None;
                    }
                } else {
                    queues[used as usize].push((offer.slack, std::cmp::Reverse(index)));
                }
            }
            (memory.bytes() <= most).then_some(0)
        });
        if let Some(last) = last {
            self.found = Some(self.assignment(last));
        }
        steps + priced
    }

    fn assignment(&self, last: u32) -> WorkerAssignment {
        let (n, m) = (self.line.n_tasks(), self.line.n_workers());
        let mut found = WorkerAssignment { station_of: vec![0; n], worker_of: vec![0; m] };
        let mut state = last as usize;
        while self.memory.stations[state] > 0 {
            let parent = self.memory.parent[state] as usize;
            let station = self.memory.stations[parent];
            let new: Vec<u64> =
                self.memory.sets[state].iter().zip(&self.memory.sets[parent]).map(|(a, b)| a & !b).collect();
            for bit in crate::bits::ones(&new) {
                if bit < n {
                    found.station_of[bit] = station;
                } else {
                    found.worker_of[station as usize] = (bit - n) as u32;
                }
            }
            state = parent;
        }
        found
    }
}
