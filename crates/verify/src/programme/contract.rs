//! For each customer, replenishment over the horizon, all items together, >= `floor` times its demand.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};
use units::Quantity;

/// Checks every customer.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for (id, customer) in s.ring.customers.enumerate() {
        let demand: Quantity = s.ring.demand.iter().filter(|d| d.customer == id).map(|d| d.quantity).sum();
        let own = s.programme.deliveries.iter().filter(|d| d.customer == id);
        let served: Quantity = own.map(|d| d.replenishment).sum();
        let least = customer.floor.get() * demand.as_f64();
        if served.as_f64() < least - 1e-6 {
            let fact = format!("`{}` receives {served} pieces, its contract asks for {least}", customer.key);
            faults.tell(PROGRAMME, "customers receive their contractual floor", fact);
        }
    }
}
