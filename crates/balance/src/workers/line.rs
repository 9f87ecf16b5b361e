//! Tasks, workers, and who can do what in which time; checked once.

use crate::instance::{Instance, InstanceFault};
use std::fmt;

/// The time of a task that a worker cannot do.
pub const NEVER: u32 = u32::MAX;

/// The largest number of workers of one line.
pub const WORKERS_MAX: usize = 64;

/// Tasks with a time for each worker, and what must come before what.
///
/// Invariants: `1..=64` workers; every task has a worker who can do it; the longest times together stay
/// within [`crate::instance::TIME_MAX`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerLine {
    /// The precedence graph; its times are the longest a worker takes.
    graph: Instance,
    workers: usize,
    /// Worker by worker, in ticks.
    times: Vec<u32>,
}

/// Why a table of times is not a line of workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WorkerFault {
    /// The tasks and their order.
    Line(InstanceFault),
    /// No workers, or more than [`WORKERS_MAX`].
    Workers {
        /// How many.
        workers: usize,
    },
    /// A row of times that has not one time for each worker.
    Row {
        /// The task, counted from 0.
        task: usize,
    },
    /// Nobody can do this task.
    Nobody {
        /// The task, counted from 0.
        task: usize,
    },
}

impl fmt::Display for WorkerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(fault) => fault.fmt(f),
            Self::Workers { workers } => write!(f, "{workers} workers; a line has 1 to {WORKERS_MAX}"),
            Self::Row { task } => write!(f, "task {} has not one time for each worker", task + 1),
            Self::Nobody { task } => write!(f, "no worker can do task {}", task + 1),
        }
    }
}

impl std::error::Error for WorkerFault {}

impl WorkerLine {
    /// From a row of times for each task (`tasks x workers`, in ticks, [`NEVER`] where a worker cannot) and arcs
    /// `(earlier, later)`, tasks counted from 0.
    ///
    /// # Errors
    /// Every [`WorkerFault`] found.
    ///
    /// # Example
    /// ```
    /// use balance::workers::{NEVER, WorkerLine};
    /// let line = WorkerLine::new(&[vec![4, NEVER], vec![3, 5]], &[(0, 1)]).expect("both tasks can be done");
    /// assert_eq!(line.time(1, 1), 5);
    /// ```
    pub fn new(rows: &[Vec<u32>], arcs: &[(usize, usize)]) -> Result<Self, Vec<WorkerFault>> {
        let workers = rows.first().map_or(0, Vec::len);
        let mut faults = Vec::new();
        if workers == 0 || workers > WORKERS_MAX {
            faults.push(WorkerFault::Workers { workers });
        }
        let mut longest = Vec::with_capacity(rows.len());
        for (task, row) in rows.iter().enumerate() {
            if row.len() != workers {
                faults.push(WorkerFault::Row { task });
            }
            let most = row.iter().copied().filter(|&t| t != NEVER).max();
            if most.is_none() {
                faults.push(WorkerFault::Nobody { task });
            }
            longest.push(most.unwrap_or(0));
        }
        let graph = match Instance::new(&longest, arcs) {
            Ok(graph) => graph,
            Err(more) => {
                faults.extend(more.into_iter().map(WorkerFault::Line));
                return Err(faults);
            }
        };
        if !faults.is_empty() {
            return Err(faults);
        }
        let times = (0..workers).flat_map(|w| rows.iter().map(move |row| row[w])).collect();
        Ok(Self { graph, workers, times })
    }

    /// How many tasks there are.
    #[must_use]
    pub fn n_tasks(&self) -> usize {
        self.graph.n_tasks()
    }

    /// How many workers, and stations, there are.
    #[must_use]
    pub fn n_workers(&self) -> usize {
        self.workers
    }

    /// The precedence graph; its task times are the longest that a worker takes.
    #[must_use]
    pub fn graph(&self) -> &Instance {
        &self.graph
    }

    /// Time of a task with a worker, in ticks; [`NEVER`] when they cannot do it.
    #[must_use]
    pub fn time(&self, worker: usize, task: usize) -> u32 {
        self.times[worker * self.n_tasks() + task]
    }

    /// The times of one worker, task by task.
    #[must_use]
    pub fn of(&self, worker: usize) -> &[u32] {
        &self.times[worker * self.n_tasks()..(worker + 1) * self.n_tasks()]
    }

    /// The shortest time in which anybody does a task, in ticks.
    #[must_use]
    pub fn time_min(&self, task: usize) -> u32 {
        (0..self.workers).map(|w| self.time(w, task)).min().unwrap_or(NEVER)
    }

    /// The same line run backwards.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self { graph: self.graph.reversed(), workers: self.workers, times: self.times.clone() }
    }
}

/// Tasks given to stations and stations to workers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkerAssignment {
    /// Station of each task, from 0 in line order.
    pub station_of: Vec<u32>,
    /// The worker of each station; every worker has one, which may be empty.
    pub worker_of: Vec<u32>,
}

impl WorkerAssignment {
    /// Station times in line order, in ticks; [`u64::MAX`] where a worker cannot do a task.
    #[must_use]
    pub fn loads(&self, line: &WorkerLine) -> Vec<u64> {
        let mut loads = vec![0u64; self.worker_of.len()];
        for (task, &station) in self.station_of.iter().enumerate() {
            let load = &mut loads[station as usize];
            *load = match line.time(self.worker_of[station as usize] as usize, task) {
                NEVER => u64::MAX,
                time => load.saturating_add(u64::from(time)),
            };
        }
        loads
    }

    /// The longest station time, in ticks.
    #[must_use]
    pub fn cycle_time(&self, line: &WorkerLine) -> u64 {
        self.loads(line).into_iter().max().unwrap_or(0)
    }

    /// True when every worker has one station, precedence holds and no station exceeds `cycle_time`.
    #[must_use]
    pub fn fits(&self, line: &WorkerLine, cycle_time: u32) -> bool {
        let mut workers = self.worker_of.clone();
        workers.sort_unstable();
        let all_workers = workers.iter().copied().eq(0..line.n_workers() as u32);
        all_workers
            && self.station_of.len() == line.n_tasks()
            && self.station_of.iter().all(|&s| (s as usize) < self.worker_of.len())
            && self.cycle_time(line) <= u64::from(cycle_time)
            && line.graph().successors().pairs().all(|(a, b)| self.station_of[a] <= self.station_of[b])
    }

    /// The same stations counted from the other end.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let last = self.worker_of.len() as u32 - 1;
        Self {
            station_of: self.station_of.iter().map(|&s| last - s).collect(),
            worker_of: self.worker_of.iter().rev().copied().collect(),
        }
    }
}
