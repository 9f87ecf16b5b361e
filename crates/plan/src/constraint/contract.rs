//! `accepted before + sum of serve over the horizon  >=  floor[customer] * (accepted before + sum of its demand)`.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (customer, row) in data.ring.customers.enumerate().filter(|(_, c)| c.floor.get() > 0.0) {
        let own = || data.accounts.iter().enumerate().filter(move |(_, a)| a.customer == customer);
        let due = rules::held::under_contract(data.ring, customer).as_f64();
        if due > 0.0 {
            let terms: Vec<(Col, f64)> = own()
                .flat_map(|(at, _)| (0..data.n).map(move |t| (at, t)))
                .filter_map(|(at, t)| build.term(Key::Serve(at, t), 1.0))
                .collect();
            let accepted = rules::held::accepted(data.ring, customer).as_f64();
            build.row(Group::Contract(customer), row.floor.get() * due - accepted, f64::INFINITY, terms);
        }
    }
}
