//! Where every unit handed over comes from: first in, first out at every place, back to orders of parts.

use super::late::first_come_all;
use crate::data::Data;
use model::ids::{Component, CustomerId, ItemId, Node, PeriodId, SiteId};
use model::results::Programme;
use model::results::why::{Peg, Step};
use std::collections::{BTreeMap, VecDeque};
use units::{Id, Quantity};

/// Pieces of one kind that came to be together, and what they were made of.
struct Lot {
    step: Step,
    ticks: i64,
    inputs: Vec<(usize, i64)>,
}

/// Lots waiting at a place, first in first out: which, and thousandths left.
type Queue = VecDeque<(usize, i64)>;

#[derive(Default)]
struct Flow {
    lots: Vec<Lot>,
    at_site: BTreeMap<(SiteId, Component), Queue>,
    at_customer: BTreeMap<(CustomerId, ItemId), Queue>,
    /// On the way by period of arrival.
    coming: BTreeMap<usize, Vec<(Node, ItemId, usize, i64)>>,
}

/// The chains of all units handed over, in order of customers and of the period due.
pub(super) fn all(data: &Data<'_>, programme: &Programme) -> Vec<Peg> {
    let mut flow = Flow::default();
    let mut served: BTreeMap<(CustomerId, ItemId), Vec<Queue>> = BTreeMap::new();
    for t in 0..data.n {
        flow.arrive(data, programme, t);
        for item in data.ring.items_bottom_up() {
            flow.make(data, programme, item, t);
            flow.send(data, programme, item, t);
        }
        for account in &data.accounts {
            let key = (account.customer, account.item);
            let own = programme.deliveries.iter().filter(|d| (d.customer, d.item) == key && d.period.index() == t);
            let (mut given, mut pooled) = (0, 0);
            for delivery in own {
                given += delivery.replenishment.ticks();
                pooled += delivery.pool.ticks();
            }
            let queue = flow.at_customer.entry(key).or_default();
            served.entry(key).or_default().push(take(queue, given).into());
            take(queue, pooled);
        }
    }
    let mut pegs = Vec::new();
    let mut chain = 0;
    for account in &data.accounts {
        let Some(mut by_period) = served.remove(&(account.customer, account.item)) else { continue };
        let given: Vec<Quantity> =
            by_period.iter().map(|q| Quantity::from_ticks(q.iter().map(|(_, n)| n).sum())).collect();
        for (due, when, quantity) in first_come_all(&account.demand, &given) {
            let Some(when) = when else { continue };
            for (lot, ticks) in take(&mut by_period[when], quantity.ticks()) {
                let (due, when) = (PeriodId::from_index(due), PeriodId::from_index(when));
                let step = Step::Handed(account.customer, account.item, due, when);
                pegs.push(Peg { chain, depth: 0, step, quantity: Quantity::from_ticks(ticks) });
                flow.tell(chain, 1, lot, ticks, &mut pegs);
                chain += 1;
            }
        }
    }
    pegs
}

impl Flow {
    fn lot(&mut self, step: Step, ticks: i64, inputs: Vec<(usize, i64)>) -> usize {
        self.lots.push(Lot { step, ticks, inputs });
        self.lots.len() - 1
    }

    /// Opening stock, orders and pieces sent that arrive in a period.
    fn arrive(&mut self, data: &Data<'_>, programme: &Programme, t: usize) {
        for site in data.ring.sites.ids() {
            for (component, period, pieces) in rules::lag::opening_stock(data.ring, site) {
                if period == t && !pieces.is_zero() {
                    let lot = self.lot(Step::There(Node::Site(site), component), pieces.ticks(), Vec::new());
                    self.at_site.entry((site, component)).or_default().push_back((lot, pieces.ticks()));
                }
            }
        }
        for account in &data.accounts {
            if let Some(pieces) = account.arriving.get(&t).filter(|pieces| !pieces.is_zero()) {
                let step = Step::There(Node::Customer(account.customer), Component::Item(account.item));
                let lot = self.lot(step, pieces.ticks(), Vec::new());
                self.put(Node::Customer(account.customer), account.item, lot, pieces.ticks());
            }
        }
        for order in &programme.orders {
            if order.period.index() + data.parts.sources[order.supply].lag == t {
                let step = Step::Ordered(order.supply, order.site, order.period);
                let lot = self.lot(step, order.quantity.ticks(), Vec::new());
                let key = (order.site, data.ring.supply[order.supply].component);
                self.at_site.entry(key).or_default().push_back((lot, order.quantity.ticks()));
            }
        }
        for (to, item, lot, ticks) in self.coming.remove(&t).unwrap_or_default() {
            self.put(to, item, lot, ticks);
        }
    }

