//! A hedge: its programme, its futures, and every figure that follows from them.
//!
//! # Not checked
//! What a future costs, and that no choice costs less than the bound: it would take another solver.

use crate::faults::{COST, Faults};
use crate::programme::programme;
use diag::Diagnostic;
use model::Ring;
use model::results::hedge::{Estimate, Hedge, Spread, Stop};
use model::results::{LineDesign, Status};
use model::tables::outages::Target;
use units::{Id, Money};

/// Cents that rounding to money may make in a mean.
const CENTS: f64 = 0.011;

/// What does not hold in a hedge; empty when everything does.
#[must_use]
pub fn hedge(ring: &Ring, designs: &[LineDesign], hedge: &Hedge) -> Vec<Diagnostic> {
    let mut all = programme(ring, designs, &hedge.programme);
    let mut faults = Faults::of("hedge");
    futures(ring, hedge, &mut faults);
    spreads(hedge, &mut faults);
    proof(hedge, &mut faults);
    if let Some(check) = &hedge.check {
        let sound = |e: &Estimate| e.mean.is_finite() && e.half_width >= 0.0 && e.half_width <= e.half_width_plain;
        if check.futures < 2 || !sound(&check.hedged) || !sound(&check.saved) {
            faults.tell(COST, "an interval has a width, and controls do not widen it", "the trial in fresh futures");
        }
    }
    all.extend(faults.into_vec());
    all
}

fn futures(ring: &Ring, hedge: &Hedge, faults: &mut Faults) {
    let days = ring.settings.period_days * ring.settings.n_periods as i64;
    let known = |target: &Target| match target {
        Target::Site(site) => site.index() < ring.sites.len(),
        Target::Supplier(supplier) => supplier.index() < ring.suppliers.len(),
        Target::Lane(lane) => lane.index() < ring.lanes.len(),
        Target::Zone(zone) => ring.sites.iter().any(|s| s.zone.as_ref() == Some(zone)),
    };
    let sound = |s: &Stop| {
        let recovers = s.recovery.is_none_or(|profile| ring.recovery_steps.iter().any(|step| step.profile == profile));
        known(&s.target) && (0..days).contains(&s.from) && s.days >= 1 && recovers
    };
    for (at, f) in hedge.futures.iter().enumerate() {
        if !f.future.stops.iter().all(sound) {
            let fact = format!("future {} stops what is not there, or not within the horizon", at + 1);
            faults.tell(COST, "a stop is of something, within the horizon, a day or longer", fact);
        }
        if !(0.0..=1.0).contains(&f.future.weight) {
            faults.tell(COST, "a weight is a probability", format!("future {} weighs {}", at + 1, f.future.weight));
        }
    }
    let weights: f64 = hedge.futures.iter().map(|f| f.future.weight).sum();
    if hedge.futures.is_empty() || (weights - 1.0).abs() > 1e-9 {
        faults.tell(COST, "the weights of all futures add up to one", format!("they add up to {weights}"));
    }
}

fn spreads(hedge: &Hedge, faults: &mut Faults) {
    let tail = &hedge.tail;
    if !((0.0..=1.0).contains(&tail.weight) && tail.share > 0.0 && tail.share <= 1.0) {
        let fact = format!("weight {}, share {}", tail.weight, tail.share);
        faults.tell(COST, "the tail's weight and share are shares", fact);
        return;
    }
    let of = |cost: fn(&model::results::hedge::FutureCost) -> Money| -> Vec<(f64, f64)> {
        hedge.futures.iter().map(|f| (f.future.weight, cost(f).as_f64())).collect()
    };
    for (name, costs, told) in [("hedged", of(|f| f.cost), &hedge.hedged), ("plain", of(|f| f.plain), &hedge.plain)] {
        let (expected, worst) = means(&costs, tail.share);
        let objective = (1.0 - tail.weight) * expected + tail.weight * worst;
        let mut compare = |what: &str, ours: f64, theirs: Money| {
            if (ours - theirs.as_f64()).abs() > CENTS + 1e-9 * ours.abs() {
                let fact = format!("the {name} choice's {what} is {theirs}, its futures give {ours:.2}");
                faults.tell(COST, "figures over futures follow from the futures", fact);
            }
        };
        let Spread { expected: e, worst: w, objective: o } = *told;
        compare("expected cost", expected, e);
        compare("worst", worst, w);
        compare("objective", objective, o);
    }
}

/// Mean by weight, and mean of the worst share: costs are taken from the highest down until the share is full.
fn means(costs: &[(f64, f64)], share: f64) -> (f64, f64) {
    let expected = costs.iter().map(|(w, c)| w * c).sum();
    let mut order: Vec<usize> = (0..costs.len()).collect();
    order.sort_by(|a, b| costs[*b].1.total_cmp(&costs[*a].1));
    let (mut taken, mut sum) = (0.0, 0.0);
    for at in order {
        let (weight, cost) = costs[at];
        let own = f64::min(weight, share - taken).max(0.0);
        taken += own;
        sum += own * cost;
    }
    (expected, if taken > 0.0 { sum / taken } else { 0.0 })
}

fn proof(hedge: &Hedge, faults: &mut Faults) {
    let (objective, bound) = (hedge.hedged.objective.as_f64(), hedge.bound.as_f64());
    if bound > objective + CENTS {
        faults.tell(COST, "the bound is no more than the objective", format!("{bound} is above {objective}"));
    }
    // No choice that keeps the rules costs less than the bound, the plan that knows of no stops included.
    if bound > hedge.plain.objective.as_f64() * (1.0 + 1e-6) + CENTS {
        let fact = format!("the plan that knows of no stops costs {}, the bound is {bound}", hedge.plain.objective);
        faults.tell(COST, "no plan beats the bound", fact);
    }
    let gap = objective - bound;
    if hedge.status == Status::Optimal && gap > 1e-5 * objective.abs() + CENTS {
        faults.tell(COST, "a hedge is optimal when it meets its bound", format!("it is {gap:.2} above its bound"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_share_takes_part_of_a_future() {
        let costs = [(0.25, 4.0), (0.25, 8.0), (0.5, 2.0)];
        let (expected, worst) = means(&costs, 0.375);
        assert_eq!(expected, 4.0);
        assert!((worst - (0.25 * 8.0 + 0.125 * 4.0) / 0.375).abs() < 1e-12);
        assert!((means(&costs, 1.0).1 - 4.0).abs() < 1e-12, "of all of them it is the mean");
    }
}
