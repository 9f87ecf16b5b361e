//! Why a task does not stand elsewhere: the first thing against each other station.

use super::job::{Job, Line};

/// What is against a task at another station of a line, everything else staying where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// A task that must come before stands later: the task and its station, from 0.
    Before(u32, u32),
    /// A task that must come after stands earlier: the task and its station, from 0.
    After(u32, u32),
    /// The station has no room: ticks left there, over its copies together.
    Full(u64),
    /// A rule, by its number: of that station, of the one it would leave, or of the whole line.
    Rule(usize),
    /// It may stand there, at a higher cost of an aim: its number, the cost now and then.
    Cost(usize, u64, u64),
    /// Nothing: as good there as here.
    Nothing,
}

/// What is against each station, in line order; none for the station where the task stands.
#[must_use]
pub fn obstacles(job: &Job<'_>, line: &Line, task: u32) -> Vec<Option<Obstacle>> {
    let of = line.station_of(job.instance.n_tasks());
    let own = of[task as usize];
    (0..line.stations.len() as u32).map(|to| (to != own).then(|| obstacle(job, line, &of, task, to))).collect()
}

fn obstacle(job: &Job<'_>, line: &Line, of: &[u32], task: u32, to: u32) -> Obstacle {
    let station = |&&t: &&u32| of[t as usize];
    let before = job.instance.predecessors().of(task as usize).iter().max_by_key(station);
    if let Some(&p) = before.filter(|&&p| of[p as usize] > to) {
        return Obstacle::Before(p, of[p as usize]);
    }
    let after = job.instance.successors().of(task as usize).iter().min_by_key(station);
    if let Some(&s) = after.filter(|&&s| of[s as usize] < to) {
        return Obstacle::After(s, of[s as usize]);
    }
    let mut next = line.clone();
    next.stations[of[task as usize] as usize].retain(|&t| t != task);
    let here = &mut next.stations[to as usize];
    here.insert(here.partition_point(|&t| t < task), task);
    if !job.with_load(&next.stations[to as usize], |load| job.fits(load)) {
        let room = job.with_load(&line.stations[to as usize], |load| {
            (u64::from(load.copies) * u64::from(job.takt)).saturating_sub(load.time)
        });
        return Obstacle::Full(room);
    }
    let mut keep = next.stations.iter().map(|tasks| !tasks.is_empty()).collect::<Vec<_>>().into_iter();
    next.stands_at.retain(|_| keep.next().unwrap_or(true));
    next.stations.retain(|tasks| !tasks.is_empty());
    if let Some(rule) = job.broken(&next) {
        return Obstacle::Rule(rule);
    }
    let (now, then) = (job.grades(line), job.grades(&next));
    match (0..now.len()).find(|&at| now[at] != then[at]) {
        Some(aim) if then[aim] > now[aim] => Obstacle::Cost(aim, now[aim], then[aim]),
        _ => Obstacle::Nothing,
    }
}
