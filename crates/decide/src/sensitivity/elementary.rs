//! Screening many inputs with few runs: elementary effects after Morris.

use super::SensitivityError;
use chance::Source;

/// Levels of the grid; steps go half-way across it.
const LEVELS: u32 = 4;
/// Names the stream of the trajectories.
const PURPOSE: u16 = 0x4d4f;

/// Walks over a grid of four levels in which each input moves once, in an order drawn by chance.
///
/// # Source
/// M. D. Morris (1991), Factorial sampling plans for preliminary computational experiments, Technometrics 33(2); the mean of the
/// absolute effects: F. Campolongo, J. Cariboni, A. Saltelli (2007), An effective screening design for sensitivity analysis of
/// large models, Environmental Modelling and Software 22(10).
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectories {
    n_inputs: usize,
    points: Vec<Vec<f64>>,
    /// Which input moves to reach each point but the first of its walk, and whether up.
    moves: Vec<Vec<(usize, bool)>>,
}

/// How one input moves the result, per full range of the input.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Effect {
    /// Mean effect.
    pub mean: f64,
    /// Mean absolute effect: how much it matters.
    pub strength: f64,
    /// Ends of the 95 % interval of the strength, not below zero; from nothing to infinity after a single walk.
    pub strength_interval: [f64; 2],
    /// Standard deviation of the effects: how much that depends on the others or on where it stands.
    pub spread: f64,
}

impl Trajectories {
    /// This many walks over a number of inputs; `walks * (inputs + 1)` points.
    ///
    /// # Errors
    /// [`SensitivityError::Inputs`] without any input.
    pub fn new(walks: u32, n_inputs: usize, seed: u64) -> Result<Self, SensitivityError> {
        if n_inputs == 0 {
            return Err(SensitivityError::Inputs);
        }
        let source = Source::new(seed, 0);
        let (mut points, mut moves) = (Vec::new(), Vec::new());
        for walk in 0..walks {
            let mut stream = source.stream(walk, 0, PURPOSE);
            let mut below = |n: usize| ((stream.uniform() * n as f64) as usize).min(n - 1);
            let half = LEVELS as usize / 2;
            let mut at: Vec<usize> = (0..n_inputs).map(|_| below(LEVELS as usize)).collect();
            let mut order: Vec<usize> = (0..n_inputs).collect();
            (1..n_inputs).rev().for_each(|i| order.swap(i, below(i + 1)));
            points.push(levels(&at));
            let mut steps = Vec::with_capacity(n_inputs);
            for input in order {
                let up = at[input] < half;
                at[input] = if up { at[input] + half } else { at[input] - half };
                points.push(levels(&at));
                steps.push((input, up));
            }
            moves.push(steps);
        }
        Ok(Self { n_inputs, points, moves })
    }

    /// The points, walk by walk: numbers in `[0, 1]`.
    #[must_use]
    pub fn points(&self) -> &[Vec<f64>] {
        &self.points
    }

    /// One entry per input from the results at all points.
    ///
    /// # Errors
    /// [`SensitivityError::Results`].
    pub fn effects(&self, results: &[f64]) -> Result<Vec<Effect>, SensitivityError> {
        if results.len() != self.points.len() || results.is_empty() || results.iter().any(|r| !r.is_finite()) {
            return Err(SensitivityError::Results);
        }
        let step = (LEVELS / 2) as f64 / f64::from(LEVELS - 1);
        let mut found = vec![Vec::new(); self.n_inputs];
        for (walk, steps) in self.moves.iter().enumerate() {
            for (k, (input, up)) in steps.iter().enumerate() {
                let from = walk * (self.n_inputs + 1) + k;
                let rise = results[from + 1] - results[from];
                found[*input].push(if *up { rise / step } else { -rise / step });
            }
        }
        Ok(found.iter().map(|effects| summary(effects)).collect())
    }
}

fn levels(at: &[usize]) -> Vec<f64> {
    at.iter().map(|level| *level as f64 / f64::from(LEVELS - 1)).collect()
}

fn summary(effects: &[f64]) -> Effect {
    let mut all = chance::stats::Welford::new();
    effects.iter().for_each(|e| all.add(*e));
    // Walks are independent and each has one effect of an input: Student's interval of the mean of their sizes.
    let mut sizes = chance::stats::Welford::new();
    effects.iter().for_each(|e| sizes.add(e.abs()));
    let strength = sizes.mean();
    let interval = chance::stats::mean_interval(&sizes, 0.95);
    let strength_interval = [interval.low.max(0.0), interval.high];
    Effect { mean: all.mean(), strength, strength_interval, spread: all.variance().max(0.0).sqrt() }
}
