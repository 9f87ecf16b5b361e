//! For each customer, replenishment over the horizon, all items together, >= `floor` times its demand; what was accepted before the first
//! day counts on both sides.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};
use rules::held;
use units::Quantity;

/// Checks every customer.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for (id, customer) in s.ring.customers.enumerate() {
        let demand = held::under_contract(s.ring, id);
        let own = s.programme.deliveries.iter().filter(|d| d.customer == id);
        let served = held::accepted(s.ring, id) + own.map(|d| d.replenishment).sum::<Quantity>();
        let least = customer.floor.get() * demand.as_f64();
        if served.as_f64() < least - 1e-6 {
            let fact = format!("`{}` receives {served} pieces, its contract asks for {least}", customer.key);
            faults.tell(PROGRAMME, "customers receive their contractual floor", fact);
        }
    }
}
