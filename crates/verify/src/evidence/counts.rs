//! What was seen in all replications: counted where more ran than are kept, else from the samples.

use super::statistics::counts;
use model::Ring;
use model::results::Evidence;
use model::results::answers::Sums;
use units::Id;

/// Cumulative deliveries of a series by the end of a period, with how often they were so many.
pub(super) fn deliveries(ring: &Ring, evidence: &Evidence, series: usize, period: usize) -> Vec<(i64, u64)> {
    match &evidence.counted {
        Some(counted) => counted.deliveries[series * ring.settings.n_periods + period].clone(),
        None => counts(evidence.replications.iter().map(|r| r.delivered[series][..=period].iter().sum())),
    }
}

/// Sums of the thousandths lost to a cause.
pub(super) fn lost(evidence: &Evidence, cause: usize) -> Sums {
    if let Some(counted) = &evidence.counted {
        return counted.lost[cause];
    }
    let mut sums = Sums::default();
    evidence.replications.iter().for_each(|r| sums.add(r.lost[cause].ticks()));
    sums
}

/// Replications that reached the rate by period, and at last those that never did.
pub(super) fn rate(ring: &Ring, evidence: &Evidence) -> Vec<u64> {
    if let Some(counted) = &evidence.counted {
        return counted.rate.clone();
    }
    let periods = ring.settings.n_periods;
    let mut rate = vec![0; periods + 1];
    evidence.replications.iter().for_each(|r| rate[r.rate_reached.map_or(periods, |p| p.index())] += 1);
    rate
}

/// What of `due` thousandths is late, with how often it was so much, rising.
pub(super) fn counted_late(delivered: &[(i64, u64)], due: i64) -> Vec<(i64, u64)> {
    let late = |pieces: i64| (due - pieces * 1_000).max(0);
    let rising = delivered.iter().rev().map(|(pieces, times)| (late(*pieces), *times));
    rising.fold(Vec::new(), |mut all: Vec<(i64, u64)>, (value, times)| {
        match all.last_mut() {
            Some(last) if last.0 == value => last.1 += times,
            _ => all.push((value, times)),
        }
        all
    })
}
