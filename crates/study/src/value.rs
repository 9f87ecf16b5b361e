//! The worth of a programme in a few numbers.

use model::Ring;
use model::ids::PeriodId;
use model::results::Programme;
use model::results::decision::Value;
use model::settings::CostKind;
use units::{Id, Quantity};

/// The value of a programme.
///
/// - `served`: replenishment handed over and draws met, over all replenishment and draws of the horizon; 1 when nothing is asked.
/// - `rate_period`: first period from which on the product made (all sites) reaches the rate asked for (`rules::rate`).
#[must_use]
pub fn value_of(ring: &Ring, programme: &Programme) -> Value {
    let penalty = |kind| matches!(kind, CostKind::Backlog | CostKind::Unmet);
    let cash = programme.costs.iter().filter(|c| !penalty(c.kind)).map(|c| c.amount).sum();
    Value {
        cost: programme.cost,
        cash,
        served: served(ring, programme),
        rate_period: rate_period(ring, programme),
        customers: customers(ring, programme),
        simulated: None,
    }
}

/// The share of its replenishment that each customer gets.
fn customers(ring: &Ring, programme: &Programme) -> Vec<f64> {
    let share = |customer| {
        let due: Quantity = ring.demand.iter().filter(|d| d.customer == customer).map(|d| d.quantity).sum();
        let own = programme.deliveries.iter().filter(|d| d.customer == customer);
        let delivered: Quantity = own.map(|d| d.replenishment).sum();
        if due.is_zero() { 1.0 } else { delivered.as_f64() / due.as_f64() }
    };
    ring.customers.ids().map(share).collect()
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
    let mut made = vec![0.0; ring.settings.n_periods];
    for row in programme.make.iter().filter(|m| ring.capability[m.capability].item == ring.settings.product) {
        made[row.period.index()] += row.quantity.as_f64();
    }
    rules::rate::reached(ring, &made).map(PeriodId::from_index)
}
