//! Goods outside the lines: orders, consignments on lanes, customers with their pools.

use super::fates::{self, Strikes};
use super::plant::{DAY, Plant, thing};
use super::purpose;
use super::state::Run;
use chance::{Source, Stream};
use model::ids::*;
use model::tables::opening::Opening;
use model::tables::under_way::UnderWay;
use rules::allocation::{Claim, share_out};
use std::collections::BTreeMap;
use units::Id;

/// Where goods arrive.
#[derive(Debug, Clone, Copy)]
pub(super) enum To {
    Site(usize),
    /// A customer, by series; pieces that no series counts are out of sight.
    Customer(Option<usize>),
}

/// Goods on their way.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrival {
    pub(super) to: To,
    pub(super) thing: u32,
    /// Thousandths.
    pub(super) quantity: i64,
}

/// What consignments and customers are planned to do; each replication starts with a copy.
#[derive(Debug, Clone, Default)]
pub(super) struct FlowPlan {
    routes: Vec<Route>,
    accounts: Vec<Account>,
    /// Routes of one item from one site, which share what is there: site, item, routes in order.
    sharing: Vec<(usize, usize, Vec<usize>)>,
}

/// Planned shipments of one item on one lane.
#[derive(Debug, Clone)]
pub(super) struct Route {
    pub(super) lane: usize,
    pub(super) item: ItemId,
    /// Whole pieces planned by the end of each period.
    pub(super) planned: Vec<i64>,
    sent: i64,
}

/// A lane in this replication.
struct LaneNow {
    stopped: Vec<bool>,
    mean: f64,
    sampler: usize,
    stream: Stream,
    /// Pieces sent in the present period, all items together, for the lane's capacity.
    sent_period: i64,
}

/// One customer's account of one item.
#[derive(Debug, Clone)]
struct Account {
    /// Whole pieces of replenishment due by the end of each period.
    due: Vec<i64>,
    /// Whole pieces planned into the pool by the end of each period.
    pool_planned: Vec<i64>,
    delivered: Vec<i64>,
    unused: i64,
    replenished: i64,
    into_pool: i64,
    pool: i64,
}

/// Pieces that come back to a pool on a day.
struct Return {
    day: i64,
    series: usize,
    pieces: i64,
}

/// All goods outside the lines.
pub(super) struct Flows {
    arrivals: Vec<Arrival>,
    /// Arrivals known from the start: time and index.
    first: Vec<(u64, u32)>,
    /// How many arrivals were known from the start; the rest are consignments.
    n_first: usize,
    /// What came to each site other than from its lines, and what was sent from it, by thing, thousandths.
    pub(super) came: Vec<Vec<i64>>,
    pub(super) sent: Vec<Vec<i64>>,
    /// Thousandths of pieces that consignments took, brought, and still carry at the end.
    taken: i64,
    brought: i64,
    on_the_way: i64,
    pub(super) routes: Vec<Route>,
    lanes: Vec<LaneNow>,
    accounts: Vec<Account>,
    returns: Vec<Return>,
    pub(super) draws_met: Vec<i64>,
    /// Days on which each supplier is stopped by chance.
    stopped: Vec<Vec<(i64, i64)>>,
    period: Option<usize>,
}

/// Running sums of thousandths, as whole pieces rounded down.
fn whole_sums(n: usize, rows: impl Iterator<Item = (PeriodId, i64)>) -> Vec<i64> {
    let mut ticks = vec![0i64; n];
    rows.filter(|(t, _)| t.index() < n).for_each(|(t, q)| ticks[t.index()] += q);
    let mut sum = 0;
    ticks
        .into_iter()
        .map(|t| {
            sum += t;
            sum.div_euclid(1_000)
        })
        .collect()
}

