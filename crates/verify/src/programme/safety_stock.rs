//! Stock of an item at a site, units at a customer not handed over, parts not used: at least `safety_stock.csv`, from its day on.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME, thousandths, wide};
use model::ids::{Component, CustomerId, ItemId, Node, SiteId};
use rules::{components, held, lag, safety};
use units::Id;

/// Most a balance of parts may be off, thousandths.
const TOLERANCE: i128 = 2;

/// Checks every row and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    for least in safety::all(s.ring) {
        let by_period = match (least.place, least.component) {
            (Node::Customer(customer), Component::Item(item)) => at_customer(s, customer, item),
            (Node::Site(site), Component::Item(item)) if !components::is_bought(s.ring, least.component) => {
                in_stock(s, site, item)
            }
            (Node::Site(site), component) => parts(s, site, component),
            (Node::Customer(_), Component::Part(_)) => continue,
        };
        let wanted = wide(least.pieces) - TOLERANCE;
        let short = (least.from..s.n).find(|t| by_period[*t] < wanted);
        if let Some(period) = short {
            let fact = format!(
                "{} of {} are kept at `{}` in period {}, {} are wanted",
                thousandths(i64::try_from(by_period[period]).unwrap_or(0)),
                s.component_name(least.component),
                s.ring.node_key(least.place),
                shown(period),
                least.pieces
            );
            faults.tell(PROGRAMME, "safety stock is kept", fact);
        }
    }
}

fn in_stock(s: &Subject<'_>, site: SiteId, item: ItemId) -> Vec<i128> {
    let mut all = vec![0; s.n];
    for row in s.programme.stock.iter().filter(|r| (r.site, r.item) == (site, item)) {
        all[row.period.index()] += wide(row.quantity);
    }
    all
}

fn at_customer(s: &Subject<'_>, customer: CustomerId, item: ItemId) -> Vec<i128> {
    let mut change = vec![0; s.n];
    let mut add = |period: usize, ticks: i128| {
        if period < s.n {
            change[period] += ticks;
        }
    };
    held::arriving(s.ring, customer, item).for_each(|(period, pieces)| add(period, wide(pieces)));
    for row in s.programme.shipments.iter().filter(|r| r.item == item) {
        if s.ring.lanes[row.lane].to == Node::Customer(customer) {
            add(row.period.index() + lag::of_lane(s.ring, row.lane), wide(row.quantity));
        }
    }
    for row in s.programme.deliveries.iter().filter(|r| (r.customer, r.item) == (customer, item)) {
        add(row.period.index(), -wide(row.replenishment) - wide(row.pool));
    }
    running(change)
}

/// Thousandths of a bought component that have come and are not used.
fn parts(s: &Subject<'_>, site: SiteId, component: Component) -> Vec<i128> {
    let mut change = vec![0; s.n];
    let mut add = |period: usize, millionths: i128| {
        if period < s.n {
            change[period] += millionths;
        }
    };
    let there = lag::opening_stock(s.ring, site).filter(|(c, ..)| *c == component);
    there.for_each(|(_, period, pieces)| add(period, wide(pieces) * 1_000));
    for row in s.programme.orders.iter().filter(|r| r.site == site) {
        if s.ring.supply[row.supply].component == component {
            add(row.period.index() + lag::of_order(s.ring, row.supply), wide(row.quantity) * 1_000);
        }
    }
    for row in s.programme.make.iter().filter(|r| s.site(r.capability) == site) {
        let made = &s.ring.capability[row.capability];
        let day = s.ring.settings.first_day(row.period.index());
        for (used, each) in components::used(s.ring, made.item, made.line_type, day) {
            if used == component {
                add(row.period.index(), -wide(row.quantity) * wide(each));
            }
        }
    }
    running(change).into_iter().map(|millionths| millionths.div_euclid(1_000)).collect()
}

fn running(mut change: Vec<i128>) -> Vec<i128> {
    (1..change.len()).for_each(|t| change[t] += change[t - 1]);
    change
}
