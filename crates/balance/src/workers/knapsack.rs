//! The price of a task: a bound in which every worker packs the dearest tasks that fit the cycle time.
//!
//! For any prices `l_i >= 0` of tasks, a line of cycle time `c` hands every price to a worker, and worker `w` can take at
//! most `K_w`, the best knapsack of capacity `c` with weights `t_wi`. So if `sum_i l_i > sum_w K_w`, no line exists.
//! Where forcing task `i` on worker `w` tips the scales, `w` need never be thought of for `i`.
//!
//! # Source
//! Lagrangean relaxation of the assignment constraints: Fisher, Jaikumar and Van Wassenhove (1986), Management Science
//! 32(9), for generalized assignment; fixing by reduced cost.
//! # Cost
//! `rounds x workers x tasks x c` additions.
//! # Not handled
//! Cycle times above [`CAPACITY_MAX`] ticks: nothing is refuted or ruled out.

use super::line::{NEVER, WorkerLine};

/// The largest cycle time for which knapsacks are solved, in ticks.
pub(super) const CAPACITY_MAX: u32 = 20_000;

/// Task prices add up to at most this.
const PRICE_SUM: u64 = 1 << 29;

/// Rounds of price changes.
const ROUNDS: u32 = 150;

/// Who may do what at one cycle time, with the prices that say so.
#[derive(Debug, Clone)]
pub(super) struct Table {
    pub(super) cycle_time: u32,
    tasks: usize,
    /// Worker by worker: the time, [`NEVER`] where the worker is ruled out.
    times: Vec<u32>,
    /// The price of each task.
    pub(super) prices: Vec<u32>,
    /// The most that each worker can pack.
    pub(super) packs: Vec<u64>,
    /// Work that the table took, in steps.
    pub(super) steps: u64,
}

/// A cycle time is too short: these prices are more than the workers can pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refuted {
    /// The price of each task.
    pub(super) prices: Vec<u32>,
}

impl Table {
    /// Tightens the table for a cycle time, or refutes it. `worker_prices` as of [`super::multipliers`].
    ///
    /// The error holds the prices that refute, or none when one task fits no worker any more after others were
    /// ruled out, and the steps it took.
    pub(super) fn new(
        line: &WorkerLine,
        cycle_time: u32,
        worker_prices: &[u64],
    ) -> Result<Self, (Option<Refuted>, u64)> {
        let (n, m) = (line.n_tasks(), line.n_workers());
        let times = (0..m).flat_map(|w| line.of(w).iter().map(|&t| if t > cycle_time { NEVER } else { t })).collect();
        let mut table =
            Self { cycle_time, tasks: n, times, prices: vec![0; n], packs: vec![u64::MAX / 128; m], steps: 0 };
        if cycle_time > CAPACITY_MAX {
            return if table.everybody_has_a_task_left() { Ok(table) } else { Err((None, 0)) };
        }
        let mut first = true;
        for _ in 0..4 {
            if !table.everybody_has_a_task_left() {
                return Err((None, table.steps));
            }
            if !table.price(worker_prices) {
                // Once pairs were ruled out, the prices alone no longer tell the whole story.
                let refuted = first.then(|| Refuted { prices: table.prices.clone() });
                return Err((refuted, table.steps));
            }
            first = false;
            if table.rule_out() == 0 {
                break;
            }
        }
        Ok(table)
    }

    /// The times of one worker, task by task.
    pub(super) fn of(&self, worker: usize) -> &[u32] {
        &self.times[worker * self.tasks..(worker + 1) * self.tasks]
    }

    /// How many tasks there are.
    pub(super) fn tasks(&self) -> usize {
        self.tasks
    }

    /// How many workers there are.
    pub(super) fn workers(&self) -> usize {
        self.packs.len()
    }

    fn everybody_has_a_task_left(&self) -> bool {
        (0..self.tasks).all(|task| (0..self.workers()).any(|w| self.of(w)[task] != NEVER))
    }

