//! Builds a line of long tasks pair by pair, never giving up a pair of the maximum matching without need.
//!
//! For each station: the available long task of highest value takes the longest partner that is ready and that
//! still leaves a maximum matching of the rest one pair smaller, no more; failing that, it stands alone where that
//! costs no pair; failing that, the next task is tried; only when none will do is a pair lost. Short tasks fill
//! what room is left.
//!
//! # Source
//! Our own, on the matching bound of [`crate::bounds::matching`].
//! # Cost
//! One augmenting search per partner tried, booked as `n` steps; most partners tried are taken.

use crate::bounds::blossom::Matching;
use crate::bounds::matching::{long_tasks, pairable};
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::Assignment;

const NONE: u32 = u32::MAX;

/// Searches that may fail at one station before the least loss found so far is taken.
const TRIES_MAX: u32 = 40;

/// In which order the partners of a long task are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Partner {
    /// The one that the matching at hand gives it, then from long to short.
    Matched,
    /// From long to short.
    Longest,
    /// By falling value.
    Valued,
}

/// The long tasks of a line and who may share a station; the same for every attempt.
#[derive(Debug)]
pub struct Pairs<'a> {
    instance: &'a Instance,
    cycle_time: u32,
    long: Vec<u32>,
    /// Position of a task in `long`, `u32::MAX` for short tasks.
    position: Vec<u32>,
    adjacent: Vec<Vec<u32>>,
    /// A maximum matching of all long tasks, by position.
    mate: Vec<u32>,
}

impl<'a> Pairs<'a> {
    /// `cycle_time` in ticks, at least the longest task.
    #[must_use]
    pub fn new(instance: &'a Instance, cycle_time: u32) -> Self {
        let long = long_tasks(instance, cycle_time);
        let mut position = vec![NONE; instance.n_tasks()];
        for (v, &task) in long.iter().enumerate() {
            position[task as usize] = v as u32;
        }
        let mut adjacent = pairable(instance, cycle_time, &long);
        // Longest partners first: short long tasks find partners easily, long ones do not.
        for list in &mut adjacent {
            list.sort_by_key(|&w| (std::cmp::Reverse(instance.time(long[w as usize] as usize)), w));
        }
        let mate = Matching::of(&adjacent).into_mates();
        Self { instance, cycle_time, long, position, adjacent, mate }
    }

    /// True when pairs decide the line: more than half of its tasks are long.
    #[must_use]
    pub fn decide(&self) -> bool {
        self.long.len() * 2 > self.instance.n_tasks()
    }

    /// A line by the values given (one per task, higher first); none when it would take more than `stations_max`
    /// stations, or when the budget ends.
    #[must_use]
    pub fn construct(
        &self,
        values: &[f64],
        partner: Partner,
        stations_max: u32,
        budget: &mut Budget<'_, '_>,
    ) -> Option<Assignment> {
        let n = self.instance.n_tasks();
        let mut build = Build {
            pairs: self,
            mate: self.mate.clone(),
            removed: vec![false; self.long.len()],
            station_of: vec![NONE; n],
            open: (0..n).map(|t| self.instance.predecessors().of(t).len() as u32).collect(),
            eligible: Vec::new(),
            values,
            partner,
            steps: 0,
        };
        build.eligible = (0..n as u32).filter(|&t| build.open[t as usize] == 0).collect();
        let mut station = 0;
        while !build.eligible.is_empty() {
            let steps = std::mem::take(&mut build.steps);
            if station == stations_max || !budget.step(steps) {
                return None;
            }
            build.eligible.sort_by(|&a, &b| values[b as usize].total_cmp(&values[a as usize]).then(a.cmp(&b)));
            build.fill(station);
            station += 1;
        }
        Some(Assignment::new(build.station_of))
    }
}

struct Build<'p, 'a> {
    pairs: &'p Pairs<'a>,
    mate: Vec<u32>,
    removed: Vec<bool>,
    station_of: Vec<u32>,
    open: Vec<u32>,
    /// Tasks whose predecessors are all placed, by falling value.
    eligible: Vec<u32>,
    values: &'p [f64],
    partner: Partner,
    steps: u64,
}

