//! SALBP-2: the shortest cycle time, by asking for feasibility between two bounds that close in.
//!
//! # Source
//! Scholl and Klein (1999), EJOR 114(1): search with iterated SALBP-F.
//! # Differs from the source
//! A question may stay open. Refutations are found the sooner the shorter the cycle time, lines at about the same cost from
//! the best known down to near the shortest; so a round asks at the bound, half and a quarter of the way down from the best,
//! and just below it, each with a slice of work that doubles from round to round, and open questions are taken up where they
//! were left.

mod shake;
mod walk;

use super::stations::Search;
use crate::budget::Budget;
use crate::certificate::{Certificate, Proof};
use crate::instance::Instance;
use crate::priority::anneal::Anneal;
use crate::problem::{Assignment, Effort, Options, Outcome, Stats, Status};
use std::collections::{BTreeMap, BTreeSet};

/// The first slice of one question, in steps; it doubles with every round.
pub(super) const SLICE: u64 = 400_000;

/// `stations` at least 1.
pub(super) fn shortest(instance: &Instance, stations: u32, options: &Options, budget: &mut Budget<'_, '_>) -> Outcome {
    let reversed = instance.reversed();
    let mut hunt = Hunt::new(instance, &reversed, stations, options);
    hunt.rules(u32::MAX, budget);
    if options.effort == Effort::Exact {
        let mut slice = SLICE;
        while hunt.is_open(u32::MAX) && !budget.is_over() {
            hunt.ask(u32::MAX, slice, budget);
            hunt.improve(u32::MAX, slice, budget);
            slice = slice.saturating_mul(2);
        }
    }
    Outcome {
        status: if hunt.is_open(u32::MAX) { Status::Feasible } else { Status::Optimal },
        stats: hunt.stats(),
        best: Some(hunt.best),
        bound: u64::from(hunt.low),
        certificates: hunt.certificate.into_iter().collect(),
    }
}

/// The search for the shortest cycle time with so many stations, to be continued round by round.
pub(super) struct Hunt<'a> {
    instance: &'a Instance,
    reversed: &'a Instance,
    pub(super) stations: u32,
    options: &'a Options,
    /// Every station time is a multiple of this.
    unit: u32,
    /// No line is faster.
    pub(super) low: u32,
    /// Why: nothing fits `stations` stations one tick below `low`.
    pub(super) certificate: Option<Certificate>,
    pub(super) best: Assignment,
    /// The cycle time of `best`.
    pub(super) high: u32,
    /// Of the questions closed.
    stats: Stats,
    anneal: Anneal<'a>,
    /// Turns of annealing since the last one that helped.
    in_vain: u32,
    /// How often the windows of the best line were levelled.
    levelled: u32,
    /// The open questions, each with all that its engines remember.
    questions: BTreeMap<u32, Search<'a>>,
    /// The walk from line to line, once it has begun.
    walk: Option<walk::Walk>,
}

impl<'a> Hunt<'a> {
    /// Starts from one station that does everything and the bounds that need no search.
    pub(super) fn new(instance: &'a Instance, reversed: &'a Instance, stations: u32, options: &'a Options) -> Self {
        let best = Assignment::new(vec![0; instance.n_tasks()]);
        let mut hunt = Self {
            anneal: Anneal::new(instance, &best, stations, 0),
            instance,
            reversed,
            stations,
            options,
            in_vain: 0,
            levelled: 0,
            questions: BTreeMap::new(),
            walk: None,
            unit: instance.times().iter().copied().fold(0, gcd).max(1),
            low: 0,
            certificate: None,
            best,
            high: instance.time_sum(),
            stats: Stats::default(),
        };
        hunt.low = hunt.first_bound();
        hunt
    }

    /// The longest task or an equal share of the work.
    fn first_bound(&mut self) -> u32 {
        let share = self.instance.time_sum().div_ceil(self.stations.max(1));
        let longest = self.instance.time_max();
        let low = share.div_ceil(self.unit) * self.unit;
        if low > 0 {
            let task = self.instance.times().iter().position(|&t| t == longest);
            // Cycle times are multiples of the unit, so the claim is about the one before.
            let (cycle_time, proof) = if longest >= low {
                (longest - 1, Proof::TaskTooLong { task: task.unwrap_or(0) as u32 })
            } else {
                (low - self.unit, Proof::Counting)
            };
            self.certificate = Some(Certificate { cycle_time, stations_min: self.stations + 1, proof });
        }
        low.max(longest)
    }

    /// True while some cycle time below both the best and `below` is neither reached nor refuted.
    pub(super) fn is_open(&self, below: u32) -> bool {
        self.low < self.high.min(below)
    }

    /// Asks bounds and rules for a good line at every probe of a bisection below `below`.
    pub(super) fn rules(&mut self, below: u32, budget: &mut Budget<'_, '_>) {
        let rules = Options { effort: Effort::Heuristic, ..self.options.clone() };
        let (mut from, mut to) = (self.low, self.high.min(below));
        while from < to && !budget.is_over() {
            let middle = self.on_grid(from + (to - from) / 2);
            from = match self.ask_rules(middle, &rules, budget) {
                Answer::Yes => from,
                Answer::No | Answer::Open => middle + self.unit,
            };
            to = to.min(self.high);
        }
    }

    fn offer(&mut self, found: Option<Assignment>) {
        let Some(found) = found else { return };
        let reached = found.cycle_time(self.instance);
        if reached < self.high {
            let stations = self.stations;
            assert!(
                found.fits(self.instance, reached) && found.stations <= stations,
                "an engine returned a line that breaks precedence or takes more stations"
            );
            self.high = reached;
            self.best = found.without_gaps();
            self.levelled = 0;
        }
    }

