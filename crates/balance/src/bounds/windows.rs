//! Refutes a number of stations: the windows it leaves to the tasks are too narrow.
//!
//! # Source
//! Destructive improvement with earliest and latest stations: Scholl and Klein (1997), INFORMS
//! Journal on Computing 9(4); intervals weighed by dual feasible functions as in energetic reasoning
//! (Baptiste, Le Pape and Nuijten 2001, Constraint-Based Scheduling, chapter 3); the matching is
//! that of [`super::matching`], here only between tasks whose windows meet.

use super::blossom::Matching;
use super::dual_feasible::for_search;
use super::heads::Heads;
use super::matching::{long_tasks, pairable};
use crate::instance::Instance;

/// True when `stations` stations are proven too few. `cycle_time` in ticks.
#[must_use]
pub fn refutes(instance: &Instance, cycle_time: u32, heads: &Heads, stations: u32) -> bool {
    let n = instance.n_tasks();
    let mut earliest = Vec::with_capacity(n);
    let mut latest = Vec::with_capacity(n);
    for task in 0..n {
        let first = heads.earliest(instance, cycle_time, task);
        let behind = heads.from_end(instance, cycle_time, task);
        if first + behind > stations + 1 {
            return true;
        }
        earliest.push(first);
        latest.push(stations + 1 - behind);
    }
    intervals_overflow(instance, cycle_time, stations, &earliest, &latest)
        || pairs_too_few(instance, cycle_time, stations, &earliest, &latest)
}

/// Some run of stations must hold more than it can.
fn intervals_overflow(instance: &Instance, cycle_time: u32, stations: u32, earliest: &[u32], latest: &[u32]) -> bool {
    let m = stations as usize;
    let mut weights: Vec<(u64, Vec<u64>)> =
        for_search(instance, cycle_time, 12).into_iter().map(|w| (w.scale, w.of)).collect();
    weights.push((u64::from(cycle_time), instance.times().iter().map(|&t| u64::from(t)).collect()));
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); m + 2];
    for (task, &station) in earliest.iter().enumerate() {
        starts[station as usize].push(task);
    }
    for (scale, of) in &weights {
        // ends[b]: weight of tasks that start no earlier than `a` and must end at `b`
        let mut ends = vec![0u64; m + 2];
        for a in (1..=m).rev() {
            for &task in &starts[a] {
                ends[latest[task] as usize] += of[task];
            }
            let mut held = 0;
            for (b, end) in ends.iter().enumerate().take(m + 1).skip(a) {
                held += end;
                if held > (b + 1 - a) as u64 * scale {
                    return true;
                }
            }
        }
    }
    false
}

/// Long tasks can be paired only where their windows meet.
fn pairs_too_few(instance: &Instance, cycle_time: u32, stations: u32, earliest: &[u32], latest: &[u32]) -> bool {
    let long = long_tasks(instance, cycle_time);
    if long.len() <= stations as usize {
        return false;
    }
    let mut adjacent = pairable(instance, cycle_time, &long);
    for (i, list) in adjacent.iter_mut().enumerate() {
        let a = long[i] as usize;
        list.retain(|&j| {
            let b = long[j as usize] as usize;
            earliest[a].max(earliest[b]) <= latest[a].min(latest[b])
        });
    }
    long.len() - Matching::of(&adjacent).size() > stations as usize
}