impl Build<'_, '_> {
    fn fill(&mut self, station: u32) {
        let mut room = self.pairs.cycle_time;
        if let Some((mate, removed, chosen)) = self.choose() {
            self.mate = mate;
            self.removed = removed;
            for task in chosen {
                room -= self.pairs.instance.time(task as usize);
                self.place(task, station);
            }
        }
        // Short tasks, highest value first; those released on the way come after.
        let mut next = 0;
        while next < self.eligible.len() {
            let task = self.eligible[next];
            let short = self.pairs.position[task as usize] == NONE;
            if short && self.pairs.instance.time(task as usize) <= room {
                room -= self.pairs.instance.time(task as usize);
                self.place(task, station);
            } else {
                next += 1;
            }
        }
    }

    /// The long tasks of the next station, with the matching that is left after them.
    fn choose(&mut self) -> Option<(Vec<u32>, Vec<bool>, Vec<u32>)> {
        let mut loss = None;
        let mut tries = 0;
        let eligible = self.eligible.clone();
        for &task in &eligible {
            let v = self.pairs.position[task as usize];
            if v == NONE {
                continue;
            }
            for w in self.partners(v, task) {
                let (mate, removed, lost) = self.without(&[v, w]);
                let chosen = vec![task, self.pairs.long[w as usize]];
                if lost <= 1 {
                    return Some((mate, removed, chosen));
                }
                loss.get_or_insert((mate, removed, chosen));
                tries += 1;
                if tries >= TRIES_MAX {
                    return loss;
                }
            }
            let (mate, removed, lost) = self.without(&[v]);
            if lost == 0 {
                return Some((mate, removed, vec![task]));
            }
            loss.get_or_insert((mate, removed, vec![task]));
        }
        loss
    }

    /// The partners of long task `v` that are ready now, in the order wanted.
    fn partners(&self, v: u32, task: u32) -> Vec<u32> {
        let long = &self.pairs.long;
        let ready = |&w: &u32| !self.removed[w as usize] && self.is_ready(long[w as usize], task);
        let mut partners: Vec<u32> = self.pairs.adjacent[v as usize].iter().copied().filter(ready).collect();
        match self.partner {
            Partner::Longest => {}
            Partner::Matched => partners.sort_by_key(|&w| w != self.mate[v as usize]),
            Partner::Valued => {
                let value = |w: u32| self.values[long[w as usize] as usize];
                partners.sort_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
            }
        }
        partners
    }

    /// True when a task can join a station in which `beside` stands.
    fn is_ready(&self, task: u32, beside: u32) -> bool {
        let before = self.pairs.instance.predecessors().of(task as usize);
        before.iter().all(|&p| p == beside || self.station_of[p as usize] != NONE)
    }

    /// The best matching without some vertices, and how many pairs fewer it has.
    fn without(&mut self, gone: &[u32]) -> (Vec<u32>, Vec<bool>, usize) {
        let mut mate = self.mate.clone();
        let mut removed = self.removed.clone();
        let mut exposed = Vec::new();
        let mut lost = 0;
        for &v in gone {
            removed[v as usize] = true;
            let partner = std::mem::replace(&mut mate[v as usize], NONE);
            if partner != NONE {
                mate[partner as usize] = NONE;
                lost += 1;
                if !gone.contains(&partner) {
                    exposed.push(partner);
                }
            }
        }
        self.steps += mate.len() as u64 / 8 + 1;
        if !exposed.is_empty() {
            self.steps += mate.len() as u64;
            let (better, found) = Matching::repaired(&self.pairs.adjacent, mate, removed.clone(), &exposed);
            mate = better;
            lost -= found;
        }
        (mate, removed, lost)
    }

    fn place(&mut self, task: u32, station: u32) {
        self.station_of[task as usize] = station;
        self.eligible.retain(|&t| t != task);
        for &next in self.pairs.instance.successors().of(task as usize) {
            self.open[next as usize] -= 1;
            if self.open[next as usize] == 0 {
                self.eligible.push(next);
            }
        }
    }
}
