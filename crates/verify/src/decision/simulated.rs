//! Simulated futures: whole, and every summary of an alternative from the runs themselves. Runs are taken as found.

use super::analysis::{error, least_at, mean, minimums, near};
use super::answer::WHOLE;
use crate::faults::{DECISION, Faults};
use model::Ring;
use model::results::decision::{Analysis, Future, Simulated, SimulatedWorth, Worth};

/// Fewer simulated futures than this say nothing; docs/decide.md.
const SIMULATED_MIN: usize = 32;

/// True when a future has a run of every alternative or of none, each with shares of what was asked for.
pub(super) fn whole(ring: &Ring, future: &Future, alternatives: usize) -> bool {
    let share = |s: &f64| (0.0..=1.0 + 1e-9).contains(s);
    let run = |run: &Simulated| {
        share(&run.served) && run.customers.len() == ring.customers.len() && run.customers.iter().all(share)
    };
    future.simulated.is_empty() || future.simulated.len() == alternatives && future.simulated.iter().all(run)
}

/// Checks what is told of the simulated futures.
pub(super) fn check(ring: &Ring, analysis: &Analysis, faults: &mut Faults) {
    let futures: Vec<&Future> = analysis.simulated().collect();
    let told = analysis.alternatives.iter().all(|a| a.simulated.is_some() == (futures.len() >= SIMULATED_MIN));
    if !told || analysis.simulated_best.is_some() != (futures.len() >= SIMULATED_MIN) {
        let fact = format!("{} futures are simulated", futures.len());
        faults.tell(DECISION, "32 simulated futures say something, fewer nothing", fact);
        return;
    }
    let mut means = Vec::new();
    for (at, alternative) in analysis.alternatives.iter().enumerate() {
        let Some(told) = &alternative.simulated else { return };
        if !holds(ring, told, &futures, at) {
            let fact = format!("what alternative {} comes to, simulated, is not that of its runs", at + 1);
            faults.tell(DECISION, "summaries follow from the futures", fact);
        }
        means.push(mean(&futures.iter().map(|f| f.simulated[at].cost.as_f64()).collect::<Vec<_>>()));
    }
    let best = least_at(&means);
    if analysis.simulated_best != Some(best) {
        let fact = format!("alternative {} costs least on average when simulated", best + 1);
        faults.tell(DECISION, "the best alternative costs least on average", fact);
    }
}

fn holds(ring: &Ring, told: &SimulatedWorth, futures: &[&Future], at: usize) -> bool {
    let of = |value: fn(&Simulated) -> f64| -> Vec<f64> { futures.iter().map(|f| value(&f.simulated[at])).collect() };
    let costs = of(|run| run.cost.as_f64());
    let more: Vec<f64> = costs.iter().zip(futures).map(|(cost, f)| cost - f.costs[at].as_f64()).collect();
    let served = of(|run| run.served);
    let share = |count: usize| count as f64 / futures.len() as f64;
    let same = |a: f64, b: f64| (a - b).abs() < 1e-9;
    let worth = |told: Worth, all: &[f64]| near(told.value, mean(all)) && near(told.error, error(all));
    worth(told.mean, &costs)
        && worth(told.more, &more)
        && same(told.served, mean(&served))
        && same(told.whole_share, share(served.iter().filter(|s| **s >= WHOLE).count()))
        && minimums(ring, &told.minimum_shares, futures.iter().map(|f| &f.simulated[at].customers[..]))
}
