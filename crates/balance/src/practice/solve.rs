//! From a line with rules to an answer: aim by aim, both directions in turn, a little improvement between.

use super::anchor::anchored;
use super::improve::improve;
use super::job::{AIMS_MAX, Job, Line};
use super::memory::Costs;
use super::pairs::Pairs;
use super::repair::from_today;
use super::rule::Sight;
use super::search::{Ended, Search};
use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::Status;

/// How far to search.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Steps for each aim, most.
    pub work: u64,
    /// Bytes the states of one search may take.
    pub memory: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { work: 5_000_000, memory: 1 << 28 }
    }
}

/// What was found for a line with rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Optimal: every aim is proven least given those before it. Feasible: a line keeps all rules, some aim is open.
    /// Infeasible: proven that no line keeps them. Unknown: neither a line nor a proof.
    pub status: Status,
    /// The line.
    pub line: Option<Line>,
    /// What it costs, aim by aim.
    pub grades: Vec<u64>,
    /// How many aims, from the first, are proven least given those before them.
    pub proven: usize,
    /// A proven bound on the first aim; 0 without aims.
    pub bound: u64,
    /// States kept.
    pub nodes: u64,
}

/// The first slice of a direction, in steps; it doubles with every turn.
const SLICE: u64 = 20_000;

/// Steps per state in the first pass; sixteen times more with every further pass.
const STEPS_PER_STATE: u64 = 2_000;

/// Lays out a line that keeps all rules and makes the aims small, in their order.
///
/// `start` is a line to begin from, which must keep the rules or is ignored; `known` a proven bound on the first aim.
/// Without aims the question is whether there is any line.
///
/// # Example
/// ```
/// use balance::Instance;
/// use balance::budget::Budget;
/// use balance::practice::{Job, Limits, Side, aims, rules, solve};
/// use model::control::Control;
/// let tasks = Instance::new(&[4, 6, 5, 5], &[(0, 2), (1, 3)]).expect("no circle");
/// let apart = rules::Apart { says: "0 and 1 stand apart".to_owned(), tasks: vec![0, 1] };
/// let mut job = Job::new(&tasks, 10, Side::Single);
/// job.rules.push(&apart);
/// job.aims.push(&aims::Copies);
/// let control = Control::unlimited();
/// let answer = solve(&job, None, 0, Limits::default(), &mut Budget::new(&control));
/// assert_eq!((answer.grades[0], answer.proven), (3, 1));
/// ```
#[must_use]
pub fn solve(job: &Job<'_>, start: Option<&Line>, known: u64, limits: Limits, budget: &mut Budget<'_, '_>) -> Answer {
    assert!(job.aims.len() <= AIMS_MAX, "a job has at most {AIMS_MAX} aims");
    let mut run = Run::new(job, start, known);
    if job.instance.n_tasks() == 0 {
        run.best = Some(Line { stations: Vec::new(), stands_at: Vec::new() });
        run.proven = job.aims.len();
        return run.answer(true);
    }
    let reversed = job.instance.reversed();
    let exhausted = run.levels(&reversed, limits, budget);
    run.answer(exhausted)
}

struct Run<'j, 'a> {
    job: &'j Job<'a>,
    pairs: Pairs,
    best: Option<Line>,
    bound: u64,
    proven: usize,
    nodes: u64,
}

impl<'j, 'a> Run<'j, 'a> {
    fn new(job: &'j Job<'a>, start: Option<&Line>, known: u64) -> Self {
        let anchored =
            start.map(|line| Line { stands_at: anchored(job, &line.stations), stations: line.stations.clone() });
        let best = anchored.filter(|line| job.broken(line).is_none());
        Self { job, pairs: Pairs::new(job), best, bound: known, proven: 0, nodes: 0 }
    }

    /// Aim after aim while each is proven; true when the last search saw everything.
    fn levels(&mut self, reversed: &Instance, limits: Limits, budget: &mut Budget<'_, '_>) -> bool {
        if self.job.aims.is_empty() {
            return self.best.is_some() || budget.within(limits.work, |b| self.level(0, reversed, limits, b));
        }
        for level in 1..=self.job.aims.len() {
            self.near_today(level, limits, budget);
            if let Some(line) = &mut self.best {
                improve(self.job, line, limits.work / 4, budget);
            }
            let exhausted = budget.within(limits.work, |b| self.level(level, reversed, limits, b));
            if !exhausted {
                self.near_today(2, limits, budget);
                if let Some(line) = &mut self.best {
                    improve(self.job, line, limits.work / 4, budget);
                }
                return false;
            }
            if self.best.is_none() {
                return true;
            }
            self.proven = level;
        }
        true
    }

