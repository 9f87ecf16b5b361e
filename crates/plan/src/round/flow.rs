//! Pieces in whole thousandths: the point's flows followed period by period, never beyond what is there.
//!
//! Each flow follows its own running total, rounded, so that errors do not add up; what a capacity or an empty store
//! cuts off in one period is caught up in the next.

use super::{Faults, ticks};
use crate::build::Build;
use crate::data::Data;
use crate::key::{Group, Key};
use model::ids::*;
use model::results::programme::*;
use std::collections::BTreeMap;
use units::{Id, Quantity};

/// All flows of a programme, thousandths of a piece.
#[derive(Debug, Clone, Default)]
pub(crate) struct Flows {
    pub(crate) make: BTreeMap<(CapabilityId, usize), i64>,
    send: BTreeMap<(LaneId, ItemId, usize), i64>,
    stock: BTreeMap<(SiteId, ItemId, usize), i64>,
    serve: BTreeMap<(usize, usize), i64>,
    into_pool: BTreeMap<(usize, usize), i64>,
    backlog: BTreeMap<(usize, usize), i64>,
    draws: BTreeMap<ExerciseId, i64>,
    /// Whether every running total was reached in the end.
    pub(crate) complete: bool,
}

/// A flow to follow: its running total in the point, and what was done so far.
#[derive(Debug, Clone, Default)]
struct Target {
    by_period: BTreeMap<usize, f64>,
    total: f64,
    done: i64,
    ahead: i64,
}

impl Target {
    /// Moves to a period and says what to do in it, at least 0.
    fn step(&mut self, period: usize) {
        self.total += self.by_period.get(&period).copied().unwrap_or(0.0);
    }

    fn left(&self) -> i64 {
        let ahead = if self.total > 1e-6 { self.ahead } else { 0 };
        (ticks(self.total) + ahead - self.done).max(0)
    }

    fn behind(&self) -> bool {
        self.done < ticks(self.total)
    }
}

/// Walks through the periods.
struct Walk<'b, 'a> {
    data: &'b Data<'a>,
    stock: BTreeMap<(SiteId, ItemId), i64>,
    held: Vec<i64>,
    pool: Vec<i64>,
    late: Vec<i64>,
    make: BTreeMap<CapabilityId, Target>,
    send: BTreeMap<(LaneId, ItemId), Target>,
    serve: Vec<Target>,
    into_pool: Vec<Target>,
    arrive: BTreeMap<(SiteId, ItemId, usize), i64>,
    reach: BTreeMap<(usize, usize), i64>,
    order: Vec<CapabilityId>,
}

impl Flows {
    /// Follows a point; `ahead` lets makers and lanes run so many thousandths ahead for each step from the customer.
    pub(crate) fn new(
        build: &Build<'_>,
        point: &[f64],
        lines: &[LineOpening],
        ahead: i64,
        faults: &mut Faults,
    ) -> Self {
        let data = build.data;
        let mut walk = Walk::new(build, point, ahead);
        let mut flows = Self { complete: true, ..Self::default() };
        let draws: BTreeMap<ExerciseId, f64> = build
            .columns()
            .filter_map(|(k, c)| if let Key::Draw(e) = k { Some((e, point[c.index()])) } else { None })
            .collect();
        for t in 0..data.n {
            walk.begin(t);
            walk.move_all(t, &capacities(data, lines, t), &mut flows);
            walk.serve_all(t, &draws, &mut flows);
            walk.keep(t, faults);
            for ((site, item), there) in &walk.stock {
                let most = data.ring.items[*item].stock_max.ticks();
                if *there > most {
                    faults.miss(Group::StockMax(*site, *item), (*there - most) as f64 / 1e3);
                }
                if *there != 0 {
                    flows.stock.insert((*site, *item, t), *there);
                }
            }
        }
        flows.complete = !walk.serve.iter().chain(&walk.into_pool).any(Target::behind);
        flows
    }

    pub(super) fn make_rows(&self) -> Vec<Make> {
        let rows = self.make.iter().filter(|(_, n)| **n != 0);
        rows.map(|((capability, t), n)| Make {
            capability: *capability,
            period: PeriodId::from_index(*t),
            quantity: Quantity::from_ticks(*n),
        })
        .collect()
    }

