//! Better lines by small steps: a task shifted to another station, or two tasks swapped, as long as all rules are kept.
//!
//! # Source
//! Shift and swap moves as in Rachamadugu and Talbot (1991), International Journal of Production Research 29(3), here with
//! first improvement in a fixed order.

use super::anchor::anchored;
use super::job::{Job, Line, place};
use super::rule::{Taken, add};
use crate::budget::Budget;

/// Improves a line in place, aim by aim, until no move helps or `steps` are done; one step is one move tried.
pub(super) fn improve(job: &Job<'_>, line: &mut Line, steps: u64, budget: &mut Budget<'_, '_>) {
    let n = job.instance.n_tasks();
    let mut left = steps;
    let mut grades = job.grades(line);
    let mut again = true;
    while again {
        again = false;
        for task in 0..n {
            let of = line.station_of(n);
            let (first, last) = span(job, line, &of, task);
            let mut moves: Vec<Vec<(u32, u32)>> =
                (first..=last).filter(|&s| s != of[task]).map(|s| vec![(task as u32, s)]).collect();
            let useful = |other: &usize| of[*other] != of[task] && (first..=last).contains(&of[*other]);
            let swap = |other: usize| vec![(task as u32, of[other]), (other as u32, of[task])];
            moves.extend((task + 1..n).filter(useful).map(swap));
            for change in moves {
                if left == 0 || !budget.step(1) {
                    return;
                }
                left -= 1;
                if let Some((better, now)) = tried(job, line, &change, &grades) {
                    *line = better;
                    grades = now;
                    again = true;
                    break;
                }
            }
        }
    }
}

/// First and last station that precedence leaves to a task.
fn span(job: &Job<'_>, line: &Line, of: &[u32], task: usize) -> (u32, u32) {
    let at = |&t: &u32| of[t as usize];
    let first = job.instance.predecessors().of(task).iter().map(at).max().unwrap_or(0);
    let last = job.instance.successors().of(task).iter().map(at).min();
    (first, last.unwrap_or(line.stations.len() as u32 - 1))
}

/// The line after a change and its costs, when it keeps everything and costs less.
fn tried(job: &Job<'_>, line: &Line, change: &[(u32, u32)], grades: &[u64]) -> Option<(Line, Vec<u64>)> {
    let mut next = line.clone();
    let mut touched = Vec::new();
    for &(task, station) in change {
        let old = next.stations.iter().position(|tasks| tasks.contains(&task))?;
        next.stations[old].retain(|&t| t != task);
        let here = &mut next.stations[station as usize];
        here.insert(here.partition_point(|&t| t < task), task);
        touched.extend([old, station as usize]);
    }
    let fits =
        touched.iter().all(|&s| next.stations[s].is_empty() || job.with_load(&next.stations[s], |l| job.fits(l)));
    if !fits {
        return None;
    }
    let emptied: Vec<bool> = next.stations.iter().map(Vec::is_empty).collect();
    let vanishes = emptied.contains(&true);
    let mut keep = emptied.iter();
    next.stands_at.retain(|_| !keep.next().expect("one mark per station"));
    next.stations.retain(|tasks| !tasks.is_empty());
    if job.today.is_some() {
        next.stands_at = anchored(job, &next.stations);
    }
    let now = job.grades(&next);
    if now.as_slice() >= grades {
        return None;
    }
    let whole = vanishes || job.today.is_some();
    let keeps =
        if whole { job.broken(&next).is_none() } else { precedence(job, &next) && stations(job, &next, &touched) };
    keeps.then_some((next, now))
}

fn precedence(job: &Job<'_>, line: &Line) -> bool {
    let of = line.station_of(job.instance.n_tasks());
    job.instance.successors().pairs().all(|(a, b)| of[a] <= of[b])
}

/// True when the touched stations are permitted and the line covers what all its stations take.
fn stations(job: &Job<'_>, line: &Line, touched: &[usize]) -> bool {
    if !touched.iter().all(|&s| job.permits(&line.stations[s], place(line, s))) {
        return false;
    }
    job.rules.iter().all(|rule| {
        let mut total = Taken::new();
        for at in 0..line.stations.len() {
            let mut taken = Vec::new();
            job.with_load(&line.stations[at], |load| rule.takes(load, place(line, at), &mut taken));
            add(&mut total, 0, &taken);
        }
        let plain: Vec<(u32, u32)> = total.iter().map(|&(_, kind, n)| (kind, n)).collect();
        rule.covers(&plain)
    })
}
