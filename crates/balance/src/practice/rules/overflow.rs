//! Stochastic times: how often a piece is not ready at a station within the takt.

use crate::practice::job::{Load, Place};
use crate::practice::rule::Rule;
use libm::{log, log1p, sqrt};
use std::cell::RefCell;

/// How far a chance may lie above the share before it counts: sums of floats in another order differ by less.
const ROUNDING: f64 = 1e-9;

/// Cells between 0 and the time a station copy has for a piece.
const CELLS: usize = 256;

/// Rework that may happen together less often than this is left out.
const RARE: f64 = 1e-11;

/// How the time of a task varies.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Mean ticks without rework.
    pub mean: f64,
    /// Coefficient of variation of these.
    pub cv: f64,
    /// Chance that the task must be mended, and the ticks it takes.
    pub rework: (f64, f64),
    /// How often the task is done for one piece; each time may fail.
    pub times: u32,
}

/// At every station, `P(sum of task times > copies x takt) <= share`.
///
/// Task times are independent: log-normal with the task's mean and coefficient of variation, and each time it is done
/// with the chance of rework its minutes on top, as in simulation. Times that do not vary and rework are added exactly; log-normal times are added by
/// convolution on a grid of 256 cells up to the limit, each split between neighbouring points so that its mean stays.
///
/// # Differs from the source
/// The usual test, mean plus `z` deviations within the cycle time (Kottas and Lau 1973, AIIE Transactions 5(2)), takes
/// sums as normal; the skew of task times makes it too kind in the tail.
///
/// # Cost
/// One convolution, 32,000 products, for each load tried; the prefixes of the last load are kept.
#[derive(Debug)]
pub struct Overflow {
    says: String,
    share: f64,
    spread: Vec<Spread>,
    takt: f64,
    grids: RefCell<Vec<Grid>>,
}

/// The sums for stations of one number of copies.
#[derive(Debug)]
struct Grid {
    limit: f64,
    copies: u32,
    /// Chance of each grid point, for each task that varies.
    of: Vec<Vec<f64>>,
    /// Tasks of the load tried last, and the sum up to each.
    stack: Vec<(u32, Sum)>,
}

/// The time of some tasks: a fixed part, rework, and a part on the grid.
#[derive(Debug, Clone)]
struct Sum {
    fixed: f64,
    /// Ticks of rework with their chances.
    rework: Vec<(f64, f64)>,
    varying: Option<Vec<f64>>,
}

impl Overflow {
    /// `share` in `0..1`; `takt` in ticks, above 0; a spread per task.
    #[must_use]
    pub fn new(says: String, share: f64, spread: Vec<Spread>, takt: f64) -> Self {
        Self { says, share, spread, takt, grids: RefCell::new(Vec::new()) }
    }

    /// The chance that a station with these tasks and copies is not ready in time; error below 0.002.
    #[must_use]
    pub fn chance(&self, tasks: &[u32], copies: u32) -> f64 {
        let mut grids = self.grids.borrow_mut();
        let at = grids.iter().position(|g| g.copies == copies).unwrap_or_else(|| {
            let limit = f64::from(copies) * self.takt;
            let of = self.spread.iter().map(|s| points(*s, limit / CELLS as f64)).collect();
            grids.push(Grid { limit, copies, of, stack: Vec::new() });
            grids.len() - 1
        });
        grids[at].over(tasks, &self.spread)
    }
}

impl Grid {
    fn over(&mut self, tasks: &[u32], spread: &[Spread]) -> f64 {
        let same = self.stack.iter().zip(tasks).take_while(|((task, _), other)| task == *other).count();
        self.stack.truncate(same);
        for &task in &tasks[same..] {
            let before = self.stack.last().map(|(_, sum)| sum);
            let next = Sum::with(before, spread[task as usize], &self.of[task as usize]);
            self.stack.push((task, next));
        }
        self.stack.last().map_or(0.0, |(_, sum)| sum.over(self.limit))
    }
}

impl Sum {
    /// One task more.
    fn with(before: Option<&Self>, spread: Spread, points: &[f64]) -> Self {
        let mut sum = before.cloned().unwrap_or(Self { fixed: 0.0, rework: vec![(0.0, 1.0)], varying: None });
        if varies(spread) {
            sum.varying = Some(match &sum.varying {
                None => points.to_vec(),
                Some(sum) => convolved(sum, points),
            });
        } else {
            sum.fixed += spread.mean;
        }
        let (chance, extra) = spread.rework;
        if chance > 0.0 && extra > 0.0 {
            for _ in 0..spread.times {
                sum.fail(chance, extra);
            }
        }
        sum
    }

    /// One more chance to fail.
    fn fail(&mut self, chance: f64, extra: f64) {
        let failed: Vec<(f64, f64)> = self.rework.iter().map(|&(t, p)| (t + extra, p * chance)).collect();
        self.rework.iter_mut().for_each(|r| r.1 *= 1.0 - chance);
        self.rework.extend(failed);
        self.rework.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.rework.dedup_by(|next, kept| {
            let same = next.0 - kept.0 < 1e-6;
            kept.1 += if same { next.1 } else { 0.0 };
            same
        });
        self.rework.retain(|r| r.1 > RARE);
    }

    /// The chance to exceed the limit.
    fn over(&self, limit: f64) -> f64 {
        let late = |&(extra, chance): &(f64, f64)| {
            let room = limit - self.fixed - extra;
            // A thousandth of a tick is rounding.
            chance
                * if room < -1e-3 {
                    1.0
                } else {
                    self.varying.as_ref().map_or(0.0, |v| above(v, room * CELLS as f64 / limit))
                }
        };
        self.rework.iter().map(late).sum()
    }
}

