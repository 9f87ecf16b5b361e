//! When an exercise draws units from a pool, and when they come back.

use model::Ring;
use model::ids::ExerciseId;
use model::tables::exercises::Exercise;

/// Periods of an exercise, from 0; none where outside the horizon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timing {
    /// Units are drawn. An exercise without this is no part of the plan.
    pub draw: Option<usize>,
    /// Units that are ready return.
    pub back: Option<usize>,
    /// Repaired units are back.
    pub repaired: Option<usize>,
}

/// When the units of an exercise leave the pool and come back.
#[must_use]
pub fn timing(ring: &Ring, exercise: ExerciseId) -> Timing {
    let row = &ring.exercises[exercise];
    let period = |days: i64| ring.settings.period_of(row.start.plus_days(days));
    let draw = period(0);
    let after = |days: i64| draw.and_then(|_| period(days));
    Timing { draw, back: after(row.days), repaired: after(row.days + row.repair_days) }
}

/// Whole units drawn, split into returned, repaired and written off; they sum to `drawn`.
///
/// By largest remainder; ties go to returned, then to repaired.
#[must_use]
pub fn split(row: &Exercise, drawn: i64) -> [i64; 3] {
    let shares = [row.return_share, row.repair_share, row.write_off_share];
    let exact = shares.map(|s| s.get() * drawn as f64);
    let mut whole = exact.map(|e| (e + 1e-9).floor() as i64);
    let missing = drawn - whole.iter().sum::<i64>();
    let mut order = [0, 1, 2];
    let rest = |i: usize| exact[i] - whole[i] as f64;
    order.sort_by(|a, b| rest(*b).total_cmp(&rest(*a)).then(a.cmp(b)));
    for at in order.into_iter().take(usize::try_from(missing).unwrap_or(0)) {
        whole[at] += 1;
    }
    whole
}
