//! Lines near a given one: no task stands more than so many stations from where it stands there.
//!
//! Of the sets of tasks that the first `k` stations may do, those near a known line are few: the tasks of its first `k - width`
//! stations are all in, those of its stations after `k + width` all out. What is left of a search station by station is looked through
//! in moments, and yet idle time wanders along the whole line, where windows keep it between their ends.
//!
//! # Source
//! Sniedovich and Voss (2006), "The corridor method: a dynamic programming inspired metaheuristic", Control and Cybernetics 35(3): an
//! exact method on those solutions near an incumbent that leave it few states.
//! # Not handled
//! Dominance between states and loads may lead out of the corridor and is used all the same; loads that waste much more than the known
//! line wastes near by are not tried. So a search that ends without a line proves nothing, not even about the corridor.

use super::memory::Set;
use crate::instance::Instance;

/// Lines in which each task stands at most `width` stations from where it stands in a given line.
#[derive(Debug, Clone, Copy)]
pub struct Corridor<'a> {
    /// Of each task, as seen from the end where the search begins.
    pub station_of: &'a [u32],
    /// In stations.
    pub width: u32,
    /// Shuffles states that leave about as much to do, each seed in its own way.
    pub shuffle: Option<u64>,
}

/// What the first stations must have done and what they may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gate<const W: usize> {
    must: Set<W>,
    may: Set<W>,
    /// Ticks that the next station may leave idle, however little others do.
    pub(super) idle: u32,
}

/// A station may leave so many times idle what the known line leaves at one of the stations near it.
const IDLE_TIMES: u32 = 2;

impl Corridor<'_> {
    /// For `0..=stations` stations done.
    pub(super) fn gates<const W: usize>(&self, instance: &Instance, cycle_time: u32, stations: u32) -> Vec<Gate<W>> {
        let before = |station: u32| {
            let mut set = [0; W];
            for (task, _) in self.station_of.iter().enumerate().filter(|(_, at)| **at < station) {
                set[task / 64] |= 1 << (task % 64);
            }
            set
        };
        let mut idle = vec![cycle_time; stations as usize];
        for (task, &station) in self.station_of.iter().enumerate() {
            if let Some(idle) = idle.get_mut(station as usize) {
                *idle = idle.saturating_sub(instance.time(task));
            }
        }
        let gate = |k: u32| {
            let near = k.saturating_sub(self.width) as usize..((k + self.width + 1).min(stations)) as usize;
            let idle = idle.get(near).and_then(|near| near.iter().max()).map_or(cycle_time, |idle| idle * IDLE_TIMES);
            Gate { must: before(k.saturating_sub(self.width)), may: before(k.saturating_add(self.width)), idle }
        };
        (0..=stations).map(gate).collect()
    }
}

impl<const W: usize> Gate<W> {
    /// True when these tasks may be the ones done.
    pub(super) fn lets(&self, done: &Set<W>) -> bool {
        (0..W).all(|w| self.must[w] & !done[w] == 0 && done[w] & !self.may[w] == 0)
    }

    /// True when the task may be done.
    pub(super) fn admits(&self, task: usize) -> bool {
        crate::bits::is_set(&self.may, task)
    }
}