/// The chance to lie above `x` cells, each point spread evenly over the cell around it.
fn above(points: &[f64], x: f64) -> f64 {
    let cells = (x + 0.5).max(0.0);
    let whole = (cells as usize).min(points.len());
    let below: f64 = points[..whole].iter().sum();
    let part = points.get(whole).map_or(0.0, |p| p * (cells - whole as f64));
    (1.0 - below - part).max(0.0)
}

fn varies(spread: Spread) -> bool {
    spread.cv > 0.0 && spread.mean > 0.0
}

/// The distribution of a sum, as far as the limit.
fn convolved(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; CELLS + 1];
    for (i, &p) in a.iter().enumerate().filter(|(_, p)| **p > 1e-12) {
        for (slot, q) in sum[i..].iter_mut().zip(b) {
            *slot += p * q;
        }
    }
    sum
}

/// The chances of the grid points `0, step, 2 step, ...` for a log-normal time: second differences of `E(X - x)+`,
/// which keep the mean.
fn points(spread: Spread, step: f64) -> Vec<f64> {
    if !varies(spread) {
        return Vec::new();
    }
    let at: Vec<f64> = (0..=CELLS + 1).map(|j| excess(spread, j as f64 * step)).collect();
    let first = 1.0 + (at[1] - at[0]) / step;
    let inner = (1..=CELLS).map(|j| (at[j - 1] - 2.0 * at[j] + at[j + 1]) / step);
    [first].into_iter().chain(inner).map(|p| p.max(0.0)).collect()
}

/// `E(X - x)+` of a log-normal task time, for `x >= 0`.
fn excess(spread: Spread, x: f64) -> f64 {
    let Spread { mean, cv, .. } = spread;
    if x <= 0.0 {
        return mean;
    }
    let variance = log1p(cv * cv);
    let sigma = sqrt(variance);
    let d = (log(mean / x) + 0.5 * variance) / sigma;
    mean * normal(d) - x * normal(d - sigma)
}

/// The standard normal distribution function.
fn normal(x: f64) -> f64 {
    0.5 * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2)
}

impl Rule for Overflow {
    fn says(&self) -> String {
        self.says.clone()
    }

    fn spoils(&self, load: &Load<'_>) -> bool {
        // A longer task that joins may open copies, and room with them.
        let may_widen = self.spread.iter().any(|s| s.mean > self.takt);
        !may_widen && self.chance(load.tasks, load.copies) > self.share + ROUNDING
    }

    fn allows(&self, load: &Load<'_>, _place: Place) -> bool {
        self.chance(load.tasks, load.copies) <= self.share + ROUNDING
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chance::{Distribution, Sampler, Source};

    /// Shares of late pieces in two hundred thousand draws of each station.
    #[test]
    fn chances_are_those_of_independent_draws() {
        let spread = |mean, cv, rework, times| Spread { mean, cv, rework, times };
        let tasks = [
            spread(20_000.0, 0.15, (0.03, 25_000.0), 1),
            spread(12_000.0, 0.25, (0.04, 20_000.0), 3),
            spread(8_000.0, 0.6, (0.0, 0.0), 1),
            spread(10_000.0, 0.0, (0.1, 6_000.0), 2),
            spread(30_000.0, 0.3, (0.02, 15_000.0), 1),
        ];
        let stations: [(&[u32], f64, u32); 6] = [
            (&[0, 1, 2, 3], 60_000.0, 1),
            (&[0, 1, 2, 3], 54_000.0, 1),
            (&[4], 40_000.0, 1),
            (&[0, 4], 45_000.0, 1),
            (&[4, 2], 20_000.0, 2),
            (&[3], 10_000.0, 1),
        ];
        for (number, &(load, takt, copies)) in stations.iter().enumerate() {
            let rule = Overflow::new(String::new(), 0.5, tasks.to_vec(), takt);
            let told = rule.chance(load, copies);
            let drawn = drawn(&tasks, load, takt * f64::from(copies), number as u64);
            assert!((told - drawn).abs() < 0.004, "station {number}: {told:.4}, by draws {drawn:.4}");
        }
    }

    fn drawn(tasks: &[Spread], load: &[u32], limit: f64, seed: u64) -> f64 {
        const DRAWS: u32 = 200_000;
        let sampler = |s: &Spread| {
            let shape =
                if s.cv > 0.0 { Distribution::log_normal(s.mean, s.cv) } else { Distribution::constant(s.mean) };
            Sampler::new(&shape.unwrap())
        };
        let samplers: Vec<Sampler> = tasks.iter().map(sampler).collect();
        let mut stream = Source::new(seed, 0).stream(0, 0, 0);
        let mut late = 0;
        for _ in 0..DRAWS {
            let mut sum = 0.0;
            for &task in load {
                let Spread { rework: (chance, extra), times, .. } = tasks[task as usize];
                sum += samplers[task as usize].draw(&mut stream);
                for _ in 0..times {
                    sum += if stream.chance(chance) { extra } else { 0.0 };
                }
            }
            late += u32::from(sum > limit);
        }
        f64::from(late) / f64::from(DRAWS)
    }

    #[test]
    fn a_full_station_that_never_varies_is_never_late() {
        let fixed = Spread { mean: 7_000.0, cv: 0.0, rework: (0.25, 1_000.0), times: 1 };
        let rule = Overflow::new(String::new(), 0.5, vec![fixed; 3], 21_000.0);
        assert!((rule.chance(&[0, 1, 2], 1) - (1.0 - 0.75 * 0.75 * 0.75)).abs() < 1e-12);
        assert!(rule.chance(&[0, 1], 1).abs() < 1e-12);
        let twice = Overflow::new(String::new(), 0.5, vec![Spread { times: 2, ..fixed }], 8_000.0);
        assert!((twice.chance(&[0], 1) - 0.0625).abs() < 1e-12);
    }
}
