//! Every useful next station of a partial line: a worker who is left, and a load that leaves nothing out that fits.
//!
//! A state is the set of tasks done and workers used, in one row of bits: tasks first, workers after them. Its *slack*
//! is what the workers left can still spend beyond what the tasks left cost at least (prices of
//! [`super::multipliers`], the cheapest among the workers left); below zero it is dead.

use super::knapsack::Table;
use super::line::{NEVER, WorkerLine};
use crate::exact::memory::Set;

/// What a task costs when nobody who is left can do it.
const NOBODY: i64 = 1 << 51;

/// A load offered to the visitor.
pub(super) struct Offer<'a> {
    pub(super) worker: usize,
    pub(super) load: &'a [u32],
    /// Slack of the state after it, never negative.
    pub(super) slack: i64,
    /// Bonus of the load, at the bonuses given.
    pub(super) bonus: i64,
}

/// What the visitor answers: the least sum of slack and bonus that is still of interest, or nothing to stop.
pub(super) type Wanted = Option<i64>;

/// Opens states of one line at one cycle time.
pub(super) struct Expand<'a, const W: usize> {
    line: &'a WorkerLine,
    table: &'a Table,
    eligible: Vec<u32>,
    open: Vec<u32>,
    load: Vec<u32>,
    /// Per task, for the worker at hand: the cost that taking it saves the others.
    saved: Vec<i64>,
    /// What taking a task is worth besides, never negative.
    bonus: Vec<i64>,
}

impl<'a, const W: usize> Expand<'a, W> {
    /// `tasks + workers <= 64 W`.
    pub(super) fn new(line: &'a WorkerLine, table: &'a Table) -> Self {
        let n = line.n_tasks();
        Self {
            line,
            table,
            eligible: Vec::new(),
            open: vec![0; n],
            load: Vec::new(),
            saved: vec![0; n],
            bonus: vec![0; n],
        }
    }

    /// Sets a bonus for each task, which guides and does not prune.
    pub(super) fn set_bonus(&mut self, bonus: impl Iterator<Item = i64>) {
        self.bonus.clear();
        self.bonus.extend(bonus);
    }

