//! A ring's own stages: bought components at sites, what sites make, and lanes, by what flows in the programme's last weeks.
//!
//! A stage's time is the lead time of its source, the days of a piece on its line, or the days of its lane, rounded up. The last
//! lane to a customer is a stage that promises the customer its own days, or what the user asks. Spreads start from what
//! customers are handed in a day, with the coefficient of variation the user states, and are pooled as independent demands.

use super::{Pooled, Refused, Stage, StockOptions, place, pooled_spreads};
use crate::problem::Problem;
use model::control::Control;
use model::ids::{Component, ItemId, LaneId, Node, PeriodId, SiteId, SupplyId};
use model::results::Programme;
use model::results::stock_targets::{StockTarget, StockTargets};
use rules::calendar::WorkTime;
use std::collections::BTreeMap;
use units::{Id, Money};

/// What the user states of demand and service.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TargetOptions {
    /// Standard deviations of demand to cover, `> 0`.
    pub safety_factor: f64,
    /// Coefficient of variation of a day's demand, `>= 0`; there is no default.
    pub demand_variation: f64,
    /// Days promised to customers; none for the days of the last lane.
    pub promise_days: Option<i64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Bought(Component, SiteId),
    Made(ItemId, SiteId),
    Sent(LaneId, ItemId),
}

struct Flows<'a> {
    problem: &'a Problem<'a>,
    programme: &'a Programme,
    from: usize,
    days: f64,
    /// Pieces in the window.
    made: BTreeMap<(ItemId, SiteId), f64>,
    sent: BTreeMap<(LaneId, ItemId), f64>,
}

/// Safety stock of a programme at least holding cost; none when nothing flows in its last weeks.
///
/// # Errors
/// [`Refused::Circle`] when an item is sent in a circle.
pub fn targets(
    problem: &Problem<'_>,
    programme: &Programme,
    options: &TargetOptions,
    control: &Control<'_>,
) -> Result<Option<StockTargets>, Refused> {
    let flows = Flows::new(problem, programme);
    let keys = flows.keys();
    if keys.is_empty() {
        return Ok(None);
    }
    let place_of: BTreeMap<Key, usize> = keys.iter().enumerate().map(|(at, key)| (*key, at)).collect();
    let links = flows.links(&place_of);
    let outside: Vec<Pooled> = keys
        .iter()
        .map(|key| Pooled {
            outside: options.safety_factor * options.demand_variation * flows.handed_day(*key),
            pooling: 2.0,
        })
        .collect();
    let spreads = pooled_spreads(&outside, &links)?;
    let time = WorkTime::new(problem.ring);
    let stages: Vec<Stage> = keys
        .iter()
        .zip(&spreads)
        .map(|(key, spread)| {
            let days = flows.days_of(*key, &time);
            Stage {
                time: days,
                service_max: flows
                    .is_last(*key)
                    .then(|| options.promise_days.map_or(days, |d| usize::try_from(d).unwrap_or(0))),
                holding: flows.holding(*key),
                spread: *spread,
            }
        })
        .collect();
    let plain: Vec<(usize, usize)> = links.iter().map(|(from, to, _)| (*from, *to)).collect();
    let placed = place(&stages, &plain, &StockOptions::default(), control)?;
    let targets = keys.iter().enumerate().map(|(at, key)| {
        let (site, component) = flows.place(*key);
        StockTarget {
            site,
            customer: flows.customer(*key),
            component,
            time_days: stages[at].time as i64,
            incoming_days: placed.incoming[at] as i64,
            promised_days: placed.promised[at] as i64,
            pieces: placed.stock[at],
            holding: stages[at].holding,
        }
    });
    Ok(Some(StockTargets {
        from: PeriodId::from_index(flows.from),
        safety_factor: options.safety_factor,
        demand_variation: options.demand_variation,
        cost: Money::from_f64(placed.cost),
        bound: Money::from_f64(placed.bound),
        targets: targets.collect(),
    }))
}

