//! What customers hold, have accepted and are owed on the day.

use super::At;
use model::ids::{CustomerId, ItemId, Node};
use model::{RawRing, RawTable, Ring};
use rules::{exercise, held, lag};
use std::collections::BTreeMap;
use units::{Id, Quantity};

type ByPeriod = BTreeMap<usize, i64>;

impl At<'_> {
    /// Rows of `opening.csv`: units held, in pools, accepted.
    pub(super) fn with_customers(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (customer, item) in pairs(self.ring()) {
            let (name, thing) = (&self.ring().customers[customer].key, &self.ring().items[item].key);
            let past = |all: &ByPeriod| all.range(..self.periods).map(|(_, ticks)| *ticks).sum::<i64>();
            let (given, pooled) = self.handed(customer, item);
            let held = past(&self.arrivals(customer, item)) - past(&given) - past(&pooled);
            let pool = past(&self.pool_moves(customer, item)) + past(&pooled);
            let accepted = past(&given) + accepted(self.ring(), customer, item);
            for (kind, ticks) in [("held", held), ("pool", pool), ("accepted", accepted)] {
                if ticks > 0 {
                    rows.push(self.row(kind, name, thing, Quantity::from_ticks(ticks)));
                }
            }
        }
        rows
    }

    /// Rows of `under_way.csv`: units on lanes, and those that come back to pools.
    pub(super) fn to_customers(&self) -> Vec<Vec<String>> {
        let mut rows = Vec::new();
        for (customer, item) in pairs(self.ring()) {
            let (name, thing) = (&self.ring().customers[customer].key, &self.ring().items[item].key);
            for (kind, all) in [("goods", self.sent(customer, item)), ("pool", self.back(customer, item))] {
                for (period, ticks) in all.range(self.periods..).filter(|(_, ticks)| **ticks > 0) {
                    rows.push(self.coming(kind, name, thing, *period, Quantity::from_ticks(*ticks)));
                }
            }
        }
        rows
    }

    /// Shifts `demand.csv` to the day; says what was due before it.
    pub(super) fn demand(&self, raw: &mut RawRing) -> BTreeMap<(String, String), Quantity> {
        let mut due: BTreeMap<(String, String), Quantity> = BTreeMap::new();
        for row in self.ring().demand.iter().filter(|d| d.period.index() < self.periods) {
            let key = (self.ring().customers[row.customer].key.clone(), self.ring().items[row.item].key.clone());
            *due.entry(key).or_default() += row.quantity;
        }
        // What was accepted before the old first day was due before it too.
        for (customer, item) in pairs(self.ring()) {
            let key = (self.ring().customers[customer].key.clone(), self.ring().items[item].key.clone());
            let before = Quantity::from_ticks(accepted(self.ring(), customer, item));
            if !before.is_zero() {
                *due.entry(key).or_default() += before;
            }
        }
        if let Some(table) = raw.tables.iter_mut().find(|t| t.name == "demand")
            && let Some(at) = table.column("period")
        {
            let period = |row: &[String]| row[at].trim().parse::<usize>().unwrap_or(0);
            table.rows.retain(|row| period(row) > self.periods);
            table.rows.iter_mut().for_each(|row| row[at] = (period(row) - self.periods).to_string());
        }
        due
    }

    /// Units that reach a customer, by period: held from before, on their way, sent by the plan before the day.
    fn arrivals(&self, customer: CustomerId, item: ItemId) -> ByPeriod {
        let mut all = self.sent(customer, item);
        for (period, pieces) in held::arriving(self.ring(), customer, item).filter(|(p, _)| *p < self.periods) {
            *all.entry(period).or_default() += pieces.ticks();
        }
        all
    }

    /// Units that the plan sends before the day, by the period they arrive in, and those on their way from before that.
    fn sent(&self, customer: CustomerId, item: ItemId) -> ByPeriod {
        let mut all = ByPeriod::new();
        for row in &self.before.programme.shipments {
            let to = self.ring().lanes[row.lane].to == Node::Customer(customer) && row.item == item;
            if to && row.period.index() < self.periods {
                let arrives = row.period.index() + lag::of_lane(self.ring(), row.lane);
                *all.entry(arrives).or_default() += row.quantity.ticks();
            }
        }
        for (period, pieces) in held::arriving(self.ring(), customer, item).filter(|(p, _)| *p >= self.periods) {
            *all.entry(period).or_default() += pieces.ticks();
        }
        all
    }

    /// Replenishment handed over, and units into the pool, by period.
    fn handed(&self, customer: CustomerId, item: ItemId) -> (ByPeriod, ByPeriod) {
        let (mut given, mut pooled) = (ByPeriod::new(), ByPeriod::new());
        let own = self.before.programme.deliveries.iter().filter(|d| (d.customer, d.item) == (customer, item));
        for row in own {
            *given.entry(row.period.index()).or_default() += row.replenishment.ticks();
            *pooled.entry(row.period.index()).or_default() += row.pool.ticks();
        }
        (given, pooled)
    }

    /// What changes a pool beside units put into it: there before, drawn, back.
    fn pool_moves(&self, customer: CustomerId, item: ItemId) -> ByPeriod {
        let mut all = self.back(customer, item);
        for (period, pieces) in held::pool(self.ring(), customer, item).filter(|(p, _)| *p < self.periods) {
            *all.entry(period).or_default() += pieces.ticks();
        }
        for (period, met) in self.draws(customer, item).map(|(timing, met, _)| (timing.draw, met)) {
            *all.entry(period.unwrap_or(0)).or_default() -= met;
        }
        all
    }

    /// Units back in a pool: from draws before the day, and on their way from before that.
    fn back(&self, customer: CustomerId, item: ItemId) -> ByPeriod {
        let mut all = ByPeriod::new();
        for (period, pieces) in held::pool(self.ring(), customer, item).filter(|(p, _)| *p >= self.periods) {
            *all.entry(period).or_default() += pieces.ticks();
        }
        for (timing, met, [ready, repaired]) in self.draws(customer, item) {
            let share = |share: f64| (met as f64 * share + 1e-6).floor() as i64;
            for (period, share_of) in [(timing.back, ready), (timing.repaired, repaired)] {
                if let Some(period) = period {
                    *all.entry(period).or_default() += share(share_of);
                }
            }
        }
        all
    }

    /// Draws before the day: when, how many thousandths were met, shares that return and are repaired.
    fn draws(&self, customer: CustomerId, item: ItemId) -> impl Iterator<Item = (exercise::Timing, i64, [f64; 2])> {
        self.before.programme.draws.iter().filter_map(move |draw| {
            let row = &self.ring().exercises[draw.exercise];
            let timing = exercise::timing(self.ring(), draw.exercise);
            let own = (row.customer, row.item) == (customer, item) && timing.draw.is_some_and(|t| t < self.periods);
            own.then(|| (timing, draw.met.ticks(), [row.return_share.get(), row.repair_share.get()]))
        })
    }
}

