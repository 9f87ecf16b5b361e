//! Pieces: `make[c, t]`, `stock[s, i, t]`, `send[l, i, t]`.

use crate::build::{Build, Spend};
use crate::key::Key;
use model::ids::{CapabilityId, Node};
use model::settings::CostKind;
use rules::{cost, licence};

pub(super) fn add(build: &mut Build<'_>) {
    let data = build.data;
    for capability in data.capabilities() {
        let item = data.ring.capability[capability].item;
        if !data.network.places.contains(&(data.site_of(capability), item)) {
            continue;
        }
        let first = data.lines_of(capability).map(|(_, l)| l.timing.output_from).min().unwrap_or(data.n);
        for t in first..data.n {
            if licence::holds_revision(data.ring, capability, t)
                && let Some(spend) = bought(build, capability, t)
            {
                build.real(Key::Make(capability, t), f64::INFINITY, &spend);
            }
        }
    }
    for (site, item) in &data.network.places {
        let (most, rate) = (data.ring.items[*item].stock_max.as_f64(), cost::flow::holding(data.ring, *site, *item));
        for t in 0..data.n {
            build.real(Key::Stock(*site, *item, t), most, &[(CostKind::Holding, t, rate)]);
        }
    }
    for lane in data.ring.lanes.ids() {
        let rate = cost::flow::transport(data.ring, lane);
        for item in &data.network.lanes[lane].items {
            for t in data.network.sendable(lane, data.n) {
                let arrives = t + data.network.lanes[lane].lag;
                debug_assert!(arrives < data.n, "what arrives too late is not sendable");
                if let Node::Site(to) = data.ring.lanes[lane].to
                    && build.col(Key::Stock(to, *item, arrives)).is_none()
                {
                    continue;
                }
                build.real(Key::Send(lane, *item, t), f64::INFINITY, &[(CostKind::Transport, t, rate)]);
            }
        }
    }
}

/// What the bought components of a piece cost; none when one of them cannot be there by then.
fn bought(build: &Build<'_>, capability: CapabilityId, t: usize) -> Option<Vec<Spend>> {
    let data = build.data;
    let site = data.site_of(capability);
    let mut spend = Vec::new();
    for (component, pieces) in &data.recipes[capability].uses(t).bought {
        if build.is_ordered(site, *component) {
            continue;
        }
        match data.parts.buy(*component, t) {
            Some(buy) => spend.push((CostKind::Parts, buy.ordered, pieces.as_f64() * buy.price)),
            None => {
                data.parts.deliveries(site, *component)?;
                // Used before any order can arrive: from the stock on hand only, whose column pays this back.
                let price = data.parts.one_price(*component);
                spend.push((CostKind::Parts, t, pieces.as_f64() * price));
            }
        }
    }
    debug_assert!(spend.iter().all(|(_, _, amount)| amount.is_finite()));
    Some(spend)
}
