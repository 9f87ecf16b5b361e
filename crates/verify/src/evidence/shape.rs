//! Replications rise by index; each has its deliveries by series and period, its draws and its losses.

use super::statistics::total;
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::Evidence;
use model::results::evidence::Cause;
use units::Id;

const RULE: &str = "samples are complete: replications rise, lists have their lengths, counts can be";
/// Most pieces of one sample: far beyond any ring, so that sums fit.
const PIECES_MAX: i64 = 1_000_000_000_000;

/// Checks every replication, and the counts of those that are not kept.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let mut tell = |fact: String| faults.tell(EVIDENCE, RULE, fact);
    let kept = evidence.replications.len() as u64;
    let whole = evidence.runs <= Evidence::KEPT as u64;
    if kept > evidence.runs || (whole && kept != evidence.runs) || whole == evidence.counted.is_some() {
        tell(format!("{kept} of {} replications are kept, or their counts are not there", evidence.runs));
    }
    if evidence.replications.windows(2).any(|pair| pair[0].index >= pair[1].index) {
        tell("replications are not sorted, or one stands twice".to_owned());
    }
    let series = Evidence::series(ring).len();
    let (periods, exercises) = (ring.settings.n_periods, ring.exercises.len());
    if let Some(counted) = &evidence.counted {
        let n = evidence.runs;
        let rises = |seen: &Vec<(i64, u64)>| {
            let values = seen.windows(2).all(|pair| pair[0].0 < pair[1].0);
            values && seen.iter().all(|(v, _)| (0..=PIECES_MAX).contains(v)) && total(seen) == n
        };
        let lengths = counted.deliveries.len() == series * periods
            && counted.lost.len() == Cause::ALL.len()
            && counted.rate.len() == periods + 1;
        let all = counted.deliveries.iter().all(rises) && counted.lost.iter().all(|sums| sums.n == n);
        let room =
            counted.lost.iter().all(|sums| sums.squares >= 0 && sums.squares < 1 << 90 && sums.sum.abs() < 1 << 60);
        if n > 1 << 30 || !lengths || !all || !room || counted.rate.iter().sum::<u64>() != n {
            tell("what was counted over all replications does not count them all, or not rising".to_owned());
        }
    }
    let can_be = |n: i64| (0..=PIECES_MAX).contains(&n);
    for r in &evidence.replications {
        let lengths = r.delivered.len() == series
            && r.delivered.iter().all(|d| d.len() == periods)
            && r.draws_met.len() == exercises
            && r.lost.len() == Cause::ALL.len();
        if !lengths {
            tell(format!("replication {} lacks deliveries, draws or losses", r.index));
        }
        let counts = [r.started, r.finished, r.scrapped, r.in_process, r.first_articles];
        let all = counts.iter().chain(&r.draws_met).chain(r.delivered.iter().flatten());
        if !all.copied().all(can_be) || r.lost.iter().any(|l| l.ticks().abs() > 1_000 * PIECES_MAX) {
            tell(format!("replication {} counts fewer than no pieces, or more than can be", r.index));
        }
        if r.rate_reached.is_some_and(|p| p.index() >= periods) {
            tell(format!("replication {} reaches the rate after the last period", r.index));
        }
    }
}