    fn put(&mut self, to: Node, item: ItemId, lot: usize, ticks: i64) {
        let queue = match to {
            Node::Site(site) => self.at_site.entry((site, Component::Item(item))).or_default(),
            Node::Customer(customer) => self.at_customer.entry((customer, item)).or_default(),
        };
        queue.push_back((lot, ticks));
    }

    fn make(&mut self, data: &Data<'_>, programme: &Programme, item: ItemId, t: usize) {
        let own = |m: &&model::results::programme::Make| {
            m.period.index() == t && data.ring.capability[m.capability].item == item
        };
        for made in programme.make.iter().filter(own) {
            let site = data.site_of(made.capability);
            let uses = data.recipes[made.capability].uses(t);
            let items = uses.made.iter().map(|(item, each)| (Component::Item(*item), *each));
            let mut inputs = Vec::new();
            for (component, each) in items.chain(uses.bought.iter().copied()) {
                let ticks = (made.quantity.ticks() * each.ticks() + 500) / 1_000;
                if let Some(queue) = self.at_site.get_mut(&(site, component)) {
                    inputs.extend(take(queue, ticks));
                }
            }
            let lot = self.lot(Step::Made(made.capability, made.period), made.quantity.ticks(), inputs);
            self.put(Node::Site(site), item, lot, made.quantity.ticks());
        }
    }

    /// Pieces sent in a period; those that arrive at once may go on at once, so shippers with enough go first.
    fn send(&mut self, data: &Data<'_>, programme: &Programme, item: ItemId, t: usize) {
        let own = |s: &&model::results::programme::Shipment| s.period.index() == t && s.item == item;
        let mut open: Vec<_> = programme.shipments.iter().filter(own).collect();
        while !open.is_empty() {
            let there = |from: SiteId| -> i64 {
                let queue = self.at_site.get(&(from, Component::Item(item)));
                queue.map_or(0, |q| q.iter().map(|(_, n)| n).sum())
            };
            let enough =
                |s: &&model::results::programme::Shipment| there(data.ring.lanes[s.lane].from) >= s.quantity.ticks();
            let shipment = open.remove(open.iter().position(enough).unwrap_or(0));
            let lane = &data.ring.lanes[shipment.lane];
            let queue = self.at_site.entry((lane.from, Component::Item(item))).or_default();
            let taken = take(queue, shipment.quantity.ticks());
            let arrives = t + data.network.lanes[shipment.lane].lag;
            for (from, ticks) in taken {
                let lot = self.lot(Step::Sent(shipment.lane, item, shipment.period), ticks, vec![(from, ticks)]);
                if arrives == t {
                    self.put(lane.to, item, lot, ticks);
                } else {
                    self.coming.entry(arrives).or_default().push((lane.to, item, lot, ticks));
                }
            }
        }
    }

    /// Tells the way of some pieces of a lot, and of their share of what it was made of.
    fn tell(&self, chain: usize, depth: usize, lot: usize, ticks: i64, pegs: &mut Vec<Peg>) {
        let own = &self.lots[lot];
        pegs.push(Peg { chain, depth, step: own.step, quantity: Quantity::from_ticks(ticks) });
        for (input, used) in &own.inputs {
            let share = i128::from(*used) * i128::from(ticks) / i128::from(own.ticks.max(1));
            self.tell(chain, depth + 1, *input, i64::try_from(share).unwrap_or(*used), pegs);
        }
    }
}

/// Takes thousandths from the front of a queue, as far as there are any.
fn take(queue: &mut Queue, mut ticks: i64) -> Vec<(usize, i64)> {
    let mut taken = Vec::new();
    while ticks > 0 {
        let Some((lot, left)) = queue.front_mut() else { break };
        let now = ticks.min(*left);
        taken.push((*lot, now));
        ticks -= now;
        *left -= now;
        if *left == 0 {
            queue.pop_front();
        }
    }
    taken
}
