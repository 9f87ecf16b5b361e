//! Shorter cycle times near good lines: a walk from line to line through corridors.
//!
//! Each step kicks the line at hand: some other line near it, at a cycle time a little above the best. Then it goes down: a line near the line at
//! hand is asked for below the best, half way there, and just below the line at hand, in corridors that grow wider, until there is none.
//!
//! # Source
//! Iterated local search: Lourenco, Martin and Stuetzle (2003), Handbook of Metaheuristics, chapter 11; the neighbourhood is that of
//! [`crate::exact::corridor`].
//! # Cost
//! Measured on lines of 111 tasks: a corridor of three stations to each side takes 0.05 to 1.5 million steps.

use super::Hunt;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::exact::corridor::Corridor;
use crate::exact::engine::{Setup, TASKS_EXACT_MAX, remember};
use crate::problem::Assignment;
use crate::random::Random;

/// Lines of fewer stations are searched whole; such are all windows, too.
const STATIONS_MIN: u32 = 12;

/// How far tasks may go from where they stand, in stations.
const WIDTH_MAX: u32 = 3;

/// Steps that one corridor may take: so many, or four or sixteen times as many, for a whole kick and what follows.
const STEPS: u64 = 250_000;

/// Steps of load enumeration granted to one state.
const STEPS_PER_STATE: u64 = 10_000;

/// A turn may take so many times the work of a question; each turn in vain halves the next, so many times at most.
const WORK_TIMES: u64 = 4;
const IN_VAIN_MAX: u32 = 2;

/// Where the walk stands.
#[derive(Debug)]
pub(super) struct Walk {
    line: Assignment,
    cycle_time: u32,
    random: Random,
    /// Turns since the last one that found something better than the best.
    in_vain: u32,
    /// The end from which lines are sought in this step.
    from: SearchEngine,
}

impl Hunt<'_> {
    /// Walks on for some slices of work, towards cycle times below `below`.
    pub(super) fn walk(&mut self, below: u32, slice: u64, budget: &mut Budget<'_, '_>) {
        let n = self.instance.n_tasks();
        if self.stations < STATIONS_MIN || self.stations as usize > n || n > TASKS_EXACT_MAX || !self.is_open(below) {
            return;
        }
        if self.best.stations < self.stations {
            // Where only much shorter cycle times counted there is no line yet to begin with.
            budget.within(slice, |budget| self.rules(u32::MAX, budget));
        }
        let mut walk = self.walk.take().unwrap_or_else(|| Walk {
            line: self.best.clone(),
            cycle_time: self.high,
            random: Random::new(u64::from(self.stations)),
            in_vain: 0,
            from: SearchEngine::Forward,
        });
        let high = self.high;
        let work = slice.saturating_mul(WORK_TIMES) >> walk.in_vain;
        budget.within(work, |budget| {
            while self.is_open(below) && !budget.is_over() {
                self.step(&mut walk, below, budget);
            }
        });
        walk.in_vain = if self.high < high { 0 } else { (walk.in_vain + 1).min(IN_VAIN_MAX) };
        self.walk = Some(walk);
    }

    /// One kick, and down from there.
    fn step(&mut self, walk: &mut Walk, below: u32, budget: &mut Budget<'_, '_>) {
        if self.high < walk.cycle_time {
            (walk.line, walk.cycle_time) = (self.best.clone(), self.high);
        }
        walk.from = [SearchEngine::Forward, SearchEngine::Backward][walk.random.below(2) as usize];
        let gap = u64::from(self.high - self.low);
        let steps = STEPS << (2 * walk.random.below(3));
        let above = walk.random.below(gap + 1);
        let top = self.on_grid(self.high + walk.random.below(above + 1) as u32);
        let mut kicked = false;
        for _ in 0..=walk.random.below(2) {
            let seed = walk.random.next();
            let ask = Ask { cycle_time: top, width: WIDTH_MAX, shuffle: Some(seed), steps };
            if let Some(other) = self.near(walk, ask, budget) {
                walk.line = other;
                kicked = true;
            }
        }
        if kicked {
            self.down(walk, below, steps, budget);
        }
        // Far above the best the walk is lost.
        if !kicked || u64::from(walk.cycle_time) > u64::from(self.high) + gap / 2 {
            (walk.line, walk.cycle_time) = (self.best.clone(), self.high);
        }
    }

    /// Better and better lines near the line at hand.
    fn down(&mut self, walk: &mut Walk, below: u32, steps: u64, budget: &mut Budget<'_, '_>) {
        walk.cycle_time = walk.line.cycle_time(self.instance);
        let mut width = 1;
        while width <= WIDTH_MAX && self.is_open(below) && !budget.is_over() {
            let (here, best) = (walk.cycle_time, self.high.min(below));
            let mut asked = vec![best - 1, best + here.saturating_sub(best) / 2, here - 1];
            asked.retain(|&c| c < here);
            asked.iter_mut().for_each(|c| *c = self.on_grid(*c));
            asked.dedup();
            let found = asked
                .into_iter()
                .find_map(|cycle_time| self.near(walk, Ask { cycle_time, width, shuffle: None, steps }, budget));
            width = if found.is_some() { 1 } else { width + 1 };
            if let Some(found) = found {
                walk.line = found;
                walk.cycle_time = walk.line.cycle_time(self.instance);
                self.offer(Some(walk.line.clone()));
            }
        }
    }

    /// Some line within `cycle_time` no task of which stands more than `width` stations from where it stands in the line at hand.
    fn near(&self, walk: &Walk, ask: Ask, budget: &mut Budget<'_, '_>) -> Option<Assignment> {
        // To set up a search takes time, too.
        let n = self.instance.n_tasks() as u64;
        if !budget.step(n * n / 8) {
            return None;
        }
        let backward = walk.from == SearchEngine::Backward;
        let (instance, line) =
            if backward { (self.reversed, walk.line.mirrored()) } else { (self.instance, walk.line.clone()) };
        let setup = Setup {
            cycle_time: ask.cycle_time,
            target: self.stations,
            steps_per_state: STEPS_PER_STATE,
            memory_bytes_max: self.options.memory_bytes_max / 8,
            prices: None,
            half: None,
            corridor: Some(Corridor { station_of: &line.station_of, width: ask.width, shuffle: ask.shuffle }),
        };
        let mut engine = remember(instance, setup, walk.from)?;
        budget.within(ask.steps, |budget| engine.run(budget, ask.steps));
        engine.take_best()
    }
}

