//! An explanation against its programme: nothing late or lost, dearer or handed over is left out, and everything has a cause.
//!
//! # Not checked
//! That a cause is the one, and its price: they are duals of a linear program.

use crate::faults::{COST, Faults};
use diag::Diagnostic;
use model::Ring;
use model::results::Programme;
use model::results::why::{Step, Why};
use model::settings::CostKind;
use units::{Id, Money, Quantity};

/// What does not hold in an explanation; empty when everything does.
#[must_use]
pub fn why(ring: &Ring, programme: &Programme, why: &Why) -> Vec<Diagnostic> {
    let mut faults = Faults::of("explanation");
    late(ring, programme, why, &mut faults);
    sources(ring, programme, why, &mut faults);
    pegs(programme, why, &mut faults);
    faults.into_vec()
}

fn late(ring: &Ring, programme: &Programme, why: &Why, faults: &mut Faults) {
    let end = ring.settings.n_periods.saturating_sub(1);
    for customer in ring.customers.ids() {
        let of = |c| c == customer;
        let backlog = programme.backlog.iter().filter(|b| of(b.customer) && b.period.index() == end);
        let at_end: Quantity = backlog.map(|b| b.quantity).sum();
        let rows = || why.late.iter().filter(|l| of(l.customer));
        let lost: Quantity = rows().filter(|l| l.served.is_none() && l.exercise.is_none()).map(|l| l.quantity).sum();
        let wanted: Quantity = ring.exercises.iter().filter(|e| of(e.customer)).map(|e| e.draw).sum();
        let met: Quantity =
            programme.draws.iter().filter(|d| of(ring.exercises[d.exercise].customer)).map(|d| d.met).sum();
        let missed: Quantity = rows().filter(|l| l.exercise.is_some()).map(|l| l.quantity).sum();
        let key = &ring.customers[customer].key;
        if lost != at_end || missed > wanted - met {
            let fact = format!("`{key}` lacks {at_end} at the end, {lost} are explained; of its draws {missed}");
            faults.tell(COST, "every lost unit is explained, and no other", fact);
        }
    }
    let told: f64 = why.late.iter().map(|l| l.quantity.as_f64() * l.cost.as_f64()).sum();
    let is_late = |kind| matches!(kind, CostKind::Backlog | CostKind::Unmet);
    let paid: Money = programme.costs.iter().filter(|c| is_late(c.kind)).map(|c| c.amount).sum();
    // A cent for each cost row, and half a cent for each piece explained, whose cost is told in cents.
    let pieces: f64 = why.late.iter().map(|l| l.quantity.as_f64()).sum();
    let room = 0.02 + 0.01 * (programme.costs.len() as f64 + pieces);
    if (told - paid.as_f64()).abs() > room + 1e-9 * told {
        let fact = format!("late and lost units cost {paid}, {told:.2} are explained");
        faults.tell(COST, "what being late costs is explained", fact);
    }
    for row in &why.late {
        let sorted = row.causes.windows(2).all(|w| w[0].price >= w[1].price);
        if row.causes.is_empty() || !sorted || row.causes.iter().any(|c| c.price.is_negative()) {
            let fact =
                format!("{} pieces due in period {} have no cause, or a wrong one", row.quantity, row.due.index() + 1);
            faults.tell(COST, "every late unit has a cause with its price, the dearest first", fact);
        }
    }
}

fn sources(ring: &Ring, programme: &Programme, why: &Why, faults: &mut Faults) {
    let price = |supply| rules::cost::flow::parts(ring, supply);
    for order in &programme.orders {
        let component = ring.supply[order.supply].component;
        let cheaper =
            ring.supply.enumerate().filter(|(id, s)| s.component == component && price(*id) < price(order.supply));
        for (id, row) in cheaper {
            let told = why
                .sources
                .iter()
                .any(|s| (s.supply, s.site, s.period, s.cheaper) == (order.supply, order.site, order.period, id));
            if !told {
                let fact =
                    format!("why `{}` was passed over in period {} is not told", row.key, order.period.index() + 1);
                faults.tell(COST, "every cheaper source that was passed over has a reason", fact);
            }
        }
    }
}

fn pegs(programme: &Programme, why: &Why, faults: &mut Faults) {
    let given: Quantity = programme.deliveries.iter().map(|d| d.replenishment).sum();
    let told = why.pegs.iter().filter(|p| matches!(p.step, Step::Handed(..)));
    let told: Quantity = told.map(|p| p.quantity).sum();
    if told != given {
        faults.tell(COST, "every unit handed over has a way", format!("{given} were handed over, {told} have a way"));
    }
}