    /// Offers the maximal loads of every worker left to `visit`, at most `steps_max` steps of enumeration per worker;
    /// returns the steps taken and whether all loads were seen. `prices` add up to at most [`super::multipliers::PRICE_SUM`].
    pub(super) fn open(
        &mut self,
        state: &Set<W>,
        prices: &[i64],
        steps_max: u64,
        visit: &mut impl FnMut(Offer<'_>) -> Wanted,
    ) -> (u64, bool) {
        let (n, m) = (self.line.n_tasks(), self.line.n_workers());
        let done = |t: usize| crate::bits::is_set(state, t);
        let left: Vec<usize> = (0..m).filter(|&w| !done(n + w)).collect();
        let rest: Vec<usize> = (0..n).filter(|&t| !done(t)).collect();
        // The cheapest and the second cheapest worker left, task by task.
        let mut two: Vec<(i64, usize, i64)> = Vec::with_capacity(rest.len());
        for &task in &rest {
            let mut entry = (NOBODY, usize::MAX, NOBODY);
            for &w in &left {
                let time = self.table.of(w)[task];
                if time != NEVER {
                    let cost = i64::from(time) * prices[w];
                    if cost < entry.0 {
                        entry = (cost, w, entry.0);
                    } else if cost < entry.2 {
                        entry.2 = cost;
                    }
                }
            }
            two.push(entry);
        }
        let budget: i64 = left.iter().map(|&w| prices[w]).sum::<i64>() * i64::from(self.table.cycle_time);
        let priced: u64 = rest.iter().map(|&t| u64::from(self.table.prices[t])).sum();
        let packs: u64 = left.iter().map(|&w| self.table.packs[w]).sum();
        let graph = self.line.graph();
        let mut first = Vec::new();
        for &task in &rest {
            let before = graph.predecessors().of(task);
            self.open[task] = before.iter().filter(|&&p| !done(p as usize)).count() as u32;
            if self.open[task] == 0 {
                first.push(task as u32);
            }
        }
        let mut steps = (rest.len() * left.len()) as u64 / 8 + 1;
        let mut complete = true;
        for &worker in &left {
            let mut cost = 0;
            let mut most = 1e-9f64;
            let mut free = 0i64;
            let times = self.table.of(worker);
            for (&task, entry) in rest.iter().zip(&two) {
                let others = if entry.1 == worker { entry.2 } else { entry.0 };
                self.saved[task] = others;
                cost += others;
                let gain = others + self.bonus[task];
                match times[task] {
                    NEVER => {}
                    0 => free += gain,
                    time => most = most.max(density(gain, time)),
                }
            }
            // Slack after the load S: budget of the others - (cost - saved by S).
            let before = budget - prices[worker] * i64::from(self.table.cycle_time) - cost;
            self.eligible.clear();
            self.eligible.extend(first.iter().filter(|&&t| times[t as usize] != NEVER));
            let (saved, bonus) = (&self.saved, &self.bonus);
            let key = |t: u32| density(saved[t as usize] + bonus[t as usize], times[t as usize]);
            self.eligible.sort_by(|&a, &b| key(b).total_cmp(&key(a)).then(a.cmp(&b)));
            let mut walk = Walk {
                worker,
                times,
                steps: 0,
                steps_max,
                most,
                free: free as f64,
                wanted: 0,
                priced_max: packs - self.table.packs[worker],
                visit: &mut *visit,
            };
            let ended = self.grow(&mut walk, 0, self.table.cycle_time, u32::MAX, (before, 0), priced);
            self.load.clear();
            steps += walk.steps;
            complete &= ended;
            // An early stop by the visitor ends the state, a lack of steps only this worker.
            if !ended && walk.steps <= steps_max {
                break;
            }
        }
        (steps, complete)
    }

    /// Tries every eligible task from `start` on; false to stop.
    fn grow<V: FnMut(Offer<'_>) -> Wanted>(
        &mut self,
        walk: &mut Walk<'_, V>,
        start: usize,
        room: u32,
        mut skipped: u32,
        (slack, bonus): (i64, i64),
        priced: u64,
    ) -> bool {
        walk.steps += 1;
        if walk.steps > walk.steps_max {
            return false;
        }
        // The room left gains at most `most` per tick; the margin is far above what rounding can do.
        if ((slack + bonus) as f64) + (walk.most * f64::from(room) + walk.free) * (1.0 + 1e-9) + 1.0
            < walk.wanted as f64
        {
            return true;
        }
        let line = self.line;
        let end = self.eligible.len();
        let mut full = true;
        let shortest_skipped = skipped;
        for position in start..end {
            let task = self.eligible[position];
            let time = walk.times[task as usize];
            if time > room {
                continue;
            }
            full = false;
            self.load.push(task);
            for &next in line.graph().successors().of(task as usize) {
                self.open[next as usize] -= 1;
                if self.open[next as usize] == 0 && walk.times[next as usize] != NEVER {
                    self.eligible.push(next);
                }
            }
            let sums = (slack + self.saved[task as usize], bonus + self.bonus[task as usize]);
            let priced = priced - u64::from(self.table.prices[task as usize]);
            let go_on = self.grow(walk, position + 1, room - time, skipped, sums, priced);
            for &next in line.graph().successors().of(task as usize) {
                self.open[next as usize] += 1;
            }
            self.eligible.truncate(end);
            self.load.pop();
            if !go_on {
                return false;
            }
            skipped = skipped.min(time);
            if skipped == 0 {
                break;
            }
        }
        if full && shortest_skipped > room && slack >= 0 && slack + bonus >= walk.wanted && priced <= walk.priced_max {
            match (walk.visit)(Offer { worker: walk.worker, load: &self.load, slack, bonus }) {
                Some(wanted) => walk.wanted = wanted.max(0),
                None => return false,
            }
        }
        true
    }
}

/// Cost saved per tick.
fn density(saved: i64, time: u32) -> f64 {
    saved as f64 / f64::from(time).max(1e-3)
}

struct Walk<'t, V> {
    worker: usize,
    times: &'t [u32],
    steps: u64,
    steps_max: u64,
    /// The most that a tick can gain, over all tasks left.
    most: f64,
    /// What tasks of no time gain.
    free: f64,
    wanted: i64,
    priced_max: u64,
    visit: V,
}

/// The state after a load.
pub(super) fn after<const W: usize>(state: &Set<W>, n_tasks: usize, offer: &Offer<'_>) -> Set<W> {
    let mut next = *state;
    for &task in offer.load {
        next[task as usize / 64] |= 1 << (task % 64);
    }
    let worker = n_tasks + offer.worker;
    next[worker / 64] |= 1 << (worker % 64);
    next
}

/// True when every task is done.
pub(super) fn is_done<const W: usize>(state: &Set<W>, n_tasks: usize) -> bool {
    let done: usize = (0..n_tasks).filter(|&t| crate::bits::is_set(state, t)).count();
    done == n_tasks
}