impl FlowPlan {
    pub(super) fn of(plant: &Plant<'_>) -> Self {
        let (ring, n) = (plant.ring, plant.ring.settings.n_periods);
        let mut shipments: BTreeMap<(LaneId, ItemId), Vec<(PeriodId, i64)>> = BTreeMap::new();
        for s in &plant.programme.shipments {
            shipments.entry((s.lane, s.item)).or_default().push((s.period, s.quantity.ticks()));
        }
        let routes: Vec<Route> = shipments
            .into_iter()
            .map(|((lane, item), rows)| Route {
                lane: lane.index(),
                item,
                planned: whole_sums(n, rows.into_iter()),
                sent: 0,
            })
            .collect();
        let accounts = plant.series.iter().map(|(customer, item)| {
            let (customer, item) = (*customer, *item);
            let demand = ring.demand.iter().filter(|d| d.customer == customer && d.item == item);
            let intake = plant.programme.deliveries.iter().filter(|d| d.customer == customer && d.item == item);
            let pool = ring.opening.iter().map(|o| match o {
                Opening::Pool(c, i, q) if (*c, *i) == (customer, item) => q.ticks() / 1_000,
                _ => 0,
            });
            Account {
                due: whole_sums(n, demand.map(|d| (d.period, d.quantity.ticks()))),
                pool_planned: whole_sums(n, intake.map(|d| (d.period, d.pool.ticks()))),
                delivered: vec![0; n],
                unused: 0,
                replenished: 0,
                into_pool: 0,
                pool: pool.sum(),
            }
        });
        let accounts = accounts.collect();
        let mut sharing: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
        for (at, route) in routes.iter().enumerate() {
            let from = ring.lanes[LaneId::from_index(route.lane)].from;
            sharing.entry((from.index(), route.item.index())).or_default().push(at);
        }
        let sharing = sharing.into_iter().map(|((site, item), routes)| (site, item, routes)).collect();
        Self { routes, accounts, sharing }
    }
}

impl Flows {
    pub(super) fn new(plant: &Plant<'_>, strikes: &Strikes, source: Source, replication: u32) -> Self {
        let ring = plant.ring;
        let lanes = ring.lanes.enumerate().map(|(id, lane)| LaneNow {
            stopped: fates::lane_stopped(plant, id, strikes),
            mean: lane.days * DAY as f64 + lane.border_hours * 60_000.0,
            sampler: plant.lane_samplers[id.index()],
            stream: source.stream(replication, id.index() as u32, purpose::TRAVEL),
            sent_period: 0,
        });
        let mut flows = Self {
            routes: plant.flows.routes.clone(),
            lanes: lanes.collect(),
            accounts: plant.flows.accounts.clone(),
            arrivals: Vec::new(),
            first: Vec::new(),
            n_first: 0,
            came: vec![vec![0; plant.n_things]; ring.sites.len()],
            sent: vec![vec![0; plant.n_things]; ring.sites.len()],
            taken: 0,
            brought: 0,
            on_the_way: 0,
            returns: Vec::new(),
            draws_met: vec![0; ring.exercises.len()],
            stopped: ring.suppliers.ids().map(|s| fates::supplier_stopped(ring, s, strikes)).collect(),
            period: None,
        };
        flows.opening(plant);
        flows.under_way_at_first(plant);
        for (site, thing, quantity) in &plant.extra_stock {
            flows.expect(plant, 0, Arrival { to: To::Site(*site), thing: *thing, quantity: *quantity });
        }
        flows.orders(plant, source, replication);
        flows
    }

    fn opening(&mut self, plant: &Plant<'_>) {
        let ring = plant.ring;
        for row in &ring.opening {
            if let Opening::Stock(site, component, quantity, due) = row {
                let day = due.map_or(0, |d| d.days_since(ring.settings.start).max(0));
                let arrival =
                    Arrival { to: To::Site(site.index()), thing: thing(ring, *component), quantity: quantity.ticks() };
                self.expect(plant, day as u64 * DAY, arrival);
            }
            if let Opening::Held(customer, item, quantity) = row {
                let to = To::Customer(series_of(plant, *customer, *item));
                self.expect(plant, 0, Arrival { to, thing: item.index() as u32, quantity: quantity.ticks() });
            }
        }
    }

    /// What is on its way on the first day arrives when it is due.
    fn under_way_at_first(&mut self, plant: &Plant<'_>) {
        let ring = plant.ring;
        for row in &ring.under_way {
            let days = |due: &units::Date| due.days_since(ring.settings.start).max(0);
            match row {
                UnderWay::Goods(site, component, quantity, due) => {
                    let (to, thing) = (To::Site(site.index()), thing(ring, *component));
                    let arrival = Arrival { to, thing, quantity: quantity.ticks() };
                    self.expect(plant, days(due) as u64 * DAY, arrival);
                }
                UnderWay::Units(customer, item, quantity, due) => {
                    let to = To::Customer(series_of(plant, *customer, *item));
                    let arrival = Arrival { to, thing: item.index() as u32, quantity: quantity.ticks() };
                    self.expect(plant, days(due) as u64 * DAY, arrival);
                }
                UnderWay::Pool(customer, item, quantity, due) => {
                    if let Some(series) = series_of(plant, *customer, *item) {
                        self.returns.push(Return { day: days(due), series, pieces: quantity.ticks() / 1_000 });
                    }
                }
                UnderWay::Training(..) => {}
            }
        }
    }

