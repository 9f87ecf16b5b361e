//! Windows of neighbouring stations laid out anew: what a window gains, its neighbours pass on.
//!
//! A line of which some station is too full is improved window by window: the tasks of a few stations in a row are a
//! small line of their own, whose shortest cycle time for as many stations is asked for. Windows overlap, so idle time
//! wanders along the line to where it is needed.
//!
//! # Source
//! Large neighbourhoods: Shaw (1998), CP98; windows of stations as in the improvement step of Fleszar and Hindi (2003),
//! EJOR 145(3), who shift single tasks.

use super::cycle_time::shortest;
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::{Assignment, Options};
use std::collections::BTreeSet;

/// Stations in a window.
const WIDTHS: [u32; 6] = [2, 3, 4, 6, 8, 11];

/// So many of these at no effort, and one more with each.
const WIDTHS_FIRST: usize = 4;

/// Steps double with each effort up to this one.
const EFFORT_MAX: u32 = 16;

/// Steps for one window, per station of it.
const STEPS: u64 = 25_000;

/// The line with its fullest windows levelled; `line` may have empty stations.
///
/// `low`: no cycle time below is sought. Ends at the latest with the budget.
pub(super) fn level(
    instance: &Instance,
    line: &Assignment,
    stations: u32,
    low: u32,
    effort: u32,
    options: &Options,
    budget: &mut Budget<'_, '_>,
) -> Assignment {
    let widths = &WIDTHS[..(WIDTHS_FIRST + effort as usize).min(WIDTHS.len())];
    let mut station_of = line.station_of.clone();
    let mut tried: BTreeSet<Vec<u32>> = BTreeSet::new();
    for width in widths.iter().copied().filter(|w| *w < stations) {
        loop {
            let mut loads = vec![0u32; stations as usize];
            station_of.iter().enumerate().for_each(|(t, &s)| loads[s as usize] += instance.time(t));
            let fullest =
                |first: u32| loads[first as usize..(first + width) as usize].iter().copied().max().unwrap_or(0);
            let mut windows: Vec<u32> = (0..=stations - width).collect();
            windows.sort_by_key(|&first| (std::cmp::Reverse(fullest(first)), first));
            let mut changed = false;
            for first in windows {
                let (most, sum) = (fullest(first), loads[first as usize..(first + width) as usize].iter().sum::<u32>());
                let tasks: Vec<u32> = (0..station_of.len() as u32)
                    .filter(|&t| (first..first + width).contains(&station_of[t as usize]))
                    .collect();
                let longest = tasks.iter().map(|&t| instance.time(t as usize)).max().unwrap_or(0);
                if most <= low.max(sum.div_ceil(width)).max(longest) || budget.is_over() {
                    continue;
                }
                if !tried.insert(tasks.clone()) {
                    continue;
                }
                let part = inside(instance, &tasks);
                let steps = (STEPS * u64::from(width)) << effort.min(EFFORT_MAX);
                let found = budget.within(steps, |budget| shortest(&part, width, options, budget));
                let Some(better) = found.best.filter(|b| b.cycle_time(&part) < most) else { continue };
                for (&task, &station) in tasks.iter().zip(&better.station_of) {
                    station_of[task as usize] = first + station;
                }
                changed = true;
                break;
            }
            if !changed {
                break;
            }
        }
    }
    Assignment::new(station_of)
}

/// Some tasks as a line of their own.
fn inside(instance: &Instance, tasks: &[u32]) -> Instance {
    let times: Vec<u32> = tasks.iter().map(|&t| instance.time(t as usize)).collect();
    let mut arcs = Vec::new();
    for (a, &first) in tasks.iter().enumerate() {
        for (b, &last) in tasks.iter().enumerate() {
            if instance.is_before(first as usize, last as usize) {
                arcs.push((a, b));
            }
        }
    }
    Instance::new(&times, &arcs).expect("part of a line without a circle has none")
}