    pub(super) fn send_rows(&self) -> Vec<Shipment> {
        let rows = self.send.iter().filter(|(_, n)| **n != 0);
        rows.map(|((lane, item, t), n)| Shipment {
            lane: *lane,
            item: *item,
            period: PeriodId::from_index(*t),
            quantity: Quantity::from_ticks(*n),
        })
        .collect()
    }

    pub(super) fn stock_rows(&self) -> Vec<Stock> {
        let row = |((site, item, t), n): (&(SiteId, ItemId, usize), &i64)| Stock {
            site: *site,
            item: *item,
            period: PeriodId::from_index(*t),
            quantity: Quantity::from_ticks(*n),
        };
        self.stock.iter().map(row).collect()
    }

    pub(super) fn delivery_rows(&self, data: &Data<'_>) -> Vec<Delivery> {
        let mut rows = Vec::new();
        for (at, account) in data.accounts.iter().enumerate() {
            for t in 0..data.n {
                let get =
                    |of: &BTreeMap<(usize, usize), i64>| Quantity::from_ticks(of.get(&(at, t)).copied().unwrap_or(0));
                let (replenishment, pool) = (get(&self.serve), get(&self.into_pool));
                if !replenishment.is_zero() || !pool.is_zero() {
                    rows.push(Delivery {
                        customer: account.customer,
                        item: account.item,
                        period: PeriodId::from_index(t),
                        replenishment,
                        pool,
                    });
                }
            }
        }
        rows
    }

    pub(super) fn backlog_rows(&self, data: &Data<'_>) -> Vec<Backlog> {
        let rows = self.backlog.iter().filter(|(_, n)| **n != 0);
        rows.map(|((at, t), n)| Backlog {
            customer: data.accounts[*at].customer,
            item: data.accounts[*at].item,
            period: PeriodId::from_index(*t),
            quantity: Quantity::from_ticks(*n),
        })
        .collect()
    }

    pub(super) fn draw_rows(&self) -> Vec<Draw> {
        let row = |(exercise, n): (&ExerciseId, &i64)| Draw { exercise: *exercise, met: Quantity::from_ticks(*n) };
        self.draws.iter().map(row).collect()
    }
}

/// What the lines ordered can make in a period, by capability row.
fn capacities(data: &Data<'_>, lines: &[LineOpening], t: usize) -> BTreeMap<CapabilityId, i64> {
    let mut all = BTreeMap::new();
    for line in lines {
        let same = data.lines_of(line.capability).find(|(_, l)| l.key() == crate::data::key_of_row(line));
        let (_, candidate) = same.expect("lines come from the candidates");
        *all.entry(line.capability).or_insert(0) += candidate.capacity_in(t).ticks() * line.count;
    }
    all
}

impl<'b, 'a> Walk<'b, 'a> {
    fn new(build: &'b Build<'a>, point: &[f64], ahead: i64) -> Self {
        let data = build.data;
        let order = data.ring.items_bottom_up();
        let depth = |item: ItemId| order.iter().rev().position(|i| *i == item).unwrap_or(0) as i64;
        let mut walk = Self {
            data,
            stock: BTreeMap::new(),
            held: vec![0; data.accounts.len()],
            pool: vec![0; data.accounts.len()],
            late: vec![0; data.accounts.len()],
            make: BTreeMap::new(),
            send: BTreeMap::new(),
            serve: vec![Target::default(); data.accounts.len()],
            into_pool: vec![Target::default(); data.accounts.len()],
            arrive: BTreeMap::new(),
            reach: BTreeMap::new(),
            order: Vec::new(),
        };
        for (key, col) in build.columns() {
            let value = point[col.index()].max(0.0);
            let (target, t) = match key {
                Key::Make(capability, t) => {
                    let target = walk.make.entry(capability).or_default();
                    target.ahead = ahead * 2 * (1 + depth(data.ring.capability[capability].item));
                    (target, t)
                }
                Key::Send(lane, item, t) => {
                    let target = walk.send.entry((lane, item)).or_default();
                    target.ahead = ahead * (1 + 2 * depth(item));
                    (target, t)
                }
                Key::Serve(at, t) => (&mut walk.serve[at], t),
                Key::IntoPool(at, t) => (&mut walk.into_pool[at], t),
                _ => continue,
            };
            target.by_period.insert(t, value);
        }
        let rank = |c: &CapabilityId| order.iter().position(|i| *i == data.ring.capability[*c].item);
        walk.order = walk.make.keys().copied().collect();
        walk.order.sort_by_key(rank);
        walk
    }