    /// Every order of the programme arrives after a drawn lead time; a stopped supplier holds it up for the
    /// days of the stop that fall between order and arrival.
    fn orders(&mut self, plant: &Plant<'_>, source: Source, replication: u32) {
        let ring = plant.ring;
        for (index, order) in plant.programme.orders.iter().enumerate() {
            let row = &ring.supply[order.supply];
            let mut stream = source.stream(replication, index as u32, purpose::LEAD);
            let spread = &plant.samplers[plant.supply_samplers[order.supply.index()]];
            let ordered = order.period.index() as u64 * plant.period;
            let time = self.lead_end(plant, order.supply, ordered, spread.draw(&mut stream));
            let to = To::Site(order.site.index());
            self.expect(
                plant,
                time,
                Arrival { to, thing: thing(ring, row.component), quantity: order.quantity.ticks() },
            );
        }
    }

    /// When an order comes whose lead time is `draw` times the mean.
    pub(super) fn lead_end(&self, plant: &Plant<'_>, source: SupplyId, ordered: u64, draw: f64) -> u64 {
        let row = &plant.ring.supply[source];
        let mut time = ordered + (row.lead_days * draw * DAY as f64).round() as u64;
        for (first, last) in &self.stopped[row.supplier.index()] {
            let (from, to) = (*first as u64 * DAY, (*last as u64 + 1) * DAY);
            if from < time && to > ordered {
                time += to - from.max(ordered);
            }
        }
        time
    }

    fn expect(&mut self, plant: &Plant<'_>, time: u64, arrival: Arrival) {
        if time < plant.horizon {
            self.first.push((time, self.arrivals.len() as u32));
            self.arrivals.push(arrival);
        }
    }

    /// Puts goods on their way to arrive at a time, taken from a supplier; none past the horizon.
    pub(super) fn under_way(&mut self, plant: &Plant<'_>, time: u64, arrival: Arrival) -> Option<u32> {
        (time < plant.horizon).then(|| {
            self.taken += arrival.quantity;
            self.arrivals.push(arrival);
            self.arrivals.len() as u32 - 1
        })
    }

    /// Pieces delivered by series and period.
    pub(super) fn delivered(&self) -> Vec<Vec<i64>> {
        self.accounts.iter().map(|a| a.delivered.clone()).collect()
    }
}