/// Adds what customers are owed to the demand of the first period: what was due before, less what they have accepted. Units
/// accepted beyond what was due are held for what comes.
pub(super) fn owe(raw: &mut RawRing, due: &BTreeMap<(String, String), Quantity>) {
    let mut owed: BTreeMap<(String, String), i64> = due.iter().map(|(key, q)| (key.clone(), q.ticks())).collect();
    let mut ahead: Vec<(String, String, i64)> = Vec::new();
    if let Some(table) = raw.tables.iter_mut().find(|t| t.name == "opening") {
        let column = |name: &str| table.column(name).unwrap_or(0);
        let [kind, place, thing, quantity] = ["kind", "place", "thing", "quantity"].map(column);
        for row in table.rows.iter_mut().filter(|row| row[kind].trim() == "accepted") {
            let ticks = row[quantity].parse::<Quantity>().unwrap_or_default().ticks();
            let key = (row[place].trim().to_owned(), row[thing].trim().to_owned());
            let left = owed.entry(key.clone()).or_default();
            *left -= ticks;
            if *left < 0 {
                row[quantity] = Quantity::from_ticks(ticks + *left).to_string();
                ahead.push((key.0, key.1, -*left));
                *left = 0;
            }
        }
        for (customer, item, ticks) in ahead {
            let last = table.rows.len();
            add(table, &[(kind, "held"), (place, &customer), (thing, &item)], (quantity, ticks), last);
        }
    }
    owed.retain(|_, ticks| *ticks > 0);
    if owed.is_empty() {
        return;
    }
    if raw.table("demand").is_none() {
        raw.put("demand", Vec::new());
    }
    let Some(table) = raw.tables.iter_mut().find(|t| t.name == "demand") else { return };
    let column = |name: &str| table.column(name).unwrap_or(0);
    let [customer, item, period, quantity] = ["customer", "item", "period", "quantity"].map(column);
    for ((of, what), ticks) in owed {
        add(table, &[(customer, &of), (item, &what), (period, "1")], (quantity, ticks), 0);
    }
}

/// Adds thousandths to the number of the row with these cells; where there is none, a new row stands at `place`.
fn add(table: &mut RawTable, key: &[(usize, &str)], (quantity, ticks): (usize, i64), place: usize) {
    let is_it = |row: &Vec<String>| key.iter().all(|(at, text)| row[*at].trim() == *text);
    let at = table.rows.iter().position(is_it).unwrap_or_else(|| {
        let mut row = vec![String::new(); table.columns.len()];
        key.iter().for_each(|(at, text)| (*text).clone_into(&mut row[*at]));
        table.rows.insert(place, row);
        place
    });
    let cell = &mut table.rows[at][quantity];
    let there = cell.parse::<Quantity>().unwrap_or_default().ticks();
    *cell = Quantity::from_ticks(there + ticks).to_string();
}

/// Customers and items with demand or exercises.
fn pairs(ring: &Ring) -> Vec<(CustomerId, ItemId)> {
    let all = ring.customers.ids().flat_map(|c| ring.items.ids().map(move |i| (c, i)));
    all.collect()
}

fn accepted(ring: &Ring, customer: CustomerId, item: ItemId) -> i64 {
    let taken = |row: &model::tables::opening::Opening| match row {
        model::tables::opening::Opening::Accepted(by, what, pieces) if (*by, *what) == (customer, item) => {
            pieces.ticks()
        }
        _ => 0,
    };
    ring.opening.iter().map(taken).sum()
}
