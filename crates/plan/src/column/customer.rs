//! Customers: `held`, `serve`, `backlog`, and for exercises `into_pool`, `pool`, `draw`.

use crate::build::{Build, Spend};
use crate::key::Key;
use model::settings::CostKind;
use rules::cost;

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for (at, account) in data.accounts.iter().enumerate() {
        let late = cost::customer::backlog(data.ring, account.customer);
        let unmet = cost::customer::unmet(data.ring, account.customer);
        for t in 0..data.n {
            build.real(Key::Held(at, t), f64::INFINITY, &[]);
            if account.has_demand() {
                build.real(Key::Serve(at, t), f64::INFINITY, &[]);
                let mut spend: Vec<Spend> = vec![(CostKind::Backlog, t, late)];
                if t + 1 == data.n {
                    spend.push((CostKind::Unmet, t, unmet));
                }
                build.real(Key::Backlog(at, t), f64::INFINITY, &spend);
            }
            if account.has_pool() {
                build.real(Key::IntoPool(at, t), f64::INFINITY, &[]);
                build.real(Key::Pool(at, t), f64::INFINITY, &[]);
            }
        }
        for (exercise, draw, _) in &account.exercises {
            let most = data.ring.exercises[*exercise].draw.as_f64();
            build.spend_always(CostKind::Unmet, *draw, most * unmet);
            build.real(Key::Draw(*exercise), most, &[(CostKind::Unmet, *draw, -unmet)]);
        }
    }
}