    /// Looks for prices that refute; false when found. Keeps the best prices and packs.
    fn price(&mut self, worker_prices: &[u64]) -> bool {
        let (n, m) = (self.tasks, self.workers());
        let start = |task: usize| {
            let costs = (0..m).filter(|&w| self.of(w)[task] != NEVER);
            costs.map(|w| f64::from(self.of(w)[task]) * worker_prices[w] as f64).fold(f64::INFINITY, f64::min)
        };
        let mut real: Vec<f64> = (0..n).map(start).collect();
        let mut best_share = f64::NEG_INFINITY;
        let (mut pace, mut stale) = (1.0, 0);
        for _ in 0..ROUNDS {
            let prices = whole(&real);
            let sum: u64 = prices.iter().map(|&p| u64::from(p)).sum();
            let mut cover = vec![0i32; n];
            let mut packs = Vec::with_capacity(m);
            for w in 0..m {
                packs.push(pack(self.of(w), &prices, self.cycle_time, &mut cover));
            }
            self.steps += (n * m) as u64 * u64::from(self.cycle_time) / 64 + 1;
            let packed: u64 = packs.iter().sum();
            if sum > packed {
                self.prices = prices;
                return false;
            }
            let share = (sum as f64 - packed as f64) / sum.max(1) as f64;
            if share > best_share + 1e-6 {
                best_share = share;
                self.prices.clone_from(&prices);
                self.packs = packs;
                stale = 0;
            } else {
                stale += 1;
                if stale == 12 {
                    pace *= 0.5;
                    stale = 0;
                }
            }
            let total: f64 = real.iter().sum();
            let missed: f64 = cover.iter().map(|&c| f64::from((1 - c) * (1 - c))).sum();
            if missed == 0.0 {
                break;
            }
            let step = pace * (0.01 - share) * total / missed;
            for (price, &c) in real.iter_mut().zip(&cover) {
                *price = (*price + step * f64::from(1 - c)).max(0.0);
            }
        }
        true
    }

    /// Rules out workers for tasks by what forcing them would cost; how many.
    fn rule_out(&mut self) -> u32 {
        let (n, c) = (self.tasks, self.cycle_time as usize);
        let sum: u64 = self.prices.iter().map(|&p| u64::from(p)).sum();
        let packed: u64 = self.packs.iter().sum();
        let mut gone = 0;
        for w in 0..self.workers() {
            let times = self.of(w).to_vec();
            // before[i][r]: the best of tasks 0..i in room r; after likewise of tasks i..n.
            let mut before = vec![vec![0u32; c + 1]];
            for task in 0..n {
                let mut row = before[task].clone();
                put(&mut row, times[task], self.prices[task]);
                before.push(row);
            }
            let mut after = vec![0u32; c + 1];
            for task in (0..n).rev() {
                let time = times[task];
                if time != NEVER {
                    let room = c - time as usize;
                    let others = (0..=room).map(|r| before[task][r] + after[room - r]).max().unwrap_or(0);
                    let forced = u64::from(others) + u64::from(self.prices[task]);
                    if sum > packed - self.packs[w] + forced {
                        self.times[w * n + task] = NEVER;
                        gone += 1;
                    }
                }
                put(&mut after, time, self.prices[task]);
            }
        }
        self.steps += (n * self.workers() * c) as u64 / 16 + 1;
        gone
    }
}

/// True when the prices add up to more than all workers can pack at a cycle time: the whole argument, anew.
pub(super) fn refutes(line: &WorkerLine, cycle_time: u32, prices: &[u32]) -> bool {
    let mut cover = vec![0; line.n_tasks()];
    let packed: u64 = (0..line.n_workers()).map(|w| pack(line.of(w), prices, cycle_time, &mut cover)).sum();
    prices.iter().map(|&p| u64::from(p)).sum::<u64>() > packed
}

fn whole(real: &[f64]) -> Vec<u32> {
    let sum: f64 = real.iter().sum::<f64>().max(1e-300);
    real.iter().map(|&p| (p / sum * PRICE_SUM as f64) as u32).collect()
}

/// Adds one task to a table of best values by room.
fn put(best: &mut [u32], time: u32, price: u32) {
    let time = time as usize;
    if time < best.len() && price > 0 {
        if time == 0 {
            best.iter_mut().for_each(|b| *b += price);
        } else {
            for room in (time..best.len()).rev() {
                best[room] = best[room].max(best[room - time] + price);
            }
        }
    }
}

/// The most that fits one worker; counts the tasks taken in `cover`.
fn pack(times: &[u32], prices: &[u32], cycle_time: u32, cover: &mut [i32]) -> u64 {
    let size = cycle_time as usize + 1;
    let fits: Vec<usize> = (0..times.len()).filter(|&t| times[t] <= cycle_time && prices[t] > 0).collect();
    let mut tables = vec![0u32; (fits.len() + 1) * size];
    for (row, &task) in fits.iter().enumerate() {
        let (old, new) = tables[row * size..(row + 2) * size].split_at_mut(size);
        let (time, price) = (times[task] as usize, prices[task]);
        new[..time].copy_from_slice(&old[..time]);
        for ((n, &stay), &from) in new[time..].iter_mut().zip(&old[time..]).zip(old.iter()) {
            *n = stay.max(from + price);
        }
    }
    let mut room = size - 1;
    for (row, &task) in fits.iter().enumerate().rev() {
        if tables[(row + 1) * size + room] != tables[row * size + room] {
            cover[task] += 1;
            room -= times[task] as usize;
        }
    }
    u64::from(tables[(fits.len() + 1) * size - 1])
}
