//! A line with rules: its tasks, its takt, what it must keep and what is to be small.

use super::aim::Aim;
use super::rule::{Rule, Sight};
use crate::bits::ones;
use crate::instance::Instance;

/// What is asked: tasks, a takt, rules to keep, aims to make small in their order.
#[derive(Debug)]
pub struct Job<'a> {
    /// Tasks with minutes in ticks and precedence.
    pub instance: &'a Instance,
    /// Ticks a station copy may take for a piece, at least 1.
    pub takt: u32,
    /// Whether a task longer than the takt gets copies of its station, side by side.
    pub copies: Side,
    /// What the line must keep.
    pub rules: Vec<&'a dyn Rule>,
    /// What is to be small, first the most important; at most [`AIMS_MAX`].
    pub aims: Vec<&'a dyn Aim>,
    /// The line as it stands today, when places are to be kept: today's station of each task, from 0; none for a task that is new.
    pub today: Option<Vec<Option<u32>>>,
    /// Most stations the line may have.
    pub stations_max: u32,
}

/// Most aims of a job.
pub const AIMS_MAX: usize = 5;

/// What happens to a task longer than the takt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Its station stands `ceil(time / takt)` times, side by side.
    BySide,
    /// No station may hold it.
    Single,
}

/// The tasks of one station.
#[derive(Debug, Clone, Copy)]
pub struct Load<'a> {
    /// The tasks; the last one is the one that joined last.
    pub tasks: &'a [u32],
    /// The same as bits.
    pub set: &'a [u64],
    /// Their times together, ticks.
    pub time: u64,
    /// Copies of the station: what its longest task asks for.
    pub copies: u32,
}

impl Load<'_> {
    /// True when the task is here.
    #[must_use]
    pub fn has(&self, task: u32) -> bool {
        crate::bits::is_set(self.set, task as usize)
    }

    /// The task that joined last.
    #[must_use]
    pub fn added(&self) -> u32 {
        *self.tasks.last().expect("a load has a task")
    }
}

/// Where a station stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Its number in the line, from 0.
    pub number: u32,
    /// Which of today's stations it stands at; none is a new place.
    pub stands_at: Option<u32>,
    /// True when no task is left for a later station.
    pub last: bool,
}

/// A line found: stations in order, each with its tasks and which of today's stations it stands at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Tasks of each station, ascending.
    pub stations: Vec<Vec<u32>>,
    /// Today's station it stands at.
    pub stands_at: Vec<Option<u32>>,
}

impl Line {
    /// Station of each of `n` tasks.
    #[must_use]
    pub fn station_of(&self, n: usize) -> Vec<u32> {
        let mut of = vec![0; n];
        for (station, tasks) in self.stations.iter().enumerate() {
            for &task in tasks {
                of[task as usize] = station as u32;
            }
        }
        of
    }
}

impl<'a> Job<'a> {
    /// A line without rules and aims.
    #[must_use]
    pub fn new(instance: &'a Instance, takt: u32, copies: Side) -> Self {
        Self { instance, takt, copies, rules: Vec::new(), aims: Vec::new(), today: None, stations_max: u32::MAX }
    }

    /// Copies a task asks for.
    #[must_use]
    pub fn copies_for(&self, task: u32) -> u32 {
        self.instance.time(task as usize).div_ceil(self.takt).max(1)
    }

    /// True when the tasks fit the copies their longest one asks for.
    #[must_use]
    pub fn fits(&self, load: &Load<'_>) -> bool {
        load.time <= u64::from(load.copies) * u64::from(self.takt) && (load.copies == 1 || self.copies == Side::BySide)
    }

    /// Words of a set of tasks.
    #[must_use]
    pub fn words(&self) -> usize {
        self.instance.n_tasks().div_ceil(64).max(1)
    }

    /// The most that a rule or aim wants to know of a place.
    #[must_use]
    pub fn sight(&self) -> Sight {
        let rules = self.rules.iter().map(|r| r.looks_at());
        let most = rules.chain(self.aims.iter().map(|a| a.looks_at())).max().unwrap_or(Sight::Nothing);
        if self.today.is_some() { most.max(Sight::Ends) } else { most }
    }

