//! From today's line to one with fewer stations, or to a shorter takt, by moving few tasks.
//!
//! A station is dissolved into its neighbour (or a new one opened beside the fullest), and what no longer fits is put
//! right by shifts and swaps that take most of the overload away for the fewest moves; a task just moved rests a while.
//! The best of all stations that could go is kept. What comes out is a start for the search, not a proof.
//!
//! # Source
//! Repair by least conflict: Minton, Johnston, Philips and Laird (1992), Artificial Intelligence 58; resting: Glover
//! (1989), ORSA Journal on Computing 1(3).

use super::anchor::anchored;
use super::job::{Job, Line, place};
use crate::budget::Budget;

/// Changes tried for one station dissolved.
const CHANGES: usize = 60;

/// Stations tried that might go, the shortest first.
const GOING: usize = 8;

/// Changes for which a moved task rests.
const REST: usize = 7;

/// A line near today's that keeps all rules, with at most `copies` station copies where that is reached; none without
/// today's line, or when the repair fails. One step is one change looked at.
pub(super) fn from_today(job: &Job<'_>, copies: Option<u64>, budget: &mut Budget<'_, '_>) -> Option<Line> {
    let mut line = standing(job)?;
    let mut best: Option<Line> = None;
    for _ in 0..2 * job.instance.n_tasks() {
        let count: u64 = line.stations.iter().map(|s| copies_of(job, s)).sum();
        let fits = copies.is_none_or(|most| count <= most);
        let mended = mend(job, line.clone(), budget);
        match (mended, fits) {
            (Some(found), true) => return Some(found),
            (Some(found), false) => {
                line.clone_from(&found);
                best = Some(found);
            }
            (None, true) if line.stations.len() < job.instance.n_tasks() => {
                line = opened(job, line)?;
                continue;
            }
            (None, true) => return None,
            (None, false) => {}
        }
        line = fewer(job, &line, budget).or_else(|| dissolved(job, &line))?;
        if budget.is_over() {
            break;
        }
    }
    best
}

/// Today's line; tasks that are new stand with the latest of their predecessors.
fn standing(job: &Job<'_>) -> Option<Line> {
    let today = job.today.as_ref()?;
    let mut of = vec![0u32; today.len()];
    for &task in job.instance.order() {
        let before = job.instance.predecessors().of(task as usize);
        let first = before.iter().map(|&p| of[p as usize]).max().unwrap_or(0);
        of[task as usize] = today[task as usize].unwrap_or(first).max(first);
    }
    let most = *of.iter().max()?;
    let members = |s: u32| (0..of.len() as u32).filter(|&t| of[t as usize] == s).collect::<Vec<u32>>();
    let all = (0..=most).map(|s| (s, members(s))).filter(|(_, tasks)| !tasks.is_empty());
    let (stands_at, stations) = all.map(|(s, tasks)| (Some(s), tasks)).unzip();
    Some(Line { stations, stands_at })
}

fn copies_of(job: &Job<'_>, tasks: &[u32]) -> u64 {
    job.with_load(tasks, |load| u64::from(load.copies))
}

/// The line with one station fewer that can be mended with the fewest moves.
fn fewer(job: &Job<'_>, line: &Line, budget: &mut Budget<'_, '_>) -> Option<Line> {
    let mut best: Option<(u64, Line)> = None;
    let time = |s: usize| job.with_load(&line.stations[s], |load| load.time);
    let mut going: Vec<usize> = (0..line.stations.len()).collect();
    going.sort_by_key(|&s| (time(s), s));
    for at in going.into_iter().take(GOING) {
        for into in [at.checked_sub(1), (at + 1 < line.stations.len()).then_some(at + 1)].into_iter().flatten() {
            let Some(found) = mend(job, merged(line, at, into), budget) else { continue };
            let moves = moved(job, &found);
            if best.as_ref().is_none_or(|(least, _)| moves < *least) {
                best = Some((moves, found));
            }
        }
        if budget.is_over() {
            break;
        }
    }
    best.map(|(_, line)| line)
}

/// The shortest station given to its neighbour, mended or not.
fn dissolved(job: &Job<'_>, line: &Line) -> Option<Line> {
    let time = |s: &Vec<u32>| job.with_load(s, |load| load.time);
    let at = (0..line.stations.len()).min_by_key(|&s| time(&line.stations[s]))?;
    (line.stations.len() > 1).then(|| merged(line, at, if at > 0 { at - 1 } else { 1 }))
}

/// The tasks of a station given to a neighbour, which stays where it stands.
fn merged(line: &Line, at: usize, into: usize) -> Line {
    let mut next = line.clone();
    let tasks = next.stations[at].clone();
    next.stations[into].extend(tasks);
    next.stations[into].sort_unstable();
    next.stations.remove(at);
    next.stands_at.remove(at);
    next
}

