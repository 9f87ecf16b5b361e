//! Lines whose takt is shorter than a task: that task's station stands several times, side by side.
//!
//! A station whose longest task takes `t` gets `ceil(t / takt)` copies, and room for as many takts.
//! Its other tasks may be any that fit; only a task longer than the takt opens copies.
//!
//! # Source
//! Parallel stations as in Buxey (1974), Management Science 20(6), restricted as `docs/model.md`
//! section 4 says; built forward and backward by the rules of [`crate::priority`], task by task and, after
//! Hoffmann (1963), load by load.
//! # Differs from the source
//! No search: the bound is the sum of minutes over the takt, which parallel stations may reach.

use crate::bounds::heads::Heads;
use crate::budget::Budget;
use crate::exact::loads::{Frontier, Walk};
use crate::instance::Instance;
use crate::priority::hoffmann;
use crate::priority::rules::Rule;
use crate::problem::Assignment;

/// Copies a task asks for, at least 1.
pub(super) fn copies_for(time: u32, takt: u32) -> u32 {
    time.div_ceil(takt).max(1)
}

/// Copies of each station.
pub(super) fn copies(instance: &Instance, takt: u32, line: &Assignment) -> Vec<u32> {
    let mut copies = vec![1; line.stations as usize];
    for (task, &station) in line.station_of.iter().enumerate() {
        let slot = &mut copies[station as usize];
        *slot = copies_for(instance.time(task), takt).max(*slot);
    }
    copies
}

/// Steps of load enumeration for one station and number of copies.
const STEPS: u64 = 3_000;

/// The line with fewest station copies over all rules, Hoffmann's tastes and both directions.
pub(super) fn construct(instance: &Instance, takt: u32, budget: &mut Budget<'_, '_>) -> Assignment {
    let reversed = instance.reversed();
    // Heads are defined for cycle times that fit every task.
    let longest = instance.time_max();
    let heads = Heads::new(instance, longest);
    let tails = Heads { head: heads.tail.clone(), tail: heads.head.clone() };
    let mut best: Option<(u32, u32, Assignment)> = None;
    let mut offer = |built: Assignment, backward: bool| {
        let built = if backward { built.mirrored() } else { built };
        let total: u32 = copies(instance, takt, &built).iter().sum();
        if best.as_ref().is_none_or(|(t, s, _)| (total, built.stations) < (*t, *s)) {
            best = Some((total, built.stations, built));
        }
    };
    for rule in Rule::ALL {
        for (line, around, backward) in [(instance, &heads, false), (&reversed, &tails, true)] {
            let values = rule.values(line, around, longest, line.n_tasks() as u32);
            budget.step(line.n_tasks() as u64 * 4);
            offer(fill(line, takt, &values), backward);
        }
    }
    for taste in hoffmann::TASTES {
        for (line, backward) in [(instance, false), (&reversed, true)] {
            if !budget.is_over() {
                offer(by_loads(line, takt, &hoffmann::values(line, taste), budget), backward);
            }
        }
    }
    best.expect("there are rules").2
}

/// Station by station the load of highest value per copy, whatever number of copies it asks for.
fn by_loads(instance: &Instance, takt: u32, values: &[f64], budget: &mut Budget<'_, '_>) -> Assignment {
    let mut frontier = Frontier::new(instance);
    let mut station_of = vec![0; instance.n_tasks()];
    let mut station = 0;
    let wanted = |t: u32| copies_for(instance.time(t as usize), takt);
    while !frontier.eligible().is_empty() {
        frontier.sort_by_value(values);
        let mut kinds: Vec<u32> = frontier.eligible().iter().map(|&t| wanted(t)).collect();
        kinds.push(1);
        kinds.sort_unstable();
        kinds.dedup();
        let mut best: Option<(f64, Vec<u32>)> = None;
        for kind in kinds {
            let room = kind.saturating_mul(takt);
            let mut visit = |load: &[u32], _| {
                let copies = load.iter().map(|&t| wanted(t)).max().unwrap_or(1);
                // Without its longest task the station would not have these copies, nor this room.
                if copies != kind {
                    return Walk::On;
                }
                let value = load.iter().map(|&t| values[t as usize]).sum::<f64>() / f64::from(copies);
                if best.as_ref().is_none_or(|(most, _)| value > *most) {
                    best = Some((value, load.to_vec()));
                }
                Walk::On
            };
            let (steps, _) = frontier.walk(room, room, STEPS, &mut visit);
            budget.step(steps);
        }
        let load = best.expect("every load of the smallest kind asks for that kind").1;
        for &task in &load {
            station_of[task as usize] = station;
        }
        frontier.take(&load);
        station += 1;
    }
    Assignment::new(station_of)
}

/// Station by station; a task longer than the takt opens a station of its own copies and fills it up.
fn fill(instance: &Instance, takt: u32, values: &[f64]) -> Assignment {
    let n = instance.n_tasks();
    let mut station_of = vec![u32::MAX; n];
    let mut left = n;
    let mut station = 0;
    while left > 0 {
        let mut room = 0;
        let mut copies = 0;
        let mut any = false;
        loop {
            let ready = |t: usize| instance.predecessors().of(t).iter().all(|&p| station_of[p as usize] != u32::MAX);
            let fits = |t: usize| {
                let wanted = copies_for(instance.time(t), takt);
                // The first task decides how many copies there are; later ones must be content with them.
                if any { wanted <= copies && instance.time(t) <= room } else { true }
            };
            let next = (0..n)
                .filter(|&t| station_of[t] == u32::MAX && ready(t) && fits(t))
                .max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a)));
            let Some(task) = next else { break };
            if !any {
                copies = copies_for(instance.time(task), takt);
                room = copies.saturating_mul(takt);
                any = true;
            }
            room -= instance.time(task);
            station_of[task] = station;
            left -= 1;
        }
        station += 1;
    }
    Assignment::new(station_of)
}