    /// Calls `visit` with the tasks as a load.
    pub fn with_load<T>(&self, tasks: &[u32], visit: impl FnOnce(&Load<'_>) -> T) -> T {
        let mut set = vec![0u64; self.words()];
        tasks.iter().for_each(|&t| set[t as usize / 64] |= 1 << (t % 64));
        let time = tasks.iter().map(|&t| u64::from(self.instance.time(t as usize))).sum();
        let copies = tasks.iter().map(|&t| self.copies_for(t)).max().unwrap_or(1);
        visit(&Load { tasks, set: &set, time, copies })
    }

    /// True when a station at this place may hold exactly these tasks, built up one by one.
    #[must_use]
    pub fn permits(&self, tasks: &[u32], place: Place) -> bool {
        (1..=tasks.len()).all(|n| self.with_load(&tasks[..n], |load| !self.rules.iter().any(|r| r.spoils(load))))
            && self.with_load(tasks, |load| {
                self.fits(load)
                    && self.rules.iter().all(|r| r.allows(load, place) && !tasks.iter().any(|&t| r.bars(t, place)))
            })
    }

    /// The number of the first rule that a line breaks; rules first in their order, then `rules.len()` for precedence,
    /// takt, stations or places out of order.
    #[must_use]
    pub fn broken(&self, line: &Line) -> Option<usize> {
        let n = self.instance.n_tasks();
        let basic = self.rules.len();
        let mut seen = vec![false; n];
        let listed = line.stations.iter().flatten().all(|&t| !std::mem::replace(&mut seen[t as usize], true));
        if !listed || seen.contains(&false) || line.stations.iter().any(Vec::is_empty) {
            return Some(basic);
        }
        let of = line.station_of(n);
        let precedence = self.instance.successors().pairs().all(|(a, b)| of[a] <= of[b]);
        let kept: Vec<u32> = line.stands_at.iter().flatten().copied().collect();
        let fits = line.stations.iter().all(|tasks| self.with_load(tasks, |load| self.fits(load)));
        let few = line.stations.len() as u64 <= u64::from(self.stations_max);
        if !precedence || !fits || !few || line.stands_at.len() != of.iter().max().map_or(0, |&s| s as usize + 1) {
            return Some(basic);
        }
        if kept.windows(2).any(|w| w[0] >= w[1]) {
            return Some(basic);
        }
        (0..basic).find(|&at| !self.keeps(self.rules[at], line))
    }

    /// True when every station and the whole line keep one rule.
    fn keeps(&self, rule: &dyn Rule, line: &Line) -> bool {
        let mut total = super::rule::Taken::new();
        let stations = (0..line.stations.len()).all(|at| {
            let (tasks, place) = (&line.stations[at], place(line, at));
            let spoiled = (1..=tasks.len()).any(|n| self.with_load(&tasks[..n], |load| rule.spoils(load)));
            let barred = tasks.iter().any(|&t| rule.bars(t, place));
            let mut taken = Vec::new();
            let allowed = self.with_load(tasks, |load| {
                rule.takes(load, place, &mut taken);
                rule.allows(load, place)
            });
            super::rule::add(&mut total, 0, &taken);
            !spoiled && !barred && allowed
        });
        let plain: Vec<(u32, u32)> = total.iter().map(|&(_, kind, amount)| (kind, amount)).collect();
        stations && rule.covers(&plain)
    }

    /// What a line costs in each aim.
    #[must_use]
    pub fn grades(&self, line: &Line) -> Vec<u64> {
        let of_station =
            |aim: &dyn Aim, at: usize| self.with_load(&line.stations[at], |load| aim.cost(load, place(line, at)));
        self.aims.iter().map(|aim| (0..line.stations.len()).map(|at| of_station(*aim, at)).sum()).collect()
    }

    /// The tasks forced to stand between two that share a station, both included, in an order that precedence allows.
    #[must_use]
    pub fn closure(&self, a: usize, b: usize) -> Vec<u32> {
        let (first, second) = if self.instance.is_before(b, a) { (b, a) } else { (a, b) };
        let after = self.instance.after().row(first);
        let both: Vec<u64> = after.iter().zip(self.instance.before().row(second)).map(|(x, y)| x & y).collect();
        let mut inner = vec![false; self.instance.n_tasks()];
        if self.instance.is_before(first, second) {
            ones(&both).for_each(|t| inner[t] = true);
        }
        (inner[first], inner[second]) = (true, true);
        self.instance.order().iter().copied().filter(|&t| inner[t as usize]).collect()
    }
}

/// The place of a station in a finished line.
#[must_use]
pub fn place(line: &Line, at: usize) -> Place {
    Place { number: at as u32, stands_at: line.stands_at[at], last: at + 1 == line.stations.len() }
}
