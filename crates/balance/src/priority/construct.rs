//! Fills stations by priority: from the front, from the back, or from whichever end wastes less.
//!
//! # Source
//! Scholl and Voss (1996), Journal of Heuristics 2: station-oriented, forward, backward and bidirectional.

use crate::instance::Instance;
use crate::problem::Assignment;

/// From which end stations are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// First station first.
    Forward,
    /// Last station first.
    Backward,
    /// The end whose next station has less idle time.
    Both,
}

/// A line built by one rule.
///
/// `values`: one per task, higher first, as seen from the front; `back` the same as seen from the
/// back (rules computed on the reversed line). `cycle_time` in ticks, at least the longest task.
#[must_use]
pub fn construct(
    instance: &Instance,
    cycle_time: u32,
    direction: Direction,
    values: &[f64],
    back: &[f64],
) -> Assignment {
    let n = instance.n_tasks();
    let mut done = vec![false; n];
    let mut left = n;
    let mut front_loads: Vec<Vec<u32>> = Vec::new();
    let mut back_loads: Vec<Vec<u32>> = Vec::new();
    while left > 0 {
        let forward = (direction != Direction::Backward).then(|| fill(instance, cycle_time, values, &done, false));
        let backward = (direction != Direction::Forward).then(|| fill(instance, cycle_time, back, &done, true));
        let (load, at_front) = match (forward, backward) {
            (Some((load, idle)), Some((other, other_idle))) => {
                if idle <= other_idle {
                    (load, true)
                } else {
                    (other, false)
                }
            }
            (Some((load, _)), None) => (load, true),
            (None, Some((load, _))) => (load, false),
            (None, None) => unreachable!("every direction fills at least one end"),
        };
        for &task in &load {
            done[task as usize] = true;
        }
        left -= load.len();
        if at_front {
            front_loads.push(load);
        } else {
            back_loads.push(load);
        }
    }
    let mut station_of = vec![0; n];
    let line = front_loads.iter().chain(back_loads.iter().rev());
    for (station, load) in line.enumerate() {
        for &task in load {
            station_of[task as usize] = station as u32;
        }
    }
    Assignment::new(station_of)
}

/// One station from one end: the task of highest value that fits, until none does.
fn fill(instance: &Instance, cycle_time: u32, values: &[f64], done: &[bool], backward: bool) -> (Vec<u32>, u32) {
    let needs = if backward { instance.successors() } else { instance.predecessors() };
    let mut taken = done.to_vec();
    let mut room = cycle_time;
    let mut load = Vec::new();
    loop {
        let available = (0..instance.n_tasks())
            .filter(|&t| !taken[t] && instance.time(t) <= room && needs.of(t).iter().all(|&p| taken[p as usize]));
        // `max_by` keeps the last of equals; reversed numbers make that the smallest task.
        let Some(task) = available.max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a))) else {
            return (load, room);
        };
        taken[task] = true;
        room -= instance.time(task);
        load.push(task as u32);
    }
}
