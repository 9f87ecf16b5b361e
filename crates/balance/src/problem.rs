//! What is asked of a line, and what is answered.

use crate::certificate::Certificate;
use crate::instance::Instance;

/// A question about one line.
#[derive(Debug, Clone)]
pub struct Problem<'a> {
    /// The tasks.
    pub instance: &'a Instance,
    /// What is fixed and what is sought.
    pub goal: Goal,
}

/// What is fixed and what is sought. Times in ticks.
///
/// # Source
/// Baybars (1986), "A survey of exact algorithms for the simple assembly line balancing problem",
/// Management Science 32(8); Scholl and Becker (2006), EJOR 168(3), section 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// SALBP-1: the fewest stations at this cycle time.
    Stations {
        /// Cycle time, in ticks, at least 1.
        cycle_time: u32,
    },
    /// SALBP-2: the shortest cycle time with this many stations.
    CycleTime {
        /// Stations, at least 1.
        stations: u32,
    },
    /// SALBP-F: is there any assignment at all?
    Feasible {
        /// Cycle time, in ticks, at least 1.
        cycle_time: u32,
        /// Stations, at least 1.
        stations: u32,
    },
    /// SALBP-E: the smallest product of stations and cycle time within a range of stations.
    Efficiency {
        /// Fewest stations allowed, at least 1.
        stations_min: u32,
        /// Most stations allowed.
        stations_max: u32,
    },
}

/// How to search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Bytes the remembered states of one search may take.
    pub memory_bytes_max: usize,
    /// How far to go.
    pub effort: Effort,
    /// Threads that may search at once, at least 1; the answer is the same for any number.
    pub threads: usize,
}

/// How far to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Priority rules, Hoffmann loads and bounds only.
    Heuristic,
    /// Everything, until proven or out of work.
    Exact,
}

impl Default for Options {
    fn default() -> Self {
        Self { memory_bytes_max: 1 << 30, effort: Effort::Exact, threads: 1 }
    }
}

/// Tasks given to stations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Station of each task, from 0 in line order.
    pub station_of: Vec<u32>,
    /// How many stations there are; none is empty unless there are no tasks.
    pub stations: u32,
}

impl Assignment {
    /// From the station of each task; `stations` becomes the highest station plus one.
    #[must_use]
    pub fn new(station_of: Vec<u32>) -> Self {
        let stations = station_of.iter().max().map_or(0, |&s| s + 1);
        Self { station_of, stations }
    }

    /// Station times in line order, in ticks.
    #[must_use]
    pub fn loads(&self, instance: &Instance) -> Vec<u32> {
        let mut loads = vec![0; self.stations as usize];
        for (task, &station) in self.station_of.iter().enumerate() {
            loads[station as usize] += instance.time(task);
        }
        loads
    }

    /// The longest station time, in ticks.
    #[must_use]
    pub fn cycle_time(&self, instance: &Instance) -> u32 {
        self.loads(instance).into_iter().max().unwrap_or(0)
    }

    /// True when precedence holds and no station exceeds `cycle_time`.
    #[must_use]
    pub fn fits(&self, instance: &Instance, cycle_time: u32) -> bool {
        self.station_of.len() == instance.n_tasks()
            && self.cycle_time(instance) <= cycle_time
            && instance.successors().pairs().all(|(a, b)| self.station_of[a] <= self.station_of[b])
    }

    /// The same as a line of stations in order, each at a new place.
    #[must_use]
    pub fn stations_in_order(&self) -> crate::practice::Line {
        let mut stations = vec![Vec::new(); self.stations as usize];
        self.station_of.iter().enumerate().for_each(|(t, &s)| stations[s as usize].push(t as u32));
        crate::practice::Line { stands_at: vec![None; stations.len()], stations }
    }

    /// The same line with its empty stations left out.
    #[must_use]
    pub(crate) fn without_gaps(self) -> Self {
        let mut used = self.station_of.clone();
        used.sort_unstable();
        used.dedup();
        let number = |s: &u32| used.binary_search(s).expect("every station is in the list") as u32;
        Self::new(self.station_of.iter().map(number).collect())
    }

    /// The same stations counted from the other end.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let last = self.stations.saturating_sub(1);
        Self { station_of: self.station_of.iter().map(|&s| last - s).collect(), stations: self.stations }
    }
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The best answer is proven best (or, for feasibility, found).
    Optimal,
    /// An answer without proof: the work, the memory or the patience ran out.
    Feasible,
    /// Proven: there is no answer.
    Infeasible,
    /// Neither an answer nor a proof that there is none.
    Unknown,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The best assignment found.
    pub best: Option<Assignment>,
    /// What nothing can beat: stations, ticks of cycle time, or station-ticks, by [`Goal`].
    pub bound: u64,
    /// Why nothing can beat it; for [`Goal::Efficiency`] one per number of stations.
    pub certificates: Vec<Certificate>,
    /// What it took.
    pub stats: Stats,
}

/// What a run took.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stats {
    /// Work steps booked.
    pub work: u64,
    /// States kept by branch-bound-remember, both directions.
    pub states: u64,
    /// Nodes of the pairing search.
    pub pairing_nodes: u64,
    /// True when the memory limit ended a search.
    pub memory_full: bool,
}
