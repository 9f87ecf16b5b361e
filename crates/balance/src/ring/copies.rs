//! Lines whose takt is shorter than a task: that task's station stands several times, side by side.
//!
//! A station whose longest task takes `t` gets `ceil(t / takt)` copies, and room for as many takts.
//! Its other tasks may be any that fit; only a task longer than the takt opens copies.
//!
//! # Source
//! Parallel stations as in Buxey (1974), Management Science 20(6), restricted as `docs/model.md`
//! section 4 says; built forward and backward by the rules of [`crate::priority`].
//! # Differs from the source
//! No search: the bound is the sum of minutes over the takt, which parallel stations may reach.

use crate::bounds::heads::Heads;
use crate::instance::Instance;
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

/// The line with fewest station copies over all rules and both directions, and the steps it took.
pub(super) fn construct(instance: &Instance, takt: u32) -> (Assignment, u64) {
    let reversed = instance.reversed();
    // Heads are defined for cycle times that fit every task.
    let longest = instance.time_max();
    let heads = Heads::new(instance, longest);
    let tails = Heads { head: heads.tail.clone(), tail: heads.head.clone() };
    let mut best: Option<(u32, u32, Assignment)> = None;
    let mut steps = 0;
    for rule in Rule::ALL {
        for (line, around, backward) in [(instance, &heads, false), (&reversed, &tails, true)] {
            let values = rule.values(line, around, longest, line.n_tasks() as u32);
            let built = fill(line, takt, &values);
            steps += line.n_tasks() as u64 * 4;
            let built = if backward { built.mirrored() } else { built };
            let total: u32 = copies(instance, takt, &built).iter().sum();
            let better = best.as_ref().is_none_or(|(t, s, _)| (total, built.stations) < (*t, *s));
            if better {
                best = Some((total, built.stations, built));
            }
        }
    }
    (best.expect("there are rules").2, steps)
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
