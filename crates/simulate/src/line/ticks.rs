//! Whole ticks of the clock: the one rounding that every engine for plain lines uses.

/// Adding and taking away 2^52 leaves the nearest whole number (ties to even), in scalar and vector code alike.
const ROUND: f64 = 4_503_599_627_370_496.0;

/// A time already in ticks, rounded to the nearest whole one; `0 <= x < 2^51`.
#[inline(always)]
pub(crate) fn whole(x: f64) -> f64 {
    (x + ROUND) - ROUND
}

/// A time of the caller's unit in ticks.
#[inline]
pub(crate) fn ticks(time: f64, ticks_per_unit: f64) -> u64 {
    whole(time * ticks_per_unit) as u64
}

/// The factor on the time of the part started as number `n`, counted from 0.
#[inline]
pub(crate) fn factor(factors: &[f64], n: usize) -> f64 {
    match factors.get(n) {
        Some(f) => *f,
        None => factors.last().copied().unwrap_or(1.0),
    }
}