    /// Moves all targets to a period and takes in what arrives.
    fn begin(&mut self, t: usize) {
        let data = self.data;
        for target in self.make.values_mut().chain(self.send.values_mut()) {
            target.step(t);
        }
        for target in self.serve.iter_mut().chain(&mut self.into_pool) {
            target.step(t);
        }
        for (site, item) in &data.network.places {
            let due = data.network.opening_at(*site, *item, t).ticks();
            let arrived = self.arrive.remove(&(*site, *item, t)).unwrap_or(0);
            *self.stock.entry((*site, *item)).or_default() += due + arrived;
        }
        for at in 0..data.accounts.len() {
            let comes = |rows: &BTreeMap<usize, Quantity>| rows.get(&t).map_or(0, |pieces| pieces.ticks());
            self.held[at] += self.reach.remove(&(at, t)).unwrap_or(0) + comes(&data.accounts[at].arriving);
            self.pool[at] += comes(&data.accounts[at].pool);
            self.late[at] += data.accounts[at].demand[t].ticks();
        }
    }

    /// Makes and sends until nothing more can be done in the period.
    fn move_all(&mut self, t: usize, capacity: &BTreeMap<CapabilityId, i64>, flows: &mut Flows) {
        let mut room: BTreeMap<CapabilityId, i64> = capacity.clone();
        let mut lanes: BTreeMap<LaneId, i64> = BTreeMap::new();
        loop {
            let made = self.make_round(t, &mut room, flows);
            let sent = self.send_round(t, &mut lanes, flows);
            if !made && !sent {
                return;
            }
        }
    }

    fn make_round(&mut self, t: usize, room: &mut BTreeMap<CapabilityId, i64>, flows: &mut Flows) -> bool {
        let data = self.data;
        let mut any = false;
        for capability in self.order.clone() {
            let row = &data.ring.capability[capability];
            let target = self.make.get_mut(&capability).expect("ordered from the targets");
            let uses = &data.recipes[capability].uses(t).made;
            let mut pieces = target.left().min(room.get(&capability).copied().unwrap_or(0));
            if !rules::licence::holds_revision(data.ring, capability, t) {
                pieces = 0;
            }
            for (item, each) in uses {
                let there = self.stock.get(&(row.site, *item)).copied().unwrap_or(0);
                pieces = pieces.min(there * 1_000 / each.ticks());
            }
            // Uses in whole thousandths only, so that stocks stay exact.
            let grain = uses.iter().fold(1, |g, (_, each)| lcm(g, 1_000 / gcd(1_000, each.ticks())));
            pieces -= pieces % grain;
            if pieces <= 0 {
                continue;
            }
            any = true;
            target.done += pieces;
            *room.entry(capability).or_default() -= pieces;
            *flows.make.entry((capability, t)).or_default() += pieces;
            for (item, each) in uses {
                *self.stock.entry((row.site, *item)).or_default() -= pieces * each.ticks() / 1_000;
            }
            *self.stock.entry((row.site, row.item)).or_default() += pieces;
        }
        any
    }

