//! Every load of the next station that the takt and the rules leave.
//!
//! # Source
//! Enumeration as in Sewell and Jacobson (2012), INFORMS Journal on Computing 24(3), section 3; here every load is
//! a candidate, not only the maximal ones, because rules may want less than the most.

use super::job::{Job, Load};
use super::pairs::Pairs;

/// Tasks of which all predecessors are done, and the load being built from them.
#[derive(Debug)]
pub(super) struct Frontier<'a> {
    job: &'a Job<'a>,
    pairs: &'a Pairs,
    /// Unfinished direct predecessors of each task; meaningless for finished tasks.
    open: Vec<u32>,
    pub(super) eligible: Vec<u32>,
    tasks: Vec<u32>,
    set: Vec<u64>,
    steps_left: u64,
}

impl<'a> Frontier<'a> {
    pub(super) fn new(job: &'a Job<'a>, pairs: &'a Pairs) -> Self {
        let n = job.instance.n_tasks();
        Self {
            job,
            pairs,
            open: vec![0; n],
            eligible: Vec::new(),
            tasks: Vec::new(),
            set: vec![0; job.words()],
            steps_left: 0,
        }
    }

    /// Starts from the finished tasks; those that `bars` names stay out of this station.
    pub(super) fn reset(&mut self, done: &[u64]) {
        let is_done = |t: u32| crate::bits::is_set(done, t as usize);
        self.eligible.clear();
        self.tasks.clear();
        self.set.fill(0);
        for task in 0..self.job.instance.n_tasks() as u32 {
            if is_done(task) {
                continue;
            }
            let before = self.job.instance.predecessors().of(task as usize);
            let open = before.iter().filter(|&&p| !is_done(p)).count() as u32;
            self.open[task as usize] = open;
            if open == 0 {
                self.eligible.push(task);
            }
        }
    }

    /// Calls `visit(load, joiners)` for each load that no rule spoils, `joiners` being the tasks that could stand
    /// here too; at most `steps_max` steps. Returns the steps taken and whether all loads were seen.
    pub(super) fn walk(
        &mut self,
        steps_max: u64,
        barred: &dyn Fn(u32) -> bool,
        visit: &mut dyn FnMut(&Load<'_>, &[u32]),
    ) -> (u64, bool) {
        self.steps_left = steps_max;
        let end = self.eligible.len();
        self.grow(0, 0, 1, barred, visit);
        self.eligible.truncate(end);
        (steps_max - self.steps_left, self.steps_left > 0)
    }

    fn grow(
        &mut self,
        start: usize,
        time: u64,
        copies: u32,
        barred: &dyn Fn(u32) -> bool,
        visit: &mut dyn FnMut(&Load<'_>, &[u32]),
    ) {
        let end = self.eligible.len();
        for position in start..end {
            if self.steps_left == 0 {
                return;
            }
            self.steps_left -= 1;
            let task = self.eligible[position];
            if barred(task) || self.pairs.is_apart_from(task, &self.set) {
                continue;
            }
            let time = time + u64::from(self.job.instance.time(task as usize));
            let copies = copies.max(self.job.copies_for(task));
            self.put(task);
            let load = Load { tasks: &self.tasks, set: &self.set, time, copies };
            let spoiled = self.is_too_long(&load) || self.job.rules.iter().any(|r| r.spoils(&load));
            if !spoiled {
                visit(&load, &self.eligible);
                self.grow(position + 1, time, copies, barred, visit);
            }
            self.take_back(task, end);
        }
    }

    /// True when the load does not fit and no eligible task can open the room it needs.
    fn is_too_long(&self, load: &Load<'_>) -> bool {
        if self.job.fits(load) {
            return false;
        }
        let takt = u64::from(self.job.takt);
        let room = |&t: &u32| u64::from(self.job.copies_for(t)) * takt;
        // Successors that become eligible later might open room too: look at all unfinished tasks that may follow.
        let widest = (0..self.job.instance.n_tasks() as u32).map(|t| room(&t)).max().unwrap_or(takt);
        self.job.copies == super::job::Side::Single || load.time > widest
    }

    fn put(&mut self, task: u32) {
        self.tasks.push(task);
        self.set[task as usize / 64] |= 1 << (task % 64);
        for &next in self.job.instance.successors().of(task as usize) {
            self.open[next as usize] -= 1;
            if self.open[next as usize] == 0 {
                self.eligible.push(next);
            }
        }
    }

    fn take_back(&mut self, task: u32, end: usize) {
        self.eligible.truncate(end);
        for &next in self.job.instance.successors().of(task as usize) {
            self.open[next as usize] += 1;
        }
        self.set[task as usize / 64] &= !(1 << (task % 64));
        self.tasks.pop();
    }
}
