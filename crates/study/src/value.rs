//! The worth of a programme in four numbers.

use model::Ring;
use model::ids::PeriodId;
use model::results::Programme;
use model::results::decision::Value;
use model::settings::CostKind;
use units::{Id, Quantity};

/// Share of the planned rate from which it counts as reached: `0.95`, as in the evidence.
const REACHED: f64 = 0.95;

/// The value of a programme.
///
/// - `served`: replenishment handed over and draws met, over all replenishment and draws of the horizon; 1 when nothing is asked.
/// - `rate_period`: first period in which the product made (all sites) is at least 0.95 of the rate, the largest
///   replenishment of the product due in one period, all customers together; none when never, or when nothing is due.
#[must_use]
pub fn value_of(ring: &Ring, programme: &Programme) -> Value {
    let penalty = |kind| matches!(kind, CostKind::Backlog | CostKind::Unmet);
    let cash = programme.costs.iter().filter(|c| !penalty(c.kind)).map(|c| c.amount).sum();
    Value { cost: programme.cost, cash, served: served(ring, programme), rate_period: rate_period(ring, programme) }
}

fn served(ring: &Ring, programme: &Programme) -> f64 {
    let drawn_in_horizon = |e: &model::tables::exercises::Exercise| ring.settings.period_of(e.start).is_some();
    let due: Quantity = ring.demand.iter().map(|d| d.quantity).sum();
    let draws: Quantity = ring.exercises.iter().filter(|e| drawn_in_horizon(e)).map(|e| e.draw).sum();
    let delivered: Quantity = programme.deliveries.iter().map(|d| d.replenishment).sum();
    let met: Quantity = programme.draws.iter().map(|d| d.met).sum();
    let asked = (due + draws).as_f64();
    if asked > 0.0 { (delivered + met).as_f64() / asked } else { 1.0 }
}

fn rate_period(ring: &Ring, programme: &Programme) -> Option<PeriodId> {
    let product = ring.settings.product;
    let n = ring.settings.n_periods;
    let (mut due, mut made) = (vec![0.0; n], vec![0.0; n]);
    for row in ring.demand.iter().filter(|d| d.item == product) {
        due[row.period.index()] += row.quantity.as_f64();
    }
    for row in programme.make.iter().filter(|m| ring.capability[m.capability].item == product) {
        made[row.period.index()] += row.quantity.as_f64();
    }
    let rate = due.into_iter().fold(0.0, f64::max);
    (0..n).find(|t| rate > 0.0 && made[*t] >= REACHED * rate).map(PeriodId::from_index)
}
