//! What it costs not to serve a customer, at the rates the ring states.

use model::Ring;
use model::ids::CustomerId;

/// One piece late at the end of a period.
#[must_use]
pub fn backlog(ring: &Ring, customer: CustomerId) -> f64 {
    ring.customers[customer].backlog_cost.as_f64()
}

/// One piece of a draw not met, in the period of the draw; or one piece of backlog left at the end of the horizon.
#[must_use]
pub fn unmet(ring: &Ring, customer: CustomerId) -> f64 {
    ring.customers[customer].unmet_cost.as_f64()
}
