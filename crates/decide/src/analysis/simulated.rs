//! What alternatives come to when their programmes are run: the first futures, one simulated run of each alternative in each.
//!
//! All alternatives meet the same random numbers in a future, so that differences vary less than each by itself. What choices and
//! answers are worth is told by planned costs: the luck of a single run is nothing that asking could tell beforehand.

use super::alternatives::minimum_shares;
use super::value::worth;
use crate::answer::WHOLE;
use crate::worth::{Worth, least, means};
use chance::stats::Welford;
use model::Ring;
use model::results::decision::{Future, Simulated, SimulatedWorth};

/// Fewer simulated futures than this say nothing.
const SIMULATED_MIN: usize = 32;

/// The simulated futures; none where they are too few.
fn enough(rows: &[Future]) -> Option<Vec<&Future>> {
    let simulated: Vec<&Future> = rows.iter().filter(|future| !future.simulated.is_empty()).collect();
    (simulated.len() >= SIMULATED_MIN).then_some(simulated)
}

/// Place of the alternative of least mean simulated cost.
pub(super) fn best(rows: &[Future]) -> Option<usize> {
    let cost = |run: &Simulated| run.cost.as_f64();
    let costs: Vec<Vec<f64>> = enough(rows)?.iter().map(|f| f.simulated.iter().map(cost).collect()).collect();
    Some(least(&means(&costs)))
}

/// What one alternative comes to.
pub(super) fn worth_of(ring: &Ring, rows: &[Future], at: usize) -> Option<SimulatedWorth> {
    let simulated = enough(rows)?;
    let n = simulated.len() as f64;
    let (mut cost, mut more, mut served) = (Welford::new(), Welford::new(), Welford::new());
    for future in &simulated {
        let run = &future.simulated[at];
        cost.add(run.cost.as_f64());
        more.add((run.cost - future.costs[at]).as_f64());
        served.add(run.served);
    }
    let told = |all: &Welford| worth(Worth { value: all.mean(), error: all.standard_error() });
    Some(SimulatedWorth {
        mean: told(&cost),
        more: told(&more),
        served: served.mean(),
        whole_share: simulated.iter().filter(|f| f.simulated[at].served >= WHOLE).count() as f64 / n,
        minimum_shares: minimum_shares(ring, simulated.iter().map(|f| &f.simulated[at].customers[..])),
    })
}