impl<'a> Flows<'a> {
    fn new(problem: &'a Problem<'a>, programme: &'a Programme) -> Self {
        let ring = problem.ring;
        let from = rules::rate::last_weeks(ring, programme);
        let mut made: BTreeMap<(ItemId, SiteId), f64> = BTreeMap::new();
        for row in programme.make.iter().filter(|m| m.period.index() >= from) {
            let line = &ring.capability[row.capability];
            *made.entry((line.item, line.site)).or_default() += row.quantity.as_f64();
        }
        let mut sent: BTreeMap<(LaneId, ItemId), f64> = BTreeMap::new();
        for row in programme.shipments.iter().filter(|s| s.period.index() >= from) {
            *sent.entry((row.lane, row.item)).or_default() += row.quantity.as_f64();
        }
        made.retain(|_, pieces| *pieces > 0.0);
        sent.retain(|_, pieces| *pieces > 0.0);
        let days = (ring.settings.n_periods - from) as i64 * ring.settings.period_days;
        Self { problem, programme, from, days: days as f64, made, sent }
    }

    /// Lines of a site that make an item in the window, and the pieces each has a share of.
    fn rows(&self, item: ItemId, site: SiteId) -> impl Iterator<Item = (model::ids::CapabilityId, f64)> + '_ {
        let ring = self.problem.ring;
        let rows = self.programme.make.iter().filter(move |m| {
            let line = &ring.capability[m.capability];
            m.period.index() >= self.from && (line.item, line.site) == (item, site)
        });
        rows.map(|m| (m.capability, m.quantity.as_f64()))
    }

    /// Components of one piece made at a site, by the mix of lines there.
    fn uses(&self, item: ItemId, site: SiteId) -> BTreeMap<Component, f64> {
        let ring = self.problem.ring;
        let day = ring.settings.first_day(self.from);
        let all = self.made[&(item, site)];
        let mut uses = BTreeMap::new();
        for (row, pieces) in self.rows(item, site) {
            let line = &ring.capability[row];
            for (component, each) in rules::components::used(ring, line.item, line.line_type, day) {
                *uses.entry(component).or_default() += each.as_f64() * pieces / all;
            }
        }
        uses
    }

    fn keys(&self) -> Vec<Key> {
        let ring = self.problem.ring;
        let mut keys: Vec<Key> = self.sent.keys().map(|(lane, item)| Key::Sent(*lane, *item)).collect();
        for (item, site) in self.made.keys() {
            keys.push(Key::Made(*item, *site));
            let bought = self.uses(*item, *site).into_keys().filter(|c| rules::components::is_bought(ring, *c));
            keys.extend(bought.map(|component| Key::Bought(component, *site)));
        }
        keys.sort();
        keys.dedup();
        keys
    }

    /// What brings an item to a site in the window, and the share of each.
    fn ways(&self, item: ItemId, site: SiteId) -> Vec<(Key, f64)> {
        let ring = self.problem.ring;
        let made = self.made.get(&(item, site)).map(|pieces| (Key::Made(item, site), *pieces));
        let sent = self.sent.iter().filter(|((lane, i), _)| *i == item && ring.lanes[*lane].to == Node::Site(site));
        let mut ways: Vec<(Key, f64)> = made.into_iter().collect();
        ways.extend(sent.map(|((lane, item), pieces)| (Key::Sent(*lane, *item), *pieces)));
        let all: f64 = ways.iter().map(|(_, pieces)| pieces).sum();
        ways.iter_mut().for_each(|(_, pieces)| *pieces /= all);
        ways
    }

    fn links(&self, place: &BTreeMap<Key, usize>) -> Vec<(usize, usize, f64)> {
        let ring = self.problem.ring;
        let mut links = Vec::new();
        for (key, to) in place {
            let needs: Vec<(Component, SiteId, f64)> = match key {
                Key::Bought(..) => Vec::new(),
                Key::Made(item, site) => {
                    self.uses(*item, *site).into_iter().map(|(c, each)| (c, *site, each)).collect()
                }
                Key::Sent(lane, item) => vec![(Component::Item(*item), ring.lanes[*lane].from, 1.0)],
            };
            for (component, site, each) in needs {
                match (place.get(&Key::Bought(component, site)), component) {
                    (Some(from), _) => links.push((*from, *to, each)),
                    (None, Component::Item(item)) => {
                        let ways = self.ways(item, site).into_iter();
                        links.extend(ways.filter_map(|(way, share)| Some((*place.get(&way)?, *to, each * share))));
                    }
                    (None, Component::Part(_)) => {}
                }
            }
        }
        links
    }

    fn is_last(&self, key: Key) -> bool {
        matches!(key, Key::Sent(lane, _) if matches!(self.problem.ring.lanes[lane].to, Node::Customer(_)))
    }

    /// Pieces that customers are handed in a day by this stage itself.
    fn handed_day(&self, key: Key) -> f64 {
        match key {
            Key::Sent(lane, item) if self.is_last(key) => self.sent[&(lane, item)] / self.days,
            _ => 0.0,
        }
    }

    /// Days that a stage takes, rounded up.
    fn days_of(&self, key: Key, time: &WorkTime) -> usize {
        let ring = self.problem.ring;
        let days = match key {
            Key::Bought(component, site) => self.source(component, site).map_or(0.0, |s| ring.supply[s].lead_days),
            Key::Sent(lane, _) => ring.lanes[lane].days + ring.lanes[lane].border_hours / 24.0,
            Key::Made(item, site) => self.days_on_line(item, site, time),
        };
        (days - 1e-9).ceil().max(0.0) as usize
    }

    /// The source that sends most of a component to a site, or the fastest when none sends any.
    fn source(&self, component: Component, site: SiteId) -> Option<SupplyId> {
        let ring = self.problem.ring;
        let mut ordered: BTreeMap<SupplyId, i64> = BTreeMap::new();
        for order in self.programme.orders.iter().filter(|o| o.site == site) {
            if ring.supply[order.supply].component == component {
                *ordered.entry(order.supply).or_default() += order.quantity.ticks();
            }
        }
        let most = ordered.into_iter().max_by_key(|(id, pieces)| (*pieces, std::cmp::Reverse(*id))).map(|(id, _)| id);
        most.or_else(|| {
            let all = ring.supply.enumerate().filter(|(_, s)| s.component == component);
            all.min_by(|a, b| a.1.lead_days.total_cmp(&b.1.lead_days)).map(|(id, _)| id)
        })
    }

    /// Days from a piece's first station to its last: stations times the planned cycle, in the working time of a day.
    fn days_on_line(&self, item: ItemId, site: SiteId, time: &WorkTime) -> f64 {
        let ring = self.problem.ring;
        let planned: f64 = time.planned[site][self.from..].iter().sum::<f64>() / self.days;
        let lines = self.programme.lines.iter().filter(|l| {
            let row = &ring.capability[l.capability];
            (row.item, row.site) == (item, site)
        });
        let minutes = lines.filter_map(|l| {
            let option = rules::line::option_of(ring, self.problem.designs, l.capability, l.option)?;
            Some(option.cycle_time_planned.as_f64() * option.n_stations() as f64)
        });
        let longest = minutes.fold(0.0, f64::max);
        if planned > 0.0 { longest / planned } else { 0.0 }
    }

    /// Holding cost of a piece in a year, at the site that pays for it.
    fn holding(&self, key: Key) -> f64 {
        let ring = self.problem.ring;
        let (site, value) = match key {
            Key::Bought(component, site) => (site, rules::value::of_bought(ring, component)),
            Key::Made(item, site) => (site, rules::value::of_item(ring, item)),
            Key::Sent(lane, item) => (ring.lanes[lane].from, rules::value::of_item(ring, item)),
        };
        ring.sites[site].holding_share_year * value
    }

    /// The customer that a stage hands units to.
    fn customer(&self, key: Key) -> Option<model::ids::CustomerId> {
        match key {
            Key::Sent(lane, _) => match self.problem.ring.lanes[lane].to {
                Node::Customer(customer) => Some(customer),
                Node::Site(_) => None,
            },
            _ => None,
        }
    }

    /// Where the stock of a stage stands.
    fn place(&self, key: Key) -> (Option<SiteId>, Component) {
        match key {
            Key::Bought(component, site) => (Some(site), component),
            Key::Made(item, site) => (Some(site), Component::Item(item)),
            Key::Sent(lane, item) => {
                let to = match self.problem.ring.lanes[lane].to {
                    Node::Site(site) => Some(site),
                    Node::Customer(_) => None,
                };
                (to, Component::Item(item))
            }
        }
    }
}
