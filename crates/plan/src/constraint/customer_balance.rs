//! `held[t] = held[t-1] + arrived + on its way before - serve[t] - into_pool[t] >= 0`; `backlog[t] = backlog[t-1] + demand[t] - serve[t] >= 0`.

use crate::build::Build;
use crate::key::{Group, Key};
use crate::lp::Col;
use model::ids::Node;
use std::collections::BTreeMap;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    let mut arrivals: BTreeMap<(usize, usize), Vec<Col>> = BTreeMap::new();
    for (key, col) in build.columns() {
        let Key::Send(lane, item, t) = key else {
            continue;
        };
        let Node::Customer(customer) = data.ring.lanes[lane].to else {
            continue;
        };
        let account = data.accounts.iter().position(|a| (a.customer, a.item) == (customer, item));
        let arrives = t + data.network.lanes[lane].lag;
        arrivals.entry((account.expect("only wanted items have columns"), arrives)).or_default().push(col);
    }
    for (at, account) in data.accounts.iter().enumerate() {
        for t in 0..data.n {
            let mut terms: Vec<_> = arrivals.get(&(at, t)).into_iter().flatten().map(|c| (*c, 1.0)).collect();
            terms.extend(build.term(Key::Held(at, t), -1.0));
            terms.extend(build.term(Key::Serve(at, t), -1.0));
            terms.extend(build.term(Key::IntoPool(at, t), -1.0));
            if t > 0 {
                terms.extend(build.term(Key::Held(at, t - 1), 1.0));
            }
            let comes = account.arriving.get(&t).map_or(0.0, |pieces| pieces.as_f64());
            build.row(Group::Nature, -comes, -comes, terms);
            if account.has_demand() {
                let mut terms: Vec<_> = build.term(Key::Backlog(at, t), 1.0).into_iter().collect();
                terms.extend(build.term(Key::Serve(at, t), 1.0));
                if t > 0 {
                    terms.extend(build.term(Key::Backlog(at, t - 1), -1.0));
                }
                let due = account.demand[t].as_f64();
                build.row(Group::Nature, due, due, terms);
            }
        }
    }
}
