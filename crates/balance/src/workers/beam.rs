//! Beam search: the states of each station with most slack go on, the others are dropped.
//!
//! # Source
//! Station-based beam search for ALWABP: Borba and Ritt (2014), section 4; the order by priced slack is ours.
//! # Cost
//! `width x workers^2` openings of at most `steps_max` steps.

use super::expand::{Expand, after, is_done};
use super::knapsack::Table;
use super::line::{NEVER, WorkerAssignment, WorkerLine};
use crate::budget::Budget;
use crate::exact::memory::Set;

/// How wide, and how far into the loads of one worker.
#[derive(Debug, Clone, Copy)]
pub(super) struct Width {
    pub(super) states: usize,
    pub(super) steps_max: u64,
    /// What a tick of the work that waits for a task counts besides its own cost, in thousandths.
    pub(super) lookahead: i64,
}

struct Node<const W: usize> {
    /// Slack, and the bonus of all tasks done.
    value: i64,
    bonus: i64,
    state: Set<W>,
    parent: u32,
}

/// A line within the cycle time of the table, if the beam meets one.
pub(super) fn search<const W: usize>(
    line: &WorkerLine,
    table: &Table,
    prices: &[u64],
    width: Width,
    budget: &mut Budget<'_, '_>,
) -> Option<WorkerAssignment> {
    let (n, m) = (line.n_tasks(), line.n_workers());
    let mut expand = Expand::<W>::new(line, table, prices).with_bonus(bonus(line, table, prices, width.lookahead));
    let mut levels = vec![vec![Node { value: 0, bonus: 0, state: [0; W], parent: 0 }]];
    for level in 0..m {
        let mut pool: Vec<Node<W>> = Vec::new();
        let mut wanted = i64::MIN / 2;
        for (parent, node) in levels[level].iter().enumerate() {
            let (steps, _) = expand.open(&node.state, width.steps_max, &mut |offer| {
                let state = after(&node.state, n, &offer);
                let bonus = node.bonus + offer.bonus;
                pool.push(Node { value: offer.slack + bonus, bonus, state, parent: parent as u32 });
                if pool.len() >= 4 * width.states + 64 {
                    wanted = keep_best(&mut pool, width.states);
                }
                Some(wanted - node.bonus)
            });
            if !budget.step(steps) {
                return None;
            }
        }
        keep_best(&mut pool, width.states);
        if pool.is_empty() {
            return None;
        }
        levels.push(pool);
    }
    let mut at = levels[m].iter().position(|node| is_done(&node.state, n))?;
    let mut found = WorkerAssignment { station_of: vec![0; n], worker_of: vec![0; m] };
    for level in (1..=m).rev() {
        let node = &levels[level][at];
        at = node.parent as usize;
        let new: Vec<u64> = node.state.iter().zip(&levels[level - 1][at].state).map(|(a, b)| a & !b).collect();
        for bit in crate::bits::ones(&new) {
            if bit < n {
                found.station_of[bit] = level as u32 - 1;
            } else {
                found.worker_of[level - 1] = (bit - n) as u32;
            }
        }
    }
    Some(found)
}

/// For each task a share of the least cost of all tasks that wait for it.
fn bonus(line: &WorkerLine, table: &Table, prices: &[u64], lookahead: i64) -> Vec<i64> {
    let least = |task: usize| {
        let able = (0..line.n_workers()).filter(|&w| table.of(w)[task] != NEVER);
        able.map(|w| i64::from(table.of(w)[task]) * prices[w] as i64).min().unwrap_or(0)
    };
    let least: Vec<i64> = (0..line.n_tasks()).map(least).collect();
    (0..line.n_tasks())
        .map(|task| line.graph().after().ones(task).map(|s| least[s]).sum::<i64>() * lookahead / 1000)
        .collect()
}

/// Leaves the best `count` different states, highest value first; returns the value a newcomer must exceed.
fn keep_best<const W: usize>(pool: &mut Vec<Node<W>>, count: usize) -> i64 {
    pool.sort_unstable_by(|a, b| b.value.cmp(&a.value).then(a.state.cmp(&b.state)).then(a.parent.cmp(&b.parent)));
    pool.dedup_by(|a, b| a.state == b.state);
    if pool.len() < count {
        return i64::MIN / 2;
    }
    pool.truncate(count);
    pool.last().map_or(0, |node| node.value)
}
