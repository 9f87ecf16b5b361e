//! Dual feasible functions: rounded task times of which no station can hold more than one stationful.
//!
//! # Source
//! Fekete and Schepers (2001), "New classes of fast lower bounds for bin packing problems",
//! Mathematical Programming 91: `u^(k)` (Theorem 6, Lueker 1983) and `U^(e)` (Theorem 8); Carlier,
//! Clautiaux and Moukrim (2007), Computers & Operations Research 34(8), function `f_1^k`. The station
//! bounds LB2 and LB3 of Johnson (1988), Management Science 34(2), are `u^(1)` and `u^(2)`.

use crate::instance::Instance;

/// A rule that turns a task time into a weight; any tasks that fit one station weigh at most
/// [`DualFunction::scale`] together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DualFunction {
    /// Rounds down to multiples of `c / k`, exact multiples of `c / (k + 1)` stay: `u^(k)`, `k >= 1`.
    Rounded {
        /// Steps per cycle time.
        k: u32,
    },
    /// Times above `c - limit` count as a full station, times below `limit` as nothing; `limit <= c / 2`.
    Threshold {
        /// In ticks.
        limit: u32,
    },
    /// Counts how many pieces of length `unit` fit, long tasks by what they leave; `1 <= unit <= c / 2`.
    Pieces {
        /// In ticks.
        unit: u32,
    },
}

impl DualFunction {
    /// The weight of a whole station at cycle time `c`.
    #[must_use]
    pub fn scale(self, c: u32) -> u64 {
        let c = u64::from(c);
        match self {
            Self::Rounded { k } => c * u64::from(k),
            Self::Threshold { .. } => c,
            Self::Pieces { unit } => 2 * (c / u64::from(unit)),
        }
    }

    /// The weight of a task of `time <= c` ticks.
    #[must_use]
    pub fn weight(self, time: u32, c: u32) -> u64 {
        let (time, c) = (u64::from(time), u64::from(c));
        match self {
            Self::Rounded { k } => {
                let k = u64::from(k);
                let steps = (k + 1) * time;
                if steps % c == 0 { time * k } else { steps / c * c }
            }
            Self::Threshold { limit } => {
                let limit = u64::from(limit);
                if time > c - limit {
                    c
                } else if time >= limit {
                    time
                } else {
                    0
                }
            }
            Self::Pieces { unit } => {
                let unit = u64::from(unit);
                match (2 * time).cmp(&c) {
                    std::cmp::Ordering::Greater => 2 * (c / unit - (c - time) / unit),
                    std::cmp::Ordering::Equal => c / unit,
                    std::cmp::Ordering::Less => 2 * (time / unit),
                }
            }
        }
    }
}

/// One function applied to every task of an instance.
#[derive(Debug, Clone)]
pub struct Weights {
    /// The function.
    pub function: DualFunction,
    /// The weight of a whole station.
    pub scale: u64,
    /// The weight of each task.
    pub of: Vec<u64>,
    /// All weights together.
    pub sum: u64,
}

impl Weights {
    fn new(instance: &Instance, c: u32, function: DualFunction) -> Self {
        let of: Vec<u64> = instance.times().iter().map(|&t| function.weight(t, c)).collect();
        Self { function, scale: function.scale(c), sum: of.iter().sum(), of }
    }

    /// Stations that `weight` needs.
    #[must_use]
    pub fn stations(&self, weight: u64) -> u32 {
        weight.div_ceil(self.scale) as u32
    }
}

/// Steps per cycle time tried for [`DualFunction::Rounded`].
const K_MAX: u32 = 60;

/// The functions worth trying: their values change only at task times and what these leave.
fn family(instance: &Instance, c: u32) -> Vec<DualFunction> {
    let mut marks: Vec<u32> =
        instance.times().iter().flat_map(|&t| [t, t + 1, c - t, c - t + 1]).filter(|&t| t >= 1 && t <= c / 2).collect();
    marks.sort_unstable();
    marks.dedup();
    let mut family: Vec<_> = (1..=K_MAX).map(|k| DualFunction::Rounded { k }).collect();
    family.extend(marks.iter().map(|&limit| DualFunction::Threshold { limit }));
    family.extend(marks.iter().map(|&unit| DualFunction::Pieces { unit }));
    family
}

/// The best bound of the family, or none without tasks.
#[must_use]
pub fn best(instance: &Instance, c: u32) -> Option<(u32, DualFunction)> {
    let mut best = None;
    for function in family(instance, c) {
        let weights = Weights::new(instance, c, function);
        let stations = weights.stations(weights.sum);
        if stations > best.map_or(0, |(most, _)| most) {
            best = Some((stations, function));
        }
    }
    best
}

/// Up to `count` functions for use inside a search: LB2 and LB3, then the strongest on all tasks.
#[must_use]
pub fn for_search(instance: &Instance, c: u32, count: usize) -> Vec<Weights> {
    let mut all: Vec<Weights> = family(instance, c)
        .into_iter()
        .map(|function| Weights::new(instance, c, function))
        .filter(|w| w.sum > 0)
        .collect();
    let strength = |w: &Weights| w.sum as f64 / w.scale as f64;
    let basic = |w: &Weights| matches!(w.function, DualFunction::Rounded { k: 1 | 2 });
    all.sort_by(|a, b| basic(b).cmp(&basic(a)).then(strength(b).total_cmp(&strength(a))));
    let mut kept: Vec<Weights> = Vec::new();
    for weights in all {
        if kept.len() == count {
            break;
        }
        // The same rounding under another name adds nothing.
        let twin = kept.iter().any(|k| k.of.iter().zip(&weights.of).all(|(&a, &b)| a * weights.scale == b * k.scale));
        if !twin {
            kept.push(weights);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every multiset of times that fits must weigh at most the scale.
    #[test]
    fn no_station_outweighs_the_scale() {
        for c in 1..=14u32 {
            let functions = (1..=6)
                .map(|k| DualFunction::Rounded { k })
                .chain((1..=c / 2).map(|limit| DualFunction::Threshold { limit }))
                .chain((1..=c / 2).map(|unit| DualFunction::Pieces { unit }));
            for function in functions {
                // most[r]: the largest weight of times adding up to at most r
                let mut most = vec![0u64; c as usize + 1];
                for room in 1..=c as usize {
                    for time in 1..=room {
                        let with = function.weight(time as u32, c) + most[room - time];
                        most[room] = most[room].max(with);
                    }
                }
                assert!(most[c as usize] <= function.scale(c), "{function:?} at {c}");
            }
        }
    }

    #[test]
    fn counts_long_tasks() {
        let line = Instance::new(&[6, 6, 6, 1], &[]).unwrap();
        assert_eq!(best(&line, 10).unwrap().0, 3);
    }
}