    fn send_round(&mut self, t: usize, used: &mut BTreeMap<LaneId, i64>, flows: &mut Flows) -> bool {
        let data = self.data;
        let mut any = false;
        for ((lane, item), target) in &mut self.send {
            let (row, link) = (&data.ring.lanes[*lane], &data.network.lanes[*lane]);
            if !link.carries[t] || t + link.lag >= data.n {
                continue;
            }
            let so_far = used.entry(*lane).or_default();
            let room = row.capacity.map_or(i64::MAX, |c| c.ticks() - *so_far);
            let there = self.stock.get_mut(&(row.from, *item)).expect("lanes start where the item is kept");
            let pieces = target.left().min(room).min(*there);
            if pieces <= 0 {
                continue;
            }
            any = true;
            target.done += pieces;
            *so_far += pieces;
            *there -= pieces;
            *flows.send.entry((*lane, *item, t)).or_default() += pieces;
            let arrives = t + link.lag;
            match row.to {
                Node::Site(to) if link.lag == 0 => *self.stock.entry((to, *item)).or_default() += pieces,
                Node::Site(to) => *self.arrive.entry((to, *item, arrives)).or_default() += pieces,
                Node::Customer(customer) => {
                    let of = data.accounts.iter().position(|a| (a.customer, a.item) == (customer, *item));
                    let at = of.expect("lanes carry to customers only what they want");
                    if link.lag == 0 {
                        self.held[at] += pieces;
                    } else {
                        *self.reach.entry((at, arrives)).or_default() += pieces;
                    }
                }
            }
        }
        any
    }

    /// Tells where less is kept at the end of a period than should be.
    fn keep(&self, t: usize, faults: &mut Faults) {
        let data = self.data;
        for least in rules::safety::all(data.ring).filter(|least| least.from <= t) {
            let Component::Item(item) = least.component else { continue };
            if rules::components::is_bought(data.ring, least.component) {
                continue;
            }
            let there = match least.place {
                Node::Site(site) => self.stock.get(&(site, item)).copied().unwrap_or(0),
                Node::Customer(customer) => {
                    let account = data.accounts.iter().position(|a| (a.customer, a.item) == (customer, item));
                    account.map_or(0, |at| self.held[at])
                }
            };
            if there < least.pieces.ticks() {
                faults.miss(Group::SafetyStock(least.row), (least.pieces.ticks() - there) as f64 / 1e3);
            }
        }
    }

    /// Serves replenishment and pools from what is at the customers, and lets exercises draw.
    fn serve_all(&mut self, t: usize, draws: &BTreeMap<ExerciseId, f64>, flows: &mut Flows) {
        let data = self.data;
        for (at, account) in data.accounts.iter().enumerate() {
            let serve = self.serve[at].left().min(self.held[at]).min(self.late[at]);
            self.serve[at].done += serve;
            self.held[at] -= serve;
            self.late[at] -= serve;
            flows.serve.insert((at, t), serve);
            if account.has_demand() {
                flows.backlog.insert((at, t), self.late[at]);
            }
            let kept = self.into_pool[at].left().min(self.held[at]);
            self.into_pool[at].done += kept;
            self.held[at] -= kept;
            self.pool[at] += kept;
            flows.into_pool.insert((at, t), kept);
            for (exercise, draw, timing) in &account.exercises {
                let row = &data.ring.exercises[*exercise];
                let met = flows.draws.get(exercise).copied().unwrap_or(0);
                if timing.back == Some(t) && *draw != t {
                    self.pool[at] += share_of(met, row.return_share.get());
                }
                if timing.repaired == Some(t) && *draw != t {
                    self.pool[at] += share_of(met, row.repair_share.get());
                }
            }
            for (exercise, draw, timing) in &account.exercises {
                if *draw == t {
                    let row = &data.ring.exercises[*exercise];
                    let mut stays = 1.0;
                    if timing.back == Some(t) {
                        stays -= row.return_share.get();
                    }
                    if timing.repaired == Some(t) {
                        stays -= row.repair_share.get();
                    }
                    let asked = ticks(draws.get(exercise).copied().unwrap_or(0.0));
                    let there = if stays > 1e-9 { (self.pool[at] as f64 / stays).floor() as i64 } else { i64::MAX };
                    let met = asked.min(there).max(0);
                    let mut back = 0;
                    if timing.back == Some(t) {
                        back += share_of(met, row.return_share.get());
                    }
                    if timing.repaired == Some(t) {
                        back += share_of(met, row.repair_share.get());
                    }
                    self.pool[at] += back - met;
                    flows.draws.insert(*exercise, met);
                }
            }
        }
    }
}

/// Thousandths that come back, rounded down.
fn share_of(met: i64, share: f64) -> i64 {
    (met as f64 * share + 1e-6).floor() as i64
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn lcm(a: i64, b: i64) -> i64 {
    a / gcd(a, b) * b
}
