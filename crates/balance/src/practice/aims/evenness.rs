//! Even loads: the smoothness index of a line, squared.

use crate::practice::aim::{Aim, Floor};
use crate::practice::job::{Job, Load, Place};

/// Sum of squared loads per copy.
///
/// Cost of a station: `time x time / copies`, in squared ticks, rounded down. With the copies fixed, the least sum has the
/// least sum of squared deviations from the mean, which is the square of the smoothness index.
///
/// # Source
/// Smoothness index: Moodie and Young (1965), Journal of Industrial Engineering 16(1).
#[derive(Debug, Clone, Copy)]
pub struct Evenness;

impl Aim for Evenness {
    fn name(&self) -> &'static str {
        "evenness"
    }

    fn cost(&self, load: &Load<'_>, _place: Place) -> u64 {
        load.time * load.time / u64::from(load.copies)
    }

    /// Each task alone at a copy of its own: `(a + b)^2 >= a^2 + b^2`; where stations stand twice, nothing.
    fn floors(&self, job: &Job<'_>) -> Vec<Floor> {
        let times = job.instance.times();
        if (0..times.len() as u32).any(|t| job.copies_for(t) > 1) {
            return Vec::new();
        }
        vec![Floor::one(times.iter().map(|&t| u64::from(t) * u64::from(t)).collect(), 1, 1)]
    }

    /// Cauchy's inequality; one lost to rounding for each copy at most.
    fn floor_in_copies(&self, time: u64, copies: u64) -> u64 {
        (time * time).checked_div(copies).map_or(0, |sum| sum.saturating_sub(copies))
    }
}
