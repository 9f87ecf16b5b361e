//! Tasks in groups that no circle joins: a line whose stations have no order yet.
//!
//! A line in which the stations stand in a row forbids more than precedence does. Here a group is only held together by
//! its cycle time and by this: contracted to one point each, the groups leave a precedence graph without a circle. Any
//! such partition becomes a line by sorting.
//!
//! # Cost
//! One look at a task takes the arcs between the groups after it and those before it.

use crate::instance::{Arcs, Instance};
use crate::problem::Assignment;

/// A partition of all tasks. Group `stations + t` is task `t` by itself, waiting for a station.
#[derive(Debug, Clone)]
pub(super) struct Partition<'a> {
    instance: &'a Instance,
    /// Stations; some may be empty.
    pub(super) stations: u32,
    pub(super) group_of: Vec<u32>,
    pub(super) tasks: Vec<Vec<u32>>,
    /// Ticks of each group.
    pub(super) loads: Vec<u32>,
    later: Reach,
    earlier: Reach,
    /// Tasks looked at since last asked.
    pub(super) looked: u64,
}

/// What a walk along the arcs from one task met.
#[derive(Debug, Clone)]
struct Reach {
    now: u32,
    /// Walk in which a task was met by an arc from a group that is not its own, the start's own arcs included.
    met: Vec<u32>,
    /// As `met`, but the start's own arcs do not count: some other group stands between.
    beyond: Vec<u32>,
    group: Vec<u32>,
    queue: Vec<u32>,
}

impl Reach {
    fn new(tasks: usize, groups: usize) -> Self {
        Self { now: 0, met: vec![0; tasks], beyond: vec![0; tasks], group: vec![0; groups], queue: Vec::new() }
    }

    /// Walks from `start`, which is a group of its own; how many tasks it looked at.
    fn walk(&mut self, start: u32, arcs: &Arcs, group_of: &[u32], tasks: &[Vec<u32>]) -> u64 {
        self.now += 1;
        let now = self.now;
        self.queue.clear();
        for &next in arcs.of(start as usize) {
            self.met[next as usize] = now;
            let group = group_of[next as usize];
            if std::mem::replace(&mut self.group[group as usize], now) != now {
                self.queue.push(group);
            }
        }
        let (mut at, mut looked) = (0, 1);
        while let Some(&group) = self.queue.get(at) {
            at += 1;
            for &task in &tasks[group as usize] {
                looked += 1;
                for &next in arcs.of(task as usize) {
                    let other = group_of[next as usize];
                    if other == group {
                        continue;
                    }
                    self.met[next as usize] = now;
                    self.beyond[next as usize] = now;
                    if std::mem::replace(&mut self.group[other as usize], now) != now {
                        self.queue.push(other);
                    }
                }
            }
        }
        looked
    }
}

impl<'a> Partition<'a> {
    /// The stations of a line as groups; the tasks of stations from `stations` on wait.
    #[must_use]
    pub(super) fn new(instance: &'a Instance, line: &Assignment, stations: u32) -> Self {
        let n = instance.n_tasks();
        let groups = stations as usize + n;
        let mut partition = Self {
            instance,
            stations,
            group_of: line.station_of.clone(),
            tasks: vec![Vec::new(); groups],
            loads: vec![0; groups],
            later: Reach::new(n, groups),
            earlier: Reach::new(n, groups),
            looked: 0,
        };
        for (task, &station) in line.station_of.iter().enumerate() {
            let group = if station < stations { station } else { stations + task as u32 };
            partition.group_of[task] = group;
            partition.tasks[group as usize].push(task as u32);
            partition.loads[group as usize] += instance.time(task);
        }
        partition
    }

    /// The tasks that wait, ascending.
    #[must_use]
    pub(super) fn waiting(&self) -> Vec<u32> {
        (0..self.group_of.len() as u32).filter(|&t| self.group_of[t as usize] >= self.stations).collect()
    }

    /// Moves a task into a group, whether or not a circle comes of it.
    pub(super) fn put(&mut self, task: u32, group: u32) {
        let from = std::mem::replace(&mut self.group_of[task as usize], group) as usize;
        self.tasks[from].retain(|&t| t != task);
        self.tasks[group as usize].push(task);
        let time = self.instance.time(task as usize);
        self.loads[from] -= time;
        self.loads[group as usize] += time;
    }

    /// Takes a task out of its station; it waits as a group of its own.
    pub(super) fn take_out(&mut self, task: u32) {
        self.put(task, self.stations + task);
    }

    /// Looks at all that stands before and after a waiting task; [`Partition::may_join`] then speaks of it.
    pub(super) fn look(&mut self, waiting: u32) {
        let (instance, group_of, tasks) = (self.instance, &self.group_of, &self.tasks);
        self.looked += self.later.walk(waiting, instance.successors(), group_of, tasks);
        self.looked += self.earlier.walk(waiting, instance.predecessors(), group_of, tasks);
    }

    /// True when the task looked at may take the place of `out` in a station, each of which then waits by itself,
    /// without a circle. Times are not looked at.
    #[must_use]
    pub(super) fn may_join(&self, station: u32, out: &[u32]) -> bool {
        let members = &self.tasks[station as usize];
        let kept = |t: &&u32| !out.contains(t);
        let (later, earlier) = (&self.later, &self.earlier);
        let apart = |&t: &u32| later.beyond[t as usize] == later.now || earlier.beyond[t as usize] == earlier.now;
        if members.iter().filter(kept).any(apart) {
            return false;
        }
        // One that goes must not stand between those that stay.
        let before = |a: u32, b: u32| self.instance.is_before(a as usize, b as usize);
        let follows = |e: u32| later.met[e as usize] == later.now || members.iter().filter(kept).any(|&k| before(k, e));
        let leads =
            |e: u32| earlier.met[e as usize] == earlier.now || members.iter().filter(kept).any(|&k| before(e, k));
        !out.iter().any(|&e| {
            let after = follows(e) || out.iter().any(|&f| before(f, e) && follows(f));
            after && (leads(e) || out.iter().any(|&f| before(e, f) && leads(f)))
        })
    }

    /// The line of all groups, those that wait as stations of their own, in an order that precedence allows.
    #[must_use]
    pub(super) fn line(&self) -> Assignment {
        let groups = self.tasks.len();
        let mut open = vec![0u32; groups];
        for (a, b) in self.instance.successors().pairs() {
            open[self.group_of[b] as usize] += u32::from(self.group_of[a] != self.group_of[b]);
        }
        let used = |g: usize| !self.tasks[g].is_empty();
        let mut ready: std::collections::BTreeSet<usize> = (0..groups).filter(|&g| used(g) && open[g] == 0).collect();
        let mut place = vec![u32::MAX; groups];
        let mut placed = 0;
        while let Some(group) = ready.pop_first() {
            place[group] = placed;
            placed += 1;
            for &task in &self.tasks[group] {
                for &next in self.instance.successors().of(task as usize) {
                    let other = self.group_of[next as usize] as usize;
                    if other != group {
                        open[other] -= 1;
                        if open[other] == 0 {
                            ready.insert(other);
                        }
                    }
                }
            }
        }
        let sorted = (0..groups).filter(|&g| used(g)).count() == placed as usize;
        assert!(sorted, "groups are joined and parted only where no circle comes of it");
        Assignment::new(self.group_of.iter().map(|&g| place[g as usize]).collect())
    }
}
