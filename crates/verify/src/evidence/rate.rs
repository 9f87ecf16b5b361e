//! When the rate asked for is reached: share of replications and the periods by which 10, 50 and 90 % of them have.

use super::counts::rate;
use super::statistics::close;
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::Evidence;
use units::Id;

const RULE: &str = "the time to the rate follows from the samples";

/// Checks the share and the three periods.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let n = evidence.runs;
    if n == 0 {
        return;
    }
    let counts = rate(ring, evidence);
    let periods = counts.len() - 1;
    let share = (n - counts[periods]) as f64 / n as f64;
    let said = &evidence.rate;
    if !close(said.share, share) {
        let fact = format!("the rate is reached in {} of the replications, the samples give {share}", said.share);
        faults.tell(EVIDENCE, RULE, fact);
    }
    for (percent, said) in [(10, said.p10), (50, said.p50), (90, said.p90)] {
        let by = |t: &usize| 100 * counts[..=*t].iter().sum::<u64>() >= percent * n && counts[*t] > 0;
        let is = (0..periods).find(by);
        if said.map(|p| p.index()) != is {
            let fact = format!("{percent} % of the replications reach the rate in another period than is said");
            faults.tell(EVIDENCE, RULE, fact);
        }
    }
}
