//! Fills each station with the best of its maximal loads, not task by task.
//!
//! # Source
//! Hoffmann (1963), Management Science 9(4); the value of a load with positional weight, successors
//! and a fixed charge per task after Fleszar and Hindi (2003), EJOR 145(3), and Sewell and Jacobson
//! (2012), section 4.1.

use crate::exact::loads::{Frontier, Walk};
use crate::instance::Instance;
use crate::problem::Assignment;

/// How a load is valued besides its time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Taste {
    /// Per tick of positional weight.
    pub weight: f64,
    /// Per successor.
    pub followers: f64,
    /// Charged per task.
    pub task: f64,
}

/// The tastes tried, as shares of the mean task time where they meet time.
pub const TASTES: [Taste; 8] = {
    const fn taste(weight: f64, followers: f64, task: f64) -> Taste {
        Taste { weight, followers, task }
    }
    [
        taste(0.0, 0.0, 0.0),
        taste(0.005, 0.0, 0.0),
        taste(0.02, 0.0, 0.01),
        taste(0.0, 0.01, 0.0),
        taste(0.01, 0.005, 0.02),
        taste(0.005, 0.02, 0.03),
        taste(0.05, 0.0, 0.02),
        taste(0.0, 0.05, 0.03),
    ]
};

/// The value of each task to one taste, in ticks and shares of them.
#[must_use]
pub fn values(instance: &Instance, taste: Taste) -> Vec<f64> {
    let n = instance.n_tasks();
    let mean = f64::from(instance.time_sum()) / n.max(1) as f64;
    let value = |t: usize| {
        let time = f64::from(instance.time(t));
        let after: f64 = instance.after().ones(t).map(|s| f64::from(instance.time(s))).sum();
        let followers = instance.after().count(t) as f64;
        time + taste.weight * (time + after) + mean * (taste.followers * followers - taste.task)
    };
    (0..n).map(value).collect()
}

/// A line and the steps it took; none when a line of `stations_max` stations is out of reach.
///
/// `cycle_time` in ticks, at least the longest task; `steps_max` steps of enumeration per station.
#[must_use]
pub fn construct(
    instance: &Instance,
    cycle_time: u32,
    taste: Taste,
    steps_max: u64,
    stations_max: u32,
) -> (Option<Assignment>, u64) {
    let n = instance.n_tasks();
    let value = values(instance, taste);
    let mut frontier = Frontier::new(instance);
    let mut station_of = vec![0; n];
    let mut steps = 0;
    let mut station = 0;
    let mut left = u64::from(instance.time_sum());
    while !frontier.eligible().is_empty() {
        let room = u64::from(stations_max.saturating_sub(station)) * u64::from(cycle_time);
        if room < left || station == stations_max {
            return (None, steps);
        }
        frontier.sort_by_value(&value);
        let mut best: Option<(f64, Vec<u32>)> = None;
        let mut first = true;
        let (taken, _) = frontier.walk(cycle_time, cycle_time, steps_max, &mut |load, _| {
            let sum: f64 = load.iter().map(|&t| value[t as usize]).sum();
            if first || best.as_ref().is_none_or(|(most, _)| sum > *most) {
                best = Some((sum, load.to_vec()));
                first = false;
            }
            Walk::On
        });
        steps += taken;
        let Some((_, load)) = best else {
            return (None, steps);
        };
        for &task in &load {
            station_of[task as usize] = station;
            left -= u64::from(instance.time(task as usize));
        }
        frontier.take(&load);
        station += 1;
    }
    (Some(Assignment::new(station_of)), steps)
}