/// A new place behind the fullest station, with the later half of its tasks.
fn opened(job: &Job<'_>, line: Line) -> Option<Line> {
    let over =
        |s: &Vec<u32>| job.with_load(s, |load| load.time * 1_000 / (u64::from(load.copies) * u64::from(job.takt)));
    let splits = (0..line.stations.len()).filter(|&s| line.stations[s].len() > 1);
    let at = splits.max_by_key(|&s| (over(&line.stations[s]), std::cmp::Reverse(s)))?;
    let mut next = line;
    let in_order: Vec<u32> = job.instance.order().iter().copied().filter(|t| next.stations[at].contains(t)).collect();
    let (first, second) = in_order.split_at(in_order.len() / 2);
    let sorted = |tasks: &[u32]| {
        let mut tasks = tasks.to_vec();
        tasks.sort_unstable();
        tasks
    };
    next.stations[at] = sorted(first);
    next.stations.insert(at + 1, sorted(second));
    next.stands_at.insert(at + 1, None);
    Some(next)
}

/// Tasks that stand elsewhere than today.
fn moved(job: &Job<'_>, line: &Line) -> u64 {
    let Some(today) = &job.today else { return 0 };
    let at = line.stations.iter().zip(&line.stands_at);
    let away = |tasks: &Vec<u32>, place: Option<u32>| {
        tasks.iter().filter(|&&t| today[t as usize].is_some_and(|q| place != Some(q))).count() as u64
    };
    at.map(|(tasks, place)| away(tasks, *place)).sum()
}

/// Ticks above its room of one station, and as much as a takt where a rule is against it.
fn trouble(job: &Job<'_>, line: &Line, at: usize) -> u64 {
    let tasks = &line.stations[at];
    if tasks.is_empty() {
        return 0;
    }
    let over = job.with_load(tasks, |load| load.time.saturating_sub(u64::from(load.copies) * u64::from(job.takt)));
    let against = over == 0 && !job.rules.is_empty() && !job.permits(tasks, place(line, at));
    over + if against { u64::from(job.takt) } else { 0 }
}

/// Puts a line right by shifts and swaps; none when that fails.
fn mend(job: &Job<'_>, mut line: Line, budget: &mut Budget<'_, '_>) -> Option<Line> {
    let n = job.instance.n_tasks();
    let mut rests = vec![0usize; n];
    for now in 1..=CHANGES {
        let troubles: Vec<u64> = (0..line.stations.len()).map(|s| trouble(job, &line, s)).collect();
        let Some(worst) = (0..troubles.len()).filter(|&s| troubles[s] > 0).max_by_key(|&s| (troubles[s], s)) else {
            let mut keep = line.stations.iter().map(|s| !s.is_empty()).collect::<Vec<_>>().into_iter();
            line.stands_at.retain(|_| keep.next().unwrap_or(true));
            line.stations.retain(|s| !s.is_empty());
            line.stands_at = anchored(job, &line.stations);
            return job.broken(&line).is_none().then_some(line);
        };
        let of = line.station_of(n);
        let mut best: Option<((u64, u64), Line, Vec<u32>)> = None;
        for task in line.stations[worst].clone().into_iter().filter(|&t| rests[t as usize] < now) {
            let (first, last) = span(job, &of, task as usize, line.stations.len() as u32 - 1);
            for to in (first..=last).filter(|&s| s as usize != worst) {
                let swaps = line.stations[to as usize].iter().filter(|&&o| rests[o as usize] < now);
                let back = swaps.filter(|&&o| {
                    let (low, high) = span(job, &of, o as usize, line.stations.len() as u32 - 1);
                    (low..=high).contains(&(worst as u32)) && apart(job, task, o)
                });
                for other in std::iter::once(None).chain(back.map(|&o| Some(o))) {
                    if !budget.step(1) {
                        return None;
                    }
                    let next = changed(&line, worst, to as usize, task, other);
                    let after = trouble(job, &next, worst) + trouble(job, &next, to as usize);
                    let rest: u64 =
                        (0..troubles.len()).filter(|&s| s != worst && s != to as usize).map(|s| troubles[s]).sum();
                    let grade = (after + rest, moved(job, &next));
                    if best.as_ref().is_none_or(|(least, ..)| grade < *least) {
                        best = Some((grade, next, [Some(task), other].into_iter().flatten().collect()));
                    }
                }
            }
        }
        let (_, next, tasks) = best?;
        line = next;
        tasks.into_iter().for_each(|t| rests[t as usize] = now + REST);
    }
    None
}

/// True when neither must come before the other, so that they may change places.
fn apart(job: &Job<'_>, a: u32, b: u32) -> bool {
    !job.instance.is_before(a as usize, b as usize) && !job.instance.is_before(b as usize, a as usize)
}

fn changed(line: &Line, from: usize, to: usize, task: u32, other: Option<u32>) -> Line {
    let mut next = line.clone();
    let mut shift = |task: u32, from: usize, to: usize| {
        next.stations[from].retain(|&t| t != task);
        let here = &mut next.stations[to];
        here.insert(here.partition_point(|&t| t < task), task);
    };
    shift(task, from, to);
    if let Some(other) = other {
        shift(other, to, from);
    }
    next
}

/// First and last station that precedence leaves to a task, others staying where they are.
fn span(job: &Job<'_>, of: &[u32], task: usize, most: u32) -> (u32, u32) {
    let at = |&t: &u32| of[t as usize];
    let first = job.instance.predecessors().of(task).iter().map(at).max().unwrap_or(0);
    (first, job.instance.successors().of(task).iter().map(at).min().unwrap_or(most))
}
