//! Every maximal load of the next station: all ways to fill it so that nothing available fits any more.
//!
//! # Source
//! Jackson (1956), Management Science 2(3): only maximal loads need be tried. Enumeration in the
//! manner of Sewell and Jacobson (2012), INFORMS Journal on Computing 24(3), section 3.

use super::reach::{Left, Reach};
use crate::instance::{Arcs, Instance};

/// The tasks done so far, seen from the next station.
#[derive(Debug)]
pub struct Frontier<'a> {
    times: &'a [u32],
    successors: &'a Arcs,
    predecessors: &'a Arcs,
    order: &'a [u32],
    /// Unfinished direct predecessors of each task; `u32::MAX` for tasks finished at the start.
    open: Vec<u32>,
    eligible: Vec<u32>,
    load: Vec<u32>,
    reach: Reach,
}

/// What the visitor of a load wants next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// More loads.
    On,
    /// No more loads of this station.
    Stop,
}

impl<'a> Frontier<'a> {
    /// Nothing done yet.
    #[must_use]
    pub fn new(instance: &'a Instance) -> Self {
        let n = instance.n_tasks();
        let mut frontier = Self {
            times: instance.times(),
            successors: instance.successors(),
            predecessors: instance.predecessors(),
            order: instance.order(),
            open: vec![0; n],
            eligible: Vec::new(),
            load: Vec::new(),
            reach: Reach::default(),
        };
        frontier.reset(|_| false, |_| false);
        frontier
    }

    /// Starts from the finished tasks (closed under predecessors); tasks that are barred never become eligible.
    pub fn reset(&mut self, done: impl Fn(usize) -> bool, barred: impl Fn(usize) -> bool) {
        self.eligible.clear();
        self.load.clear();
        for task in 0..self.times.len() {
            if done(task) {
                self.open[task] = u32::MAX;
                continue;
            }
            let open = self.predecessors.of(task);
            let waits = open.iter().filter(|&&p| !done(p as usize)).count() as u32;
            // One more than there are: it never comes to nought.
            self.open[task] = waits + u32::from(barred(task));
            if self.open[task] == 0 {
                self.eligible.push(task as u32);
            }
        }
    }

    /// Tasks whose predecessors are all finished.
    #[must_use]
    pub fn eligible(&self) -> &[u32] {
        &self.eligible
    }

    /// Puts the eligible tasks in the order in which loads are to be tried.
    pub fn sort_by_key<K: Ord>(&mut self, key: impl Fn(u32) -> K) {
        self.eligible.sort_by_key(|&t| key(t));
    }

    /// As [`Frontier::sort_by_key`], highest value first (no NaN), ties by task.
    pub fn sort_by_value(&mut self, values: &[f64]) {
        self.eligible.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]).then(a.cmp(&b)));
    }

    /// Closes the station with this load.
    pub fn take(&mut self, load: &[u32]) {
        for &task in load {
            for &next in self.successors.of(task as usize) {
                self.open[next as usize] -= 1;
                if self.open[next as usize] == 0 {
                    self.eligible.push(next);
                }
            }
        }
        for &task in load {
            self.open[task as usize] = u32::MAX;
        }
        self.eligible.retain(|t| !load.contains(t));
    }

    /// Calls `visit(load, idle ticks)` for each maximal load that leaves at most `idle_max` idle.
    ///
    /// Returns the number of steps and whether all loads were seen (false after [`Walk::Stop`] or when
    /// `steps_max` ran out).
    pub fn walk(
        &mut self,
        cycle_time: u32,
        idle_max: u32,
        steps_max: u64,
        visit: &mut impl FnMut(&[u32], u32) -> Walk,
    ) -> (u64, bool) {
        let (times, predecessors, order) = (self.times, self.predecessors, self.order);
        let left = Left { times, predecessors, order, open: &self.open, eligible: &self.eligible };
        let sums = self.reach.prepare(&left, cycle_time, idle_max);
        let mut run = Run { idle_max, sums, steps: 0, steps_max, visit };
        let end = self.eligible.len();
        let complete = self.grow(&mut run, 0, cycle_time, u32::MAX) == Walk::On;
        self.eligible.truncate(end);
        (run.steps, complete)
    }

    /// Tries every eligible task from `start` on; `skipped` is the shortest task left out so far.
    fn grow<V: FnMut(&[u32], u32) -> Walk>(
        &mut self,
        run: &mut Run<'_, V>,
        start: usize,
        room: u32,
        mut skipped: u32,
    ) -> Walk {
        run.steps += 1;
        if run.steps > run.steps_max {
            return Walk::Stop;
        }
        let end = self.eligible.len();
        let mut full = true;
        let shortest_skipped = skipped;
        for position in start..end {
            let task = self.eligible[position];
            let time = self.times[task as usize];
            if run.sums && !self.reach.may_fill(position, room) {
                // Then `room` is more than may stay idle: this load is none either.
                break;
            }
            if time > room {
                continue;
            }
            full = false;
            if run.sums && !self.reach.may_fill(position + 1, room - time) {
                skipped = skipped.min(time);
                continue;
            }
            self.load.push(task);
            for &next in self.successors.of(task as usize) {
                self.open[next as usize] -= 1;
                if self.open[next as usize] == 0 {
                    self.eligible.push(next);
                }
            }
            let walk = self.grow(run, position + 1, room - time, skipped);
            for &next in self.successors.of(task as usize) {
                self.open[next as usize] += 1;
            }
            self.eligible.truncate(end);
            self.load.pop();
            if walk == Walk::Stop {
                return walk;
            }
            skipped = skipped.min(time);
            // Whatever follows leaves this task out; a task of no time always fits.
            if skipped == 0 {
                break;
            }
        }
        if full && shortest_skipped > room && room <= run.idle_max && !self.load.is_empty() {
            return (run.visit)(&self.load, room);
        }
        Walk::On
    }
}

struct Run<'v, V> {
    idle_max: u32,
    /// Sums are prepared.
    sums: bool,
    steps: u64,
    steps_max: u64,
    visit: &'v mut V,
}
