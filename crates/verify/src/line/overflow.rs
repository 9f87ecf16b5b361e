//! The chance that a piece is not ready at a station in time: `P(sum of task times > copies x takt)`.
//!
//! Task times are independent, log-normal with the task's minutes and spread, plus rework minutes each time one fails.
//! Times that do not vary and rework are added exactly; the others on a finer grid than a line is laid out with, each time
//! given to the cell it falls in. The two may differ by [`APART`].

use super::subject::Subject;
use crate::faults::{Faults, LINE};
use chance::special::normal_cdf;
use model::results::{LineSheet, Station};

/// Cells up to the limit.
const CELLS: usize = 1_000;

/// How far two computations may differ.
const APART: f64 = 0.006;

/// Checks the chances told, and their limit.
pub(super) fn check(s: &Subject<'_>, sheet: &LineSheet, faults: &mut Faults) {
    let spreads = s.tasks.keys().any(|t| {
        let row = &s.ring.tasks[*t];
        row.spread > 0.0 || (row.first_pass_yield.get() < 1.0)
    });
    if sheet.overflow.len() != if spreads { s.option.stations.len() } else { 0 } {
        faults.tell(LINE, "each station tells how often it is late", "stations are missing".to_owned());
        return;
    }
    for (at, (station, told)) in s.option.stations.iter().zip(&sheet.overflow).enumerate() {
        let is = late(s, station);
        // A chance that is not a number is not near anything.
        let near = (told - is).abs() <= APART;
        if !near {
            let fact = format!("station {} is said to be late with {told:.4}, it is with {is:.4}", at + 1);
            faults.tell(LINE, "each station tells how often it is late", fact);
        }
        if sheet.limits.overflow.is_some_and(|most| is > most + APART) {
            let fact = format!("station {} is late with {is:.4}", at + 1);
            faults.tell(LINE, "the line keeps its limit of late pieces", fact);
        }
    }
}

/// The chance of one station.
fn late(s: &Subject<'_>, station: &Station) -> f64 {
    let limit = s.option.takt.ticks() as f64 * station.copies as f64;
    let step = limit / CELLS as f64;
    let mut fixed = 0.0;
    let mut rework = vec![(0.0, 1.0)];
    let mut sum = vec![0.0; CELLS + 1];
    sum[0] = 1.0;
    let mut varies = false;
    for task in &station.tasks {
        let row = &s.ring.tasks[*task];
        let pieces = s.tasks[task].pieces.as_f64();
        let mean = s.minutes(*task).ticks() as f64;
        let cv = row.spread / libm::sqrt(pieces.max(1.0));
        if cv > 0.0 {
            varies = true;
            sum = folded(&sum, &cells(mean, cv, step));
        } else {
            fixed += mean;
        }
        // Done so often for one piece; so many of them fail, binomially.
        let times = pieces.round().max(1.0);
        let (chance, extra) = (row.first_pass_yield.rest().get(), row.rework_minutes.ticks() as f64 * pieces / times);
        if chance > 0.0 && extra > 0.0 {
            let fails = binomial(times as u32, chance);
            let with = |&(t, p): &(f64, f64)| -> Vec<(f64, f64)> {
                let all = fails.iter().enumerate().map(|(k, q)| (t + extra * k as f64, p * q));
                all.filter(|r| r.1 > 1e-11).collect()
            };
            rework = rework.iter().flat_map(with).collect();
        }
    }
    let mut late = 0.0;
    for (extra, chance) in rework {
        let room = limit - fixed - extra;
        if room < -1e-3 {
            late += chance;
        } else if varies {
            let cells = (room / step + 0.5).max(0.0);
            let whole = (cells as usize).min(CELLS);
            let below: f64 = sum[..whole].iter().sum();
            late += chance * (1.0 - below - (cells - whole as f64) * sum[whole]);
        }
    }
    late
}

/// The chances of 0, 1, ... failures in so many trials.
fn binomial(trials: u32, chance: f64) -> Vec<f64> {
    let mut of = vec![1.0];
    for _ in 0..trials {
        let none = of.iter().map(|p| p * (1.0 - chance)).chain([0.0]);
        let one = [0.0].into_iter().chain(of.iter().map(|p| p * chance));
        of = none.zip(one).map(|(a, b)| a + b).collect();
    }
    of
}

fn folded(a: &[f64], b: &[f64]) -> Vec<f64> {
    let mut next = vec![0.0; CELLS + 1];
    for (i, p) in a.iter().enumerate().filter(|(_, p)| **p > 1e-12) {
        for (slot, q) in next[i..].iter_mut().zip(b) {
            *slot += p * q;
        }
    }
    next
}

/// The chance of each cell for a log-normal time, cells around multiples of the step.
fn cells(mean: f64, cv: f64, step: f64) -> Vec<f64> {
    let variance = libm::log1p(cv * cv);
    let edge =
        |j: usize| normal_cdf((libm::log((j as f64 + 0.5) * step / mean) + 0.5 * variance) / libm::sqrt(variance));
    (0..=CELLS).map(|j| if j == 0 { edge(0) } else { edge(j) - edge(j - 1) }).collect()
}