/// What is asked near a line.
#[derive(Debug, Clone, Copy)]
struct Ask {
    /// In ticks.
    cycle_time: u32,
    /// In stations.
    width: u32,
    /// Another line for each seed.
    shuffle: Option<u64>,
    steps: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instance::Instance;
    use crate::problem::Options;
    use model::control::Control;

    /// A line of `n` tasks in a few strands, of times up to 1,000 ticks.
    fn strands(random: &mut Random, n: usize) -> Instance {
        let times: Vec<u32> = (0..n).map(|_| 50 + random.below(10).pow(3) as u32 + random.below(100) as u32).collect();
        let mut arcs = Vec::new();
        for task in 1..n {
            if random.below(5) > 0 {
                arcs.push((task - 1 - random.below(6.min(task as u64)) as usize, task));
            }
        }
        Instance::new(&times, &arcs).unwrap()
    }

    /// What rules build is made shorter without a question asked, and stays a line.
    #[test]
    fn a_walk_makes_lines_shorter() {
        let mut random = Random::new(7);
        let options = Options::default();
        let (mut ticks_rules, mut ticks_walk) = (0, 0);
        for _ in 0..12 {
            let line = strands(&mut random, 60);
            let reversed = line.reversed();
            let control = Control::unlimited();
            let mut budget = Budget::new(&control);
            let mut hunt = Hunt::new(&line, &reversed, 22, &options);
            hunt.rules(u32::MAX, &mut budget);
            let (low, by_rules) = (hunt.low, hunt.high);
            for _ in 0..3 {
                hunt.walk(u32::MAX, 500_000, &mut budget);
            }
            assert_eq!(hunt.low, low, "a walk proves nothing");
            assert!(hunt.best.fits(&line, hunt.high) && hunt.best.stations <= 22);
            ticks_rules += by_rules - low;
            ticks_walk += hunt.high - low;
        }
        assert!(ticks_walk * 3 < ticks_rules * 2, "{ticks_walk} ticks above the bound, {ticks_rules} by rules");
    }

    /// Only cycle times below the one that counts are of use, and the walk goes on until there is one.
    #[test]
    fn a_walk_without_a_line_builds_one_first() {
        let line = strands(&mut Random::new(8), 60);
        let reversed = line.reversed();
        let options = Options::default();
        let control = Control::unlimited();
        let mut budget = Budget::new(&control);
        let mut hunt = Hunt::new(&line, &reversed, 22, &options);
        let below = hunt.low + hunt.low / 50;
        hunt.walk(below, 2_000_000, &mut budget);
        assert!(hunt.high < below, "{} is not below {below}", hunt.high);
    }

    /// Whoever improves a line without questions walks.
    #[test]
    fn a_walk_is_part_of_what_improves_lines() {
        let line = strands(&mut Random::new(9), 60);
        let reversed = line.reversed();
        let options = Options::default();
        let control = Control::unlimited();
        let mut budget = Budget::new(&control);
        let mut hunt = Hunt::new(&line, &reversed, 22, &options);
        hunt.improve(hunt.low + 1, 1_000, &mut budget);
        assert!(hunt.walk.is_some());
    }
}
