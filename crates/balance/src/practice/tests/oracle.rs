//! Every line of a small case, one after the other, each wish read as its formula.

use super::case::{Case, Goal, Wish};
use crate::practice::rules::{Overflow, Spot};
use crate::practice::{Line, Side};

/// The best of all lines.
pub(super) struct Found {
    /// What the best line costs, goal by goal.
    pub(super) best: Option<Vec<u64>>,
}

/// Most stations looked at for one case.
const LOOKS_MAX: u32 = 3_000;

/// Tries every line; none when there are too many.
pub(super) fn best(case: &Case) -> Option<Found> {
    let n = case.instance.n_tasks();
    let members = |load: u32| (0..n as u32).filter(move |t| load >> t & 1 == 1);
    let loads = 0..1u32 << n;
    let needs =
        |load| members(load).fold(0, |all, t| case.instance.before().ones(t as usize).fold(all, |all, p| all | 1 << p));
    let line = Line { stations: vec![], stands_at: vec![] };
    let mut walk = Walk {
        case,
        needs: loads.clone().map(needs).collect(),
        fits: loads.map(|load| fits(case, &members(load).collect::<Vec<u32>>())).collect(),
        chances: vec![None; 1 << n],
        found: Found { best: None },
        line,
        looks: 0,
    };
    walk.on(0).then_some(walk.found)
}

struct Walk<'a> {
    case: &'a Case,
    /// For each load all tasks before one of its tasks, and whether it fits a station.
    needs: Vec<u32>,
    fits: Vec<bool>,
    /// The chance that a station with these tasks is late, once it was asked for.
    chances: Vec<Option<f64>>,
    found: Found,
    line: Line,
    looks: u32,
}

impl Walk<'_> {
    /// Goes on from the tasks done; false when there is too much to look at.
    fn on(&mut self, done: u32) -> bool {
        let n = self.case.instance.n_tasks();
        if done == (1 << n) - 1 {
            let (case, chances) = (self.case, &mut self.chances);
            let known = |tasks: &[u32]| {
                let load = tasks.iter().fold(0, |load, t| load | 1 << t);
                *chances[load].get_or_insert_with(|| chance(case, tasks))
            };
            if keeps_if(case, &self.line, known) {
                let now = grades(self.case, &self.line);
                if self.found.best.as_ref().is_none_or(|old| now < *old) {
                    self.found.best = Some(now);
                }
            }
            return true;
        }
        let rest = !done & ((1 << n) - 1);
        let mut next = rest;
        while next != 0 {
            let load = next;
            next = (next - 1) & rest;
            if !self.fits[load as usize] || self.needs[load as usize] & !(done | load) != 0 {
                continue;
            }
            let tasks: Vec<u32> = (0..n as u32).filter(|t| load >> t & 1 == 1).collect();
            let kept = self.line.stands_at.iter().flatten().last().copied();
            let last_today = self.case.today.as_ref().and_then(|t| t.iter().max()).copied();
            let old = last_today.map_or(0..0, |last| kept.map_or(0, |k| k + 1)..last + 1);
            for stands_at in std::iter::once(None).chain(old.map(Some)) {
                self.looks += 1;
                if self.looks > LOOKS_MAX {
                    return false;
                }
                self.line.stations.push(tasks.clone());
                self.line.stands_at.push(stands_at);
                let whole = self.on(done | load);
                self.line.stations.pop();
                self.line.stands_at.pop();
                if !whole {
                    return false;
                }
            }
        }
        true
    }
}

fn copies(case: &Case, tasks: &[u32]) -> u64 {
    let longest = tasks.iter().map(|&t| case.instance.time(t as usize)).max().unwrap_or(0);
    u64::from(longest).div_ceil(u64::from(case.takt)).max(1)
}

fn fits(case: &Case, tasks: &[u32]) -> bool {
    let time: u64 = tasks.iter().map(|&t| u64::from(case.instance.time(t as usize))).sum();
    let copies = copies(case, tasks);
    time <= copies * u64::from(case.takt) && (copies == 1 || case.side == Side::BySide)
}

/// Pieces of a kind of equipment at a station.
fn pieces(case: &Case, tasks: &[u32], kind: u32) -> u64 {
    let own: Vec<u64> =
        tasks.iter().filter_map(|&t| case.used[t as usize]).filter(|u| u.0 == kind).map(|u| u.1).collect();
    if own.is_empty() { 0 } else { own.iter().sum::<u64>().div_ceil(u64::from(case.takt)).max(copies(case, tasks)) }
}

fn heads(case: &Case, tasks: &[u32]) -> u64 {
    tasks.iter().map(|&t| u64::from(case.crew[t as usize])).max().unwrap_or(0) * copies(case, tasks)
}

fn moves(case: &Case, line: &Line) -> u64 {
    let today = case.today.as_ref().unwrap();
    let at = line.stations.iter().zip(&line.stands_at);
    at.map(|(tasks, at)| tasks.iter().filter(|&&t| *at != Some(today[t as usize])).count() as u64).sum()
}

