//! Bin-packing bounds on stations: tasks as pieces, the takt as the bin.
//!
//! # Source
//! Dual feasible functions: G. S. Lueker (1983), Bin packing with items uniformly distributed over intervals (`u^(k)`);
//! S. P. Fekete, J. Schepers (2001), New classes of fast lower bounds for bin packing problems, Math. Programming 91
//! (thresholds); J. Carlier, F. Clautiaux, A. Moukrim (2007), New reduction procedures and lower bounds for the
//! two-dimensional bin packing problem with fixed orientation, Computers & OR 34(8) (pieces of one length).
//!
//! # Cost
//! `marks x tasks`, with at most four marks for each task.

use super::subject::Subject;
use std::collections::BTreeSet;

/// Largest `k` of the functions `u^(k)`.
const K_MAX: i128 = 100;

/// The best bound on stations; 0 when a task is longer than the takt, which asks for copies.
pub(super) fn bound(s: &Subject<'_>) -> i64 {
    let times: Vec<i64> = s.tasks.keys().map(|t| s.minutes(*t).ticks()).collect();
    stations(&times, s.option.takt.ticks())
}

/// `ceil(sum of minutes / takt)`, for plain numbers.
pub(crate) fn counted(times: &[i64], takt: i64) -> i64 {
    let takt = i128::from(takt.max(1));
    let sum: i128 = times.iter().map(|t| i128::from(*t)).sum();
    (sum + takt - 1).div_euclid(takt).min(i128::from(i64::MAX)) as i64
}

/// The best bound of dual feasible functions, for plain numbers.
pub(crate) fn stations(times: &[i64], takt: i64) -> i64 {
    if takt <= 0 || times.iter().any(|t| *t > takt) {
        return 0;
    }
    let of = |weight: &dyn Fn(i128) -> i128, station: i128| {
        (times.iter().map(|t| weight(i128::from(*t))).sum::<i128>() + station - 1).div_euclid(station)
    };
    let takt = i128::from(takt);
    let rounded = (1..=K_MAX).map(|k| of(&|t| round(t, takt, k), takt * k));
    // Values change only where a mark passes a task's minutes, or what these leave of the takt.
    let marks: BTreeSet<i128> = times
        .iter()
        .map(|t| i128::from(*t))
        .flat_map(|t| [t, t + 1, takt - t, takt - t + 1])
        .filter(|mark| *mark >= 1 && 2 * mark <= takt)
        .collect();
    let by_mark = marks.iter().flat_map(|mark| {
        [of(&|t| threshold(t, takt, *mark), takt), of(&|t| pieces(t, takt, *mark), 2 * (takt / mark))]
    });
    rounded.chain(by_mark).max().unwrap_or(0).min(i128::from(i64::MAX)) as i64
}

/// `u^(k)`: multiples of `takt / (k + 1)` stay, others fall to the step below in steps of `takt / k`; a station weighs `takt * k`.
fn round(t: i128, takt: i128, k: i128) -> i128 {
    let steps = (k + 1) * t;
    if steps % takt == 0 { t * k } else { steps / takt * takt }
}

/// More than `takt - mark` fills the station, less than `mark` counts as nothing; a station weighs `takt`.
fn threshold(t: i128, takt: i128, mark: i128) -> i128 {
    if t > takt - mark {
        takt
    } else if t >= mark {
        t
    } else {
        0
    }
}

/// Twice the pieces of length `mark` that fit, long tasks by what they leave; a station weighs `2 * (takt / mark)`.
fn pieces(t: i128, takt: i128, mark: i128) -> i128 {
    match (2 * t).cmp(&takt) {
        std::cmp::Ordering::Greater => 2 * (takt / mark - (takt - t) / mark),
        std::cmp::Ordering::Equal => takt / mark,
        std::cmp::Ordering::Less => 2 * (t / mark),
    }
}