impl Run<'_> {
    /// Hands the goods known from the start to the sites they come to, by time.
    pub(super) fn expect_goods(&mut self) {
        let first = std::mem::take(&mut self.flows.first);
        self.flows.n_first = first.len();
        for (time, index) in first {
            match self.flows.arrivals[index as usize].to {
                To::Site(site) => self.sites[site].goods.push((time, index)),
                To::Customer(_) => drop(self.outgoing.schedule(time, index)),
            }
        }
        self.sites.iter_mut().for_each(|s| s.goods.sort_by_key(|(time, _)| *time));
    }

    /// What consignments took they brought or still carry.
    pub(super) fn check_consignments(&self) {
        let f = &self.flows;
        assert_eq!(f.taken, f.brought + f.on_the_way, "consignments are conserved");
    }

    /// Goods arrive.
    pub(super) fn arrival(&mut self, index: u32) {
        let arrival = self.flows.arrivals[index as usize];
        if index as usize >= self.flows.n_first {
            self.flows.brought += arrival.quantity;
        }
        match arrival.to {
            To::Site(site) => {
                self.flows.came[site][arrival.thing as usize] += arrival.quantity;
                self.sites[site].keep(arrival.thing, self.now, arrival.quantity);
                self.receive(site, arrival.thing, arrival.quantity);
            }
            To::Customer(None) => {}
            To::Customer(Some(series)) => {
                let period = self.plant.period_at(self.now);
                let account = &mut self.flows.accounts[series];
                let pieces = arrival.quantity / 1_000;
                account.delivered[period] += pieces;
                account.unused += pieces;
                account.serve(period);
            }
        }
    }

    /// The day's work outside the lines: pools, exercises, consignments.
    pub(super) fn begin_day(&mut self, day: i64) {
        let plant = self.plant;
        let period = plant.period_at(self.now);
        if self.flows.period != Some(period) {
            self.flows.period = Some(period);
            self.flows.lanes.iter_mut().for_each(|l| l.sent_period = 0);
            self.flows.accounts.iter_mut().for_each(|a| a.serve(period));
            self.expire();
            self.decide(period);
        }
        self.pools(day);
        self.dispatch_consignments(day, period);
    }

    /// Units return to pools, then exercises that start today draw what is there.
    fn pools(&mut self, day: i64) {
        let flows = &mut self.flows;
        for back in flows.returns.iter().filter(|r| r.day == day) {
            flows.accounts[back.series].pool += back.pieces;
        }
        flows.returns.retain(|r| r.day > day);
        let ring = self.plant.ring;
        let today = ring.settings.start.plus_days(day);
        for (id, row) in ring.exercises.enumerate().filter(|(_, e)| e.start == today) {
            let Some(series) = series_of(self.plant, row.customer, row.item) else {
                continue;
            };
            let account = &mut flows.accounts[series];
            let met = account.pool.min(row.draw.ticks() / 1_000).max(0);
            account.pool -= met;
            flows.draws_met[id.index()] = met;
            let [ready, repaired, _written_off] = rules::exercise::split(row, met);
            flows.returns.push(Return { day: day + row.days, series, pieces: ready });
            flows.returns.push(Return { day: day + row.days + row.repair_days, series, pieces: repaired });
        }
    }

    /// Sends what is in stock and planned to be sent by the end of this period.
    ///
    /// When a site has too little of an item for all its routes, lanes to customers share by the ring's
    /// allocation rule; other routes take part as claims of class 0 without a quota: by the priority rule
    /// they come first, since what they carry is work for others.
    fn dispatch_consignments(&mut self, day: i64, period: usize) {
        let plant = self.plant;
        for (site, item, routes) in &plant.flows.sharing {
            let stock = self.sites[*site].stock[*item] / 1_000;
            if stock > 0 {
                let claims: Vec<Claim> = routes.iter().map(|r| self.claim(*r, day, period)).collect();
                let given = share_out(plant.ring.settings.allocation, stock, &claims);
                for (route, pieces) in routes.iter().zip(given) {
                    self.send(*route, pieces);
                }
            }
        }
    }

    fn claim(&self, route: usize, day: i64, period: usize) -> Claim {
        let ring = self.plant.ring;
        let route = &self.flows.routes[route];
        let lane = &ring.lanes[LaneId::from_index(route.lane)];
        let mut due = route.planned[period] - route.sent;
        if let Some(capacity) = lane.capacity {
            due = due.min(capacity.ticks() / 1_000 - self.flows.lanes[route.lane].sent_period);
        }
        if self.flows.lanes[route.lane].stopped[day as usize] {
            due = 0;
        }
        let due = due.max(0);
        match lane.to {
            Node::Customer(customer) => Claim::of(ring, customer, route.sent, due),
            Node::Site(_) => Claim { class: 0, quota: 0, served: route.sent, due },
        }
    }

    fn send(&mut self, route: usize, pieces: i64) {
        if pieces <= 0 {
            return;
        }
        let plant = self.plant;
        let flows = &mut self.flows;
        let route = &mut flows.routes[route];
        let row = &plant.ring.lanes[LaneId::from_index(route.lane)];
        route.sent += pieces;
        self.sites[row.from.index()].stock[route.item.index()] -= pieces * 1_000;
        flows.sent[row.from.index()][route.item.index()] += pieces * 1_000;
        flows.taken += pieces * 1_000;
        let lane = &mut flows.lanes[route.lane];
        lane.sent_period += pieces;
        let time = self.now + (lane.mean * plant.samplers[lane.sampler].draw(&mut lane.stream)).round() as u64;
        let to = match row.to {
            Node::Site(site) => To::Site(site.index()),
            Node::Customer(customer) => To::Customer(series_of(plant, customer, route.item)),
        };
        if time < plant.horizon {
            let arrival = Arrival { to, thing: route.item.index() as u32, quantity: pieces * 1_000 };
            let index = flows.arrivals.len() as u32;
            flows.arrivals.push(arrival);
            let way = match to {
                To::Site(site) => &mut self.sites[site].incoming,
                To::Customer(_) => &mut self.outgoing,
            };
            way.schedule(time, index);
        } else {
            flows.on_the_way += pieces * 1_000;
        }
    }
}

impl Account {
    /// What has arrived serves replenishment due, then the pool as planned; the rest is kept.
    fn serve(&mut self, period: usize) {
        let replenish = (self.due[period] - self.replenished).clamp(0, self.unused.max(0));
        self.replenished += replenish;
        self.unused -= replenish;
        let into_pool = (self.pool_planned[period] - self.into_pool).clamp(0, self.unused.max(0));
        self.into_pool += into_pool;
        self.pool += into_pool;
        self.unused -= into_pool;
    }
}

fn series_of(plant: &Plant<'_>, customer: CustomerId, item: ItemId) -> Option<usize> {
    plant.series.binary_search(&(customer, item)).ok()
}