    /// Tries lines near today's: any at first, then one of as few copies as the best.
    fn near_today(&mut self, level: usize, limits: Limits, budget: &mut Budget<'_, '_>) {
        if self.job.today.is_none() || level > 2 {
            return;
        }
        let copies = |line: &Line| {
            let of = |tasks: &Vec<u32>| self.job.with_load(tasks, |load| u64::from(load.copies));
            line.stations.iter().map(of).sum::<u64>()
        };
        let most = self.best.as_ref().filter(|_| level == 2).map(copies);
        let found = budget.within(limits.work / 2, |b| from_today(self.job, most, b));
        let Some(found) = found else { return };
        let better = self.best.as_ref().is_none_or(|best| self.job.grades(&found) < self.job.grades(best));
        if better && self.job.broken(&found).is_none() {
            self.best = Some(found);
        }
    }

    fn costs(&self, levels: usize) -> Option<Costs> {
        let grades = self.job.grades(self.best.as_ref()?);
        let mut costs = [0; AIMS_MAX];
        costs[..levels].copy_from_slice(&grades[..levels]);
        Some(costs)
    }

    /// Searches the first `levels` aims; true when nothing better exists.
    fn level(&mut self, levels: usize, reversed: &Instance, limits: Limits, budget: &mut Budget<'_, '_>) -> bool {
        let backwards = Job {
            instance: reversed,
            rules: self.job.rules.clone(),
            aims: self.job.aims.clone(),
            today: None,
            ..*self.job
        };
        let pairs = self.pairs.clone();
        let both = self.job.sight() == Sight::Nothing;
        let mut steps_per_state = STEPS_PER_STATE;
        loop {
            let forward = Search::new(self.job, &pairs, levels, self.costs(levels), (steps_per_state, limits.memory));
            let mut seats = vec![(forward, false)];
            if both {
                let best = self.costs(levels);
                seats.push((Search::new(&backwards, &pairs, levels, best, (steps_per_state, limits.memory)), true));
            }
            if levels == 1 {
                self.bound = self.bound.max(seats[0].0.root()[0]);
            }
            let ended = self.turns(levels, &mut seats, budget);
            self.nodes += seats.iter().map(|(s, _)| s.nodes()).sum::<u64>();
            match ended {
                Ended::Exhausted => {
                    if levels == 1 {
                        self.bound = self.costs(1).map_or(u64::MAX, |costs| costs[0]);
                    }
                    return true;
                }
                Ended::Truncated => steps_per_state *= 16,
                Ended::Paused | Ended::MemoryFull => return false,
            }
        }
    }

    /// True when the best line meets what every line costs in the last aim searched.
    fn meets(&self, levels: usize, root: &Costs) -> bool {
        let Some(costs) = self.costs(levels) else { return false };
        let floor = if levels == 1 { self.bound.max(root[0]) } else { root[levels.max(1) - 1] };
        levels == 0 || costs[levels - 1] <= floor
    }

    /// Lets the directions run in turn until one has seen everything, or none may go on.
    fn turns(&mut self, levels: usize, seats: &mut Vec<(Search<'_>, bool)>, budget: &mut Budget<'_, '_>) -> Ended {
        let root = seats[0].0.root();
        let mut slice = SLICE;
        let mut closed = Ended::MemoryFull;
        loop {
            if self.meets(levels, &root) {
                return Ended::Exhausted;
            }
            let mut at = 0;
            while at < seats.len() {
                if let Some(best) = self.costs(levels) {
                    seats[at].0.lower(best);
                }
                let (search, backward) = &mut seats[at];
                let ended = search.run(budget, slice);
                if let Some((mut line, _)) = search.take() {
                    if *backward {
                        line.stations.reverse();
                    }
                    debug_assert_eq!(self.job.broken(&line), None, "the search keeps every rule");
                    self.best = Some(line);
                    if levels == 0 || self.meets(levels, &root) {
                        return Ended::Exhausted;
                    }
                }
                if budget.is_over() && ended != Ended::Exhausted {
                    return Ended::Paused;
                }
                match ended {
                    Ended::Exhausted => return Ended::Exhausted,
                    Ended::Truncated => {
                        closed = Ended::Truncated;
                        self.nodes += seats.remove(at).0.nodes();
                    }
                    Ended::MemoryFull => self.nodes += seats.remove(at).0.nodes(),
                    Ended::Paused => at += 1,
                }
            }
            if seats.is_empty() {
                return closed;
            }
            slice = slice.saturating_mul(2);
        }
    }

    fn answer(self, exhausted: bool) -> Answer {
        let status = match (&self.best, exhausted) {
            (Some(_), true) => Status::Optimal,
            (Some(_), false) => Status::Feasible,
            (None, true) => Status::Infeasible,
            (None, false) => Status::Unknown,
        };
        let grades = self.best.as_ref().map_or_else(Vec::new, |line| self.job.grades(line));
        if let Some(line) = &self.best {
            assert_eq!(self.job.broken(line), None, "the line that is returned keeps every rule");
        }
        Answer { status, line: self.best, grades, proven: self.proven, bound: self.bound, nodes: self.nodes }
    }
}
