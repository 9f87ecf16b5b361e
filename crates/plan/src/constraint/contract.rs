//! `sum of serve over the horizon  >=  floor[customer] * sum of its demand`.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (customer, row) in data.ring.customers.enumerate().filter(|(_, c)| c.floor.get() > 0.0) {
        let own = || data.accounts.iter().enumerate().filter(move |(_, a)| a.customer == customer);
        let due: f64 = own().map(|(_, a)| a.demand_all().as_f64()).sum();
        if due > 0.0 {
            let terms: Vec<(Col, f64)> = own()
                .flat_map(|(at, _)| (0..data.n).map(move |t| (at, t)))
                .filter_map(|(at, t)| build.term(Key::Serve(at, t), 1.0))
                .collect();
            build.row(Group::Contract(customer), row.floor.get() * due, f64::INFINITY, terms);
        }
    }
}
