//! `stock[s, i, t]  >=  least[s, i]` at sites and `held[c, i, t]  >=  least[c, i]` at customers, from the first period of each row on.
//!
//! Bought components that are kept are bought once (`rules::safety::bought`): they are a use in the balance of parts.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use model::ids::{Component, Node};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for least in rules::safety::all(data.ring) {
        let Component::Item(item) = least.component else { continue };
        if rules::components::is_bought(data.ring, least.component) {
            continue;
        }
        for t in least.from..data.n {
            let key = match least.place {
                Node::Site(site) => Some(Key::Stock(site, item, t)),
                Node::Customer(customer) => {
                    let account = data.accounts.iter().position(|a| (a.customer, a.item) == (customer, item));
                    account.map(|at| Key::Held(at, t))
                }
            };
            let terms: Vec<(Col, f64)> = key.and_then(|key| build.term(key, 1.0)).into_iter().collect();
            build.row(Group::SafetyStock(least.row), least.pieces.as_f64(), f64::INFINITY, terms);
        }
    }
}
