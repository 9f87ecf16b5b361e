//! Replications rise by index; each has its deliveries by series and period, its draws and its losses.

use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::Evidence;
use model::results::evidence::Cause;
use units::Id;

const RULE: &str = "samples are complete: replications rise, lists have their lengths, counts can be";
/// Most pieces of one sample: far beyond any ring, so that sums fit.
const PIECES_MAX: i64 = 1_000_000_000_000;

/// Checks every replication.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let mut tell = |fact: String| faults.tell(EVIDENCE, RULE, fact);
    if evidence.replications.windows(2).any(|pair| pair[0].index >= pair[1].index) {
        tell("replications are not sorted, or one stands twice".to_owned());
    }
    let series = Evidence::series(ring).len();
    let (periods, exercises) = (ring.settings.n_periods, ring.exercises.len());
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