/// What a line costs, goal by goal.
pub(super) fn grades(case: &Case, line: &Line) -> Vec<u64> {
    let sum = |of: &dyn Fn(&[u32]) -> u64| line.stations.iter().map(|tasks| of(tasks)).sum::<u64>();
    let square = |tasks: &[u32]| {
        let time: u64 = tasks.iter().map(|&t| u64::from(case.instance.time(t as usize))).sum();
        time * time / copies(case, tasks)
    };
    let price = |tasks: &[u32]| (0..case.price.len()).map(|k| case.price[k] * pieces(case, tasks, k as u32)).sum();
    let of = |goal: &Goal| match goal {
        Goal::Copies => sum(&|tasks| copies(case, tasks)),
        Goal::Heads => sum(&|tasks| heads(case, tasks)),
        Goal::Equipment => sum(&price),
        Goal::Moves => moves(case, line),
        Goal::Evenness => sum(&square),
    };
    case.goals.iter().map(of).collect()
}

/// The chance that a station is late, by a rule that was never asked for anything else. That it is right is checked against
/// draws elsewhere; here only that every station was asked.
fn chance(case: &Case, tasks: &[u32]) -> f64 {
    let spread = tasks.iter().map(|&t| case.spread[t as usize]).collect();
    let all: Vec<u32> = (0..tasks.len() as u32).collect();
    Overflow::new(String::new(), 0.5, spread, f64::from(case.takt)).chance(&all, copies(case, tasks) as u32)
}

/// True when a line with all tasks in order keeps every wish.
pub(super) fn keeps(case: &Case, line: &Line) -> bool {
    keeps_if(case, line, |tasks| chance(case, tasks))
}

/// As [`keeps`], with the chance that a station is late.
fn keeps_if(case: &Case, line: &Line, mut chance: impl FnMut(&[u32]) -> f64) -> bool {
    let of = line.station_of(case.instance.n_tasks());
    let station = |t: u32| of[t as usize];
    let today = |t: u32| case.today.as_ref().unwrap()[t as usize];
    let few = line.stations.len() as u64 <= u64::from(case.stations_max);
    few && case.wishes.iter().all(|wish| match wish {
        Wish::Apart(tasks) => {
            tasks.iter().enumerate().all(|(i, &a)| tasks[..i].iter().all(|&b| station(a) != station(b)))
        }
        Wish::Together(tasks) => tasks.iter().all(|&t| station(t) == station(tasks[0])),
        Wish::At(task, Spot::Number(number)) => station(*task) == *number,
        Wish::At(task, Spot::Last) => station(*task) as usize == line.stations.len() - 1,
        Wish::Stay(tasks) => tasks.iter().all(|&t| line.stands_at[station(t) as usize] == Some(today(t))),
        Wish::MoveLimit(most) => moves(case, line) <= u64::from(*most),
        Wish::EnoughEquipment(kind, most) => {
            line.stations.iter().map(|tasks| pieces(case, tasks, *kind)).sum::<u64>() <= u64::from(*most)
        }
        Wish::EnoughHeads(most) => {
            line.stations.iter().map(|tasks| heads(case, tasks)).sum::<u64>() <= u64::from(*most)
        }
        Wish::EnoughCopies(most) => {
            line.stations.iter().map(|tasks| copies(case, tasks)).sum::<u64>() <= u64::from(*most)
        }
        Wish::Mixed(other, limit) => line.stations.iter().all(|tasks| {
            let own: u64 = tasks.iter().map(|&t| u64::from(case.instance.time(t as usize))).sum();
            let second: u64 = tasks.iter().map(|&t| other[t as usize]).sum();
            own.max(second) <= copies(case, tasks) * limit
        }),
        Wish::People(people) => seated(case, line, people),
        Wish::Overflow(share) => line.stations.iter().all(|tasks| chance(tasks) <= *share + 1e-9),
    })
}

/// Tries every way to seat people.
fn seated(case: &Case, line: &Line, people: &[u32]) -> bool {
    let mut wanted = Vec::new();
    for tasks in &line.stations {
        for _ in 0..copies(case, tasks) {
            for head in 1..=tasks.iter().map(|&t| case.crew[t as usize]).max().unwrap_or(0) {
                let own = tasks.iter().filter(|&&t| case.crew[t as usize] >= head);
                wanted.push(own.fold(0u32, |s, &t| s | 1 << case.skill[t as usize]));
            }
        }
    }
    fn seat(wanted: &[u32], people: &[u32], used: u32) -> bool {
        let Some((&first, rest)) = wanted.split_first() else { return true };
        (0..people.len()).any(|p| used >> p & 1 == 0 && people[p] & first == first && seat(rest, people, used | 1 << p))
    }
    wanted.len() <= people.len() && seat(&wanted, people, 0)
}
