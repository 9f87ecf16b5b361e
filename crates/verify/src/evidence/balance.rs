//! `started = finished + first_articles + scrapped + in_process`; no more is delivered than was finished or there; draws are asked for.

use crate::faults::{EVIDENCE, Faults};
use model::Ring;
use model::ids::Component;
use model::results::Evidence;
use rules::lag;
use units::Quantity;

/// Checks every replication.
pub(super) fn check(ring: &Ring, evidence: &Evidence, faults: &mut Faults) {
    let product = ring.settings.product;
    let opening = ring.sites.ids().flat_map(|site| lag::opening_stock(ring, site));
    let there: Quantity = opening.filter(|(c, ..)| *c == Component::Item(product)).map(|(.., n)| n).sum();
    let series = Evidence::series(ring);
    let held = series.iter().filter(|(_, item)| *item == product);
    let held =
        held.flat_map(|(customer, item)| rules::held::arriving(ring, *customer, *item).map(|(_, pieces)| pieces));
    let there = there + held.sum();
    for r in &evidence.replications {
        let ended = r.finished + r.first_articles + r.scrapped + r.in_process;
        if r.started != ended {
            let fact = format!("replication {}: {} pieces were started, {ended} are accounted for", r.index, r.started);
            faults.tell(EVIDENCE, "every piece started is in exactly one state", fact);
        }
        let own = series.iter().zip(&r.delivered).filter(|((_, item), _)| *item == product);
        let delivered: i64 = own.map(|(_, d)| d.iter().sum::<i64>()).sum();
        if i128::from(delivered) * 1_000 > i128::from(r.finished) * 1_000 + i128::from(there.ticks()) {
            let fact =
                format!("replication {}: {delivered} pieces reached customers, {} were finished", r.index, r.finished);
            faults.tell(EVIDENCE, "no piece is delivered that was not finished or there", fact);
        }
        for (exercise, met) in ring.exercises.iter().zip(&r.draws_met) {
            if i128::from(*met) * 1_000 > i128::from(exercise.draw.ticks()) + 999 {
                let fact = format!("replication {}: `{}` draws {met} of {}", r.index, exercise.key, exercise.draw);
                faults.tell(EVIDENCE, "no exercise draws more than it asks for", fact);
            }
        }
    }
}
