//! Beam search: the states of each station that leave most slack go on, the others are dropped.
//!
//! # Source
//! Station-based beam search for ALWABP: Borba and Ritt (2014), section 4; the order by slack at prices made for each
//! state is ours.
//! # Cost
//! `width x workers^2` openings of at most `steps_max` steps.

use super::expand::{Expand, after, is_done};
use super::knapsack::Table;
use super::line::{NEVER, WorkerAssignment, WorkerLine};
use super::multipliers::PRICE_SUM;
use super::reprice::Reprice;
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

/// States priced anew for each one that goes on.
const PRICED: usize = 3;

/// Rounds and pace of the prices of one state.
const ROUNDS: (u32, f64) = (8, 0.15);

struct Node<const W: usize> {
    /// Slack, and the bonus of all tasks done.
    value: i64,
    /// In thousandths of a tick.
    bonus: i64,
    state: Set<W>,
    parent: u32,
    /// Where its prices stand in the row of its level.
    prices: u32,
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
    let bonus = bonus(line, table, prices, width.lookahead);
    let mut expand = Expand::<W>::new(line, table);
    let mut reprice = Reprice::new(table, n, m);
    let mut rows: Vec<f64> = prices.iter().map(|&p| p as f64).collect();
    let mut levels = vec![vec![Node { value: 0, bonus: 0, state: [0; W], parent: 0, prices: 0 }]];
    for level in 0..m {
        let mut pool: Vec<Node<W>> = Vec::new();
        let mut wanted = i64::MIN / 2;
        let kept = PRICED * width.states;
        let unit = unit(m - level);
        expand.set_bonus(bonus.iter().map(|b| b * unit / 1000));
        for (parent, node) in levels[level].iter().enumerate() {
            let at = node.prices as usize * m;
            let whole: Vec<i64> = rows[at..at + m].iter().map(|&p| (p as i64).max(1)).collect();
            let before = node.bonus * unit / 1000;
            let (steps, _) = expand.open(&node.state, &whole, width.steps_max, &mut |offer| {
                let state = after(&node.state, n, &offer);
                let value = offer.slack + offer.bonus + before;
                let done: i64 = offer.load.iter().map(|&t| bonus[t as usize]).sum();
                pool.push(Node { value, bonus: node.bonus + done, state, parent: parent as u32, prices: node.prices });
                if pool.len() >= 2 * kept + 64 {
                    wanted = keep_best(&mut pool, kept);
                }
                Some(wanted - before)
            });
            if !budget.step(steps) {
                return None;
            }
        }
        keep_best(&mut pool, kept);
        if level + 1 < m {
            let rest = price_anew(&mut pool, &mut reprice, &mut rows, table, m - level - 1);
            budget.step(pool.len() as u64 * rest);
            keep_best(&mut pool, width.states);
        }
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

/// What a tick of a worker costs on average when so many are left.
fn unit(left: usize) -> i64 {
    (PRICE_SUM / left as u64) as i64
}

/// Gives each state prices of its own and values it by them; states that are refuted go. Returns the steps it took
/// for each.
fn price_anew<const W: usize>(
    pool: &mut Vec<Node<W>>,
    reprice: &mut Reprice,
    rows: &mut Vec<f64>,
    table: &Table,
    left: usize,
) -> u64 {
    let (n, m) = (table.tasks(), table.workers());
    let limit = f64::from(table.cycle_time);
    let mut fresh = Vec::with_capacity(pool.len() * m);
    let (mut rest, mut workers) = (Vec::with_capacity(n), Vec::with_capacity(m));
    let mut own = vec![0.0; m];
    let mut most = 0;
    pool.retain_mut(|node| {
        let is_set = |bit: usize| crate::bits::is_set(&node.state, bit);
        rest.clear();
        rest.extend((0..n as u32).filter(|&t| !is_set(t as usize)));
        workers.clear();
        workers.extend((0..m as u32).filter(|&w| !is_set(n + w as usize)));
        own.copy_from_slice(&rows[node.prices as usize * m..(node.prices as usize + 1) * m]);
        let bound = reprice.improve(&rest, &workers, &mut own, ROUNDS, limit + 1e-6 * limit);
        most = most.max(rest.len() * workers.len());
        if bound > limit * (1.0 + 1e-9) + 1e-6 {
            return false;
        }
        node.value = ((limit - bound) * PRICE_SUM as f64) as i64 + node.bonus * unit(left) / 1000;
        node.prices = (fresh.len() / m) as u32;
        fresh.extend_from_slice(&own);
        true
    });
    *rows = fresh;
    (most as u64 * u64::from(ROUNDS.0)) / 32
}

/// For each task a share of the least cost of all tasks that wait for it, in thousandths of a tick of a worker of mean price.
fn bonus(line: &WorkerLine, table: &Table, prices: &[u64], lookahead: i64) -> Vec<i64> {
    let m = line.n_workers();
    let mean = (prices.iter().sum::<u64>() / m as u64).max(1) as i64;
    let least = |task: usize| {
        let able = (0..m).filter(|&w| table.of(w)[task] != NEVER);
        able.map(|w| i64::from(table.of(w)[task]) * prices[w] as i64).min().unwrap_or(0)
    };
    let least: Vec<i64> = (0..line.n_tasks()).map(least).collect();
    (0..line.n_tasks())
        .map(|task| line.graph().after().ones(task).map(|s| least[s]).sum::<i64>() * lookahead / mean)
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
