//! Heads and tails: how much line there must be before and after each task.
//!
//! # Source
//! Johnson (1988), Management Science 34(2), LB4; one-machine relaxation with tails as in Scholl and
//! Klein (1997), INFORMS Journal on Computing 9(4), section 3.
//! # Differs from the source
//! Heads and tails are in ticks of one long line (station `s` covers `(s-1) c ..= s c`), so nothing
//! is rounded but where the source rounds; sets of predecessors are also bounded by dual feasible
//! functions.
//! # Cost
//! `n^2 log n` plus `n` sums per function.

use super::dual_feasible::{Weights, for_search};
use crate::instance::Instance;

/// Line needed around every task.
#[derive(Debug, Clone)]
pub struct Heads {
    /// Ticks of line before each task.
    pub head: Vec<u64>,
    /// Ticks of line after each task.
    pub tail: Vec<u64>,
}

impl Heads {
    /// For every task at one cycle time, in ticks.
    #[must_use]
    pub fn new(instance: &Instance, cycle_time: u32) -> Self {
        let weights = for_search(instance, cycle_time, 12);
        let reversed = instance.reversed();
        Self { head: tails(&reversed, cycle_time, &weights), tail: tails(instance, cycle_time, &weights) }
    }

    /// The station, from 1, that a task can enter at the earliest.
    #[must_use]
    pub fn earliest(&self, instance: &Instance, cycle_time: u32, task: usize) -> u32 {
        stations(self.head[task] + u64::from(instance.time(task)), cycle_time)
    }

    /// Stations from the task's own to the last, inclusive, at least.
    #[must_use]
    pub fn from_end(&self, instance: &Instance, cycle_time: u32, task: usize) -> u32 {
        stations(self.tail[task] + u64::from(instance.time(task)), cycle_time)
    }

    /// The longest line through one task: stations and the task; (0, 0) without tasks.
    #[must_use]
    pub fn bound(&self, instance: &Instance, cycle_time: u32) -> (u32, u32) {
        let mut best = (0, 0);
        for task in 0..instance.n_tasks() {
            let line = self.head[task] + u64::from(instance.time(task)) + self.tail[task];
            let windows = (self.earliest(instance, cycle_time, task) + self.from_end(instance, cycle_time, task))
                .saturating_sub(1);
            let through = stations(line, cycle_time).max(windows);
            if through > best.0 {
                best = (through, task as u32);
            }
        }
        best
    }
}

/// Ticks of line in whole stations; a task of no time still stands in one.
fn stations(ticks: u64, cycle_time: u32) -> u32 {
    ticks.div_ceil(u64::from(cycle_time)).max(1) as u32
}

/// Ticks of line after each task.
fn tails(instance: &Instance, cycle_time: u32, weights: &[Weights]) -> Vec<u64> {
    let c = u64::from(cycle_time);
    let mut tail = vec![0u64; instance.n_tasks()];
    let mut after: Vec<usize> = Vec::new();
    for &task in instance.order().iter().rev() {
        let task = task as usize;
        after.clear();
        after.extend(instance.after().ones(task));
        // One machine must process all successors; longest tail first is optimal.
        after.sort_by_key(|&s| std::cmp::Reverse(tail[s]));
        let mut done = 0;
        let mut need = 0;
        for &successor in &after {
            done += u64::from(instance.time(successor));
            need = need.max(done + tail[successor]);
        }
        // The task and all after it need `k` stations: `k - 1` lie behind its own.
        for w in weights {
            let weight = w.of[task] + after.iter().map(|&s| w.of[s]).sum::<u64>();
            need = need.max(u64::from(w.stations(weight).saturating_sub(1)) * c);
        }
        // A task that does not fit into what is left of the station where its tail begins ends before it.
        let full = need.div_ceil(c) * c;
        if need + u64::from(instance.time(task)) > full {
            need = full;
        }
        tail[task] = need;
    }
    tail
}
