//! Losses of a replication sum to planned minus finished, exactly; their means and intervals follow from the samples.
//!
//! Planned are the pieces of the product that the programme makes.

use super::counts::lost;
use super::statistics::{close, mean_of};
use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::results::evidence::Cause;
use model::results::{Evidence, Programme};
use units::Quantity;

/// Checks every replication and every cause.
pub(super) fn check(ring: &Ring, programme: &Programme, evidence: &Evidence, faults: &mut Faults) {
    let product = ring.settings.product;
    let of_product = |c: model::ids::CapabilityId| ring.capability.get(c).is_some_and(|c| c.item == product);
    let planned: Quantity = programme.make.iter().filter(|m| of_product(m.capability)).map(|m| m.quantity).sum();
    for r in &evidence.replications {
        let lost: i128 = r.lost.iter().map(|l| i128::from(l.ticks())).sum();
        let is = i128::from(planned.ticks()) - 1_000 * i128::from(r.finished);
        if lost != is {
            let fact = format!(
                "replication {}: causes take {} pieces, {planned} were planned and {} finished",
                r.index,
                lost as f64 / 1e3,
                r.finished
            );
            faults.tell(EVIDENCE, "losses sum to planned minus finished", fact);
        }
    }
    let causes = evidence.lost.iter().map(|l| l.cause);
    if !causes.eq(Cause::ALL) {
        faults.tell(EVIDENCE, "every cause stands once, in order", "causes are missing, double or out of order");
        return;
    }
    for (at, said) in evidence.lost.iter().enumerate() {
        let (mean, half) = mean_of(&lost(evidence, at));
        if !close(said.mean, mean / 1e3) || !close(said.half_width, half / 1e3) {
            let fact = format!(
                "{} takes {} +- {} pieces, the samples give {} +- {}",
                said.cause.word(),
                said.mean,
                said.half_width,
                mean / 1e3,
                half / 1e3
            );
            faults.tell(EVIDENCE, "losses follow from the samples", fact);
        }
    }
}
