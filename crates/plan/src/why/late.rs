//! Every late or lost unit, first come first served within an account, with what stands in its way.

use super::prices::Prices;
use model::ids::PeriodId;
use model::results::Programme;
use model::results::why::{Late, Priced};
use std::collections::BTreeMap;
use units::{Id, Money, Quantity};

/// Every late or lost unit, in order of accounts and of the period due; then draws that are not met.
pub(super) fn all(prices: &Prices<'_>, programme: &Programme) -> Vec<Late> {
    let data = prices.build.data;
    let mut known: BTreeMap<(usize, usize), Vec<Priced>> = BTreeMap::new();
    let mut causes = |account: usize, t: usize| {
        let priced = || {
            let all = prices.causes(account, t).into_iter();
            all.map(|(cause, price)| Priced { cause, price: Money::from_f64(price) }).collect::<Vec<_>>()
        };
        known.entry((account, t)).or_insert_with(priced).clone()
    };
    let mut late = Vec::new();
    for (at, account) in data.accounts.iter().enumerate() {
        let backlog = rules::cost::customer::backlog(data.ring, account.customer);
        let unmet = rules::cost::customer::unmet(data.ring, account.customer);
        let mut served = vec![Quantity::ZERO; data.n];
        let own = |d: &&model::results::programme::Delivery| (d.customer, d.item) == (account.customer, account.item);
        for delivery in programme.deliveries.iter().filter(own) {
            served[delivery.period.index()] += delivery.replenishment;
        }
        for (due, when, quantity) in first_come(&account.demand, &served) {
            let periods = when.unwrap_or(data.n) - due;
            let cost = periods as f64 * backlog + if when.is_none() { unmet } else { 0.0 };
            late.push(Late {
                customer: account.customer,
                item: account.item,
                due: PeriodId::from_index(due),
                served: when.map(PeriodId::from_index),
                exercise: None,
                quantity,
                cost: Money::from_f64(cost),
                causes: causes(at, due),
            });
        }
        for (exercise, draw, _) in &account.exercises {
            let met: Quantity = programme.draws.iter().filter(|d| d.exercise == *exercise).map(|d| d.met).sum();
            let missed = data.ring.exercises[*exercise].draw - met;
            if missed > Quantity::ZERO {
                late.push(Late {
                    customer: account.customer,
                    item: account.item,
                    due: PeriodId::from_index(*draw),
                    served: None,
                    exercise: Some(*exercise),
                    quantity: missed,
                    cost: Money::from_f64(unmet),
                    causes: causes(at, *draw),
                });
            }
        }
    }
    late
}

/// What of each period's demand is served late or never: due, served, pieces.
pub(super) fn first_come(demand: &[Quantity], served: &[Quantity]) -> Vec<(usize, Option<usize>, Quantity)> {
    let mut all = first_come_all(demand, served);
    all.retain(|(due, when, _)| when.is_none_or(|when| when > *due));
    all
}

/// What of each period's demand is served when: due, served, pieces. The oldest demand is served first.
pub(super) fn first_come_all(demand: &[Quantity], served: &[Quantity]) -> Vec<(usize, Option<usize>, Quantity)> {
    let mut all = Vec::new();
    let (mut left, mut at) = (served.to_vec(), 0);
    for (due, wanted) in demand.iter().enumerate() {
        let mut wanted = *wanted;
        while wanted > Quantity::ZERO && at < left.len() {
            let taken = wanted.min(left[at]);
            wanted -= taken;
            left[at] -= taken;
            if taken > Quantity::ZERO {
                all.push((due, Some(at), taken));
            }
            if left[at].is_zero() {
                at += 1;
            }
        }
        if wanted > Quantity::ZERO {
            all.push((due, None, wanted));
        }
    }
    all
}