    /// Questions at the bound and all over what is open, each with a slice of work, until all of them stay open.
    pub(super) fn ask(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        while self.is_open(below) && !budget.is_over() {
            self.climb(below, slice, budget);
            let low = self.low;
            self.ask_around(below, slice, budget);
            if self.low == low {
                break;
            }
        }
    }

    /// Questions all over what is open, each with a slice of work, until all of them stay open.
    ///
    /// A line costs hardly more work half way down to the bound than just below the best, up to a cycle time from which
    /// on it costs far more; so the boldest question comes first.
    fn ask_around(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        let mut asked = BTreeSet::new();
        while self.is_open(below) && !budget.is_over() {
            let points = self.points(below);
            let Some(&next) = points.iter().find(|c| !asked.contains(*c)) else { break };
            asked.insert(next);
            self.go_on(next, slice, budget);
        }
        self.make_room(below);
    }

    /// Where to ask besides at the bound: half and a quarter of the way down from the best, or from `below`, and one unit
    /// below it; an open question near by does instead.
    fn points(&self, below: u32) -> Vec<u32> {
        let (low, top) = (self.low, self.high.min(below));
        let eighths = |part: u64| low + (u64::from(top - low) * part / 8) as u32;
        let near = |from: u32, to: u32, else_at: u32| {
            let open =
                self.questions.range(self.on_grid(eighths(from.into())).max(low + 1)..eighths(to.into()).max(low + 1));
            open.map(|(&c, _)| c).next_back().unwrap_or(self.on_grid(eighths(else_at.into())))
        };
        let mut points = vec![near(2, 5, 4), near(5, 7, 6), self.on_grid(top - 1)];
        points.retain(|&c| c > low);
        points
    }

    /// Questions from below, each with a slice of work, until the one at the bound stays open: there a refutation is
    /// found soonest, and a line is the best there is.
    fn climb(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        let mut step = Some(0);
        while let Some(ahead) = step.filter(|_| self.is_open(below) && !budget.is_over()) {
            let low = self.low;
            let asked = self.on_grid(low.saturating_add(ahead).min(self.high.min(below) - 1));
            step = match self.go_on(asked, slice, budget) {
                Answer::No => Some((self.low - low).saturating_mul(2)),
                Answer::Open if asked > low => Some(ahead / 4),
                Answer::Open | Answer::Yes => None,
            };
        }
        self.make_room(below);
    }

    /// Closes questions that nobody comes back to.
    fn make_room(&mut self, below: u32) {
        let (low, points) = (self.low, if self.is_open(below) { self.points(below) } else { Vec::new() });
        let left: Vec<u32> = self.questions.keys().copied().filter(|&c| c != low && !points.contains(&c)).collect();
        self.close(&left);
    }

    /// The nearest multiple of `unit` that is not above `cycle_time`; not below the bound.
    fn on_grid(&self, cycle_time: u32) -> u32 {
        (cycle_time / self.unit * self.unit).max(self.low)
    }

    /// Asks bounds and rules alone.
    fn ask_rules(&mut self, cycle_time: u32, rules: &Options, budget: &mut Budget<'_, '_>) -> Answer {
        let mut search = Search::new(self.instance, self.reversed, cycle_time);
        search.run(self.stations, rules, budget);
        self.hear(&search)
    }

    /// Goes on with the question of a cycle time for `slice` steps.
    fn go_on(&mut self, cycle_time: u32, slice: u64, budget: &mut Budget<'_, '_>) -> Answer {
        let open = self.questions.remove(&cycle_time);
        let mut search = open.unwrap_or_else(|| Search::new(self.instance, self.reversed, cycle_time));
        let taken: usize = self.questions.values().map(Search::bytes).sum();
        let memory_bytes_max = self.options.memory_bytes_max.saturating_sub(taken);
        let options = Options { memory_bytes_max, ..self.options.clone() };
        budget.within(slice, |budget| search.go_on(self.stations, &options, budget));
        let answer = self.hear(&search);
        self.questions.insert(cycle_time, search);
        // What is above the best or below the bound is settled.
        let (low, high) = (self.low, self.high);
        let settled: Vec<u32> = self.questions.keys().copied().filter(|c| *c < low || *c >= high).collect();
        self.close(&settled);
        answer
    }

    /// Takes in what a question came to.
    fn hear(&mut self, search: &Search<'_>) -> Answer {
        if search.best.stations <= self.stations {
            let reached = search.best.cycle_time(self.instance);
            if reached < self.high {
                self.high = reached;
                self.best = search.best.clone();
                self.levelled = 0;
            }
            return Answer::Yes;
        }
        if search.certificate.stations_min > self.stations {
            let next = search.cycle_time() / self.unit * self.unit + self.unit;
            if next > self.low {
                self.low = next;
                self.certificate = Some(search.certificate.clone());
            }
            return Answer::No;
        }
        Answer::Open
    }

    /// Forgets some questions, but not what they took.
    fn close(&mut self, cycle_times: &[u32]) {
        for search in cycle_times.iter().filter_map(|c| self.questions.remove(c)) {
            self.stats = sum(self.stats, &search);
        }
    }

    /// What all questions took so far.
    pub(super) fn stats(&self) -> Stats {
        self.questions.values().fold(self.stats, sum)
    }
}

/// `stats` and what one question took.
fn sum(stats: Stats, search: &Search<'_>) -> Stats {
    let memory_full = stats.memory_full | search.stats.memory_full;
    Stats { states: stats.states + search.states(), memory_full, ..stats }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
    Open,
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
