//! A ring and its programme as a network: what is made, kept, sent and bought in the programme's last weeks.
//!
//! Time is in days. Nodes are lines (by capability row), components at sites, sources towards sites, items on lanes, and
//! what is due to customers. Stock is what the programme has on hand and on its way when the window begins; capacity is that of the
//! lines, lanes and sources in the window. Lanes the programme uses come first; a lane that would close a circle of an item is
//! left out.

use super::net::{Demand, Input, Net, Node, Plant};
use crate::problem::Problem;
use model::Ring;
use model::ids::Node as End;
use model::ids::{CapabilityId, Component, CustomerId, ItemId, LaneId, SiteId, SupplyId};
use model::results::Programme;
use model::results::resilience::DeliveryRate;
use model::tables::outages::Target;
use rules::calendar::WorkTime;
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// What a node stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Key {
    /// Pieces from the lines of a row.
    Made(CapabilityId),
    /// A component at a site.
    Here(Component, SiteId),
    /// What a source sends to a site.
    Source(SupplyId, SiteId),
    /// An item on a lane.
    Sent(LaneId, ItemId),
    /// What a customer is handed.
    Due(CustomerId, ItemId),
}

/// The network of a programme.
pub(super) struct OfRing {
    pub(super) net: Net,
    pub(super) rates: Vec<DeliveryRate>,
    pub(super) from: usize,
    keys: BTreeMap<Key, usize>,
}

struct Builder<'a> {
    ring: &'a Ring,
    programme: &'a Programme,
    from: usize,
    capacity: BTreeMap<CapabilityId, f64>,
    used: BTreeSet<(LaneId, ItemId)>,
    open: BTreeSet<Key>,
    keys: BTreeMap<Key, usize>,
    nodes: Vec<Node>,
    inputs: Vec<Input>,
    plants: Vec<Plant>,
    shared: BTreeMap<Shared, usize>,
}

/// What several nodes share a capacity of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Shared {
    Lane(LaneId),
    Source(SupplyId),
}

impl OfRing {
    /// The network; none when nothing is delivered in the window.
    pub(super) fn new(problem: &Problem<'_>, programme: &Programme) -> Option<Self> {
        let ring = problem.ring;
        let from = rules::rate::last_weeks(ring, programme);
        let days = ((ring.settings.n_periods - from) as i64 * ring.settings.period_days) as f64;
        let mut handed: BTreeMap<(CustomerId, ItemId), f64> = BTreeMap::new();
        for row in programme.deliveries.iter().filter(|d| d.period.index() >= from) {
            *handed.entry((row.customer, row.item)).or_default() += (row.replenishment + row.pool).as_f64();
        }
        let rates: Vec<DeliveryRate> = handed
            .into_iter()
            .filter(|(_, pieces)| *pieces > 0.0)
            .map(|((customer, item), pieces)| DeliveryRate { customer, item, pieces_day: pieces / days })
            .collect();
        let mut builder = Builder {
            ring,
            programme,
            from,
            capacity: line_capacity(problem, programme, from, days),
            used: programme.shipments.iter().map(|s| (s.lane, s.item)).collect(),
            open: BTreeSet::new(),
            keys: BTreeMap::new(),
            nodes: Vec::new(),
            inputs: Vec::new(),
            plants: Vec::new(),
            shared: BTreeMap::new(),
        };
        let demands: Vec<Demand> = rates
            .iter()
            .filter_map(|rate| {
                let node = builder.node(Key::Due(rate.customer, rate.item))?;
                let value = ring.customers[rate.customer].unmet_cost.as_f64();
                Some(Demand { node, rate: rate.pieces_day, value })
            })
            .collect();
        if demands.is_empty() {
            return None;
        }
        let Builder { nodes, inputs, plants, keys, .. } = builder;
        let net = Net::new(nodes, inputs, plants, demands).ok()?;
        Some(Self { net, rates, from, keys })
    }

    /// Everything in the network that may stop, in order.
    pub(super) fn targets(&self, ring: &Ring) -> Vec<Target> {
        let mut all: Vec<Target> = Vec::new();
        for key in self.keys.keys() {
            match key {
                Key::Made(capability) => {
                    let site = ring.capability[*capability].site;
                    all.push(Target::Site(site));
                    all.extend(ring.sites[site].zone.clone().map(Target::Zone));
                }
                Key::Source(supply, _) => all.push(Target::Supplier(ring.supply[*supply].supplier)),
                Key::Sent(lane, _) => {
                    all.push(Target::Lane(*lane));
                    all.push(Target::Site(ring.lanes[*lane].from));
                }
                Key::Here(..) | Key::Due(..) => {}
            }
        }
        all.sort();
        all.dedup();
        all
    }

    /// Nodes that are out while a target is: lines of a site, and lanes that start or end there.
    pub(super) fn nodes(&self, ring: &Ring, target: &Target) -> Vec<usize> {
        let stopped = |site: SiteId| match target {
            Target::Site(at) => *at == site,
            Target::Zone(zone) => ring.sites[site].zone.as_deref() == Some(zone.as_str()),
            Target::Supplier(_) | Target::Lane(_) => false,
        };
        let out = |key: &Key| match key {
            Key::Made(capability) => stopped(ring.capability[*capability].site),
            Key::Sent(lane, _) => {
                let ends = &ring.lanes[*lane];
                *target == Target::Lane(*lane) || stopped(ends.from) || matches!(ends.to, End::Site(to) if stopped(to))
            }
            Key::Source(supply, _) => *target == Target::Supplier(ring.supply[*supply].supplier),
            Key::Here(..) | Key::Due(..) => false,
        };
        self.keys.iter().filter(|(key, _)| out(key)).map(|(_, node)| *node).collect()
    }
}

/// Pieces that the lines ordered can make in a day of the window, by row.
fn line_capacity(problem: &Problem<'_>, programme: &Programme, from: usize, days: f64) -> BTreeMap<CapabilityId, f64> {
    let time = WorkTime::new(problem.ring);
    let mut capacity: BTreeMap<CapabilityId, f64> = BTreeMap::new();
    for row in &programme.lines {
        let at = crate::data::key_of_row(row);
        if let Some(line) = crate::data::line_at(problem.ring, problem.designs, &time, at) {
            let pieces: f64 = (from..problem.ring.settings.n_periods).map(|p| line.capacity_in(p).as_f64()).sum();
            *capacity.entry(row.capability).or_default() += row.count as f64 * pieces / days;
        }
    }
    capacity
}

impl Builder<'_> {
    /// The node of a key with all it takes; none where nothing can come, or where it would close a circle.
    fn node(&mut self, key: Key) -> Option<usize> {
        if let Some(node) = self.keys.get(&key) {
            return Some(*node);
        }
        if !self.open.insert(key) {
            return None;
        }
        let inputs = self.inputs_of(key);
        self.open.remove(&key);
        let inputs = inputs?;
        let (stock, capacity, plant) = (self.stock(key), self.capacity(key), self.plant(key));
        let node = self.nodes.len();
        self.nodes.push(Node { stock, capacity, plant });
        self.keys.insert(key, node);
        self.inputs.extend(inputs.into_iter().map(|(quantity, from)| Input { of: node, quantity, from }));
        Some(node)
    }

    /// What a node takes; none when it can give nothing.
    fn inputs_of(&mut self, key: Key) -> Option<Vec<(f64, Vec<usize>)>> {
        let ring = self.ring;
        Some(match key {
            Key::Due(customer, item) => {
                let lanes = self.lanes_to(End::Customer(customer), item);
                vec![(1.0, lanes)]
            }
            Key::Sent(lane, item) => {
                vec![(1.0, vec![self.node(Key::Here(Component::Item(item), ring.lanes[lane].from))?])]
            }
            Key::Here(component, site) => vec![(1.0, self.ways_to(component, site)?)],
            Key::Source(..) => Vec::new(),
            Key::Made(capability) => {
                let row = &ring.capability[capability];
                let day = ring.settings.first_day(self.from);
                let mut inputs = Vec::new();
                for (component, quantity) in rules::components::used(ring, row.item, row.line_type, day) {
                    inputs.push((quantity.as_f64(), vec![self.node(Key::Here(component, row.site))?]));
                }
                inputs
            }
        })
    }

    /// Ways by which a component comes to a site; none when there is neither a way nor stock.
    fn ways_to(&mut self, component: Component, site: SiteId) -> Option<Vec<usize>> {
        let ring = self.ring;
        let mut keys: Vec<Key> = Vec::new();
        if rules::components::is_bought(ring, component) {
            let sources = ring
                .supply
                .enumerate()
                .filter(|(id, s)| s.component == component && rules::lag::takes_orders(ring, *id, self.from));
            keys.extend(sources.map(|(id, _)| Key::Source(id, site)));
        }
        if let Component::Item(item) = component {
            let rows = ring
                .capability
                .enumerate()
                .filter(|(id, c)| (c.site, c.item) == (site, item) && self.capacity.contains_key(id));
            keys.extend(rows.map(|(id, _)| Key::Made(id)));
        }
        let mut ways: Vec<usize> = keys.into_iter().filter_map(|key| self.node(key)).collect();
        if let Component::Item(item) = component {
            ways.extend(self.lanes_to(End::Site(site), item));
        }
        (!ways.is_empty() || self.stock(Key::Here(component, site)) > 0.0).then_some(ways)
    }

    fn lanes_to(&mut self, to: End, item: ItemId) -> Vec<usize> {
        let ring = self.ring;
        let mut lanes: Vec<LaneId> = ring
            .lanes
            .enumerate()
            .filter(|(id, lane)| lane.to == to && rules::lag::lane_carries(ring, *id, self.from))
            .map(|(id, _)| id)
            .collect();
        lanes.sort_by_key(|lane| (!self.used.contains(&(*lane, item)), *lane));
        lanes.into_iter().filter_map(|lane| self.node(Key::Sent(lane, item))).collect()
    }

    /// On hand, or on its way, when the window begins.
    fn stock(&self, key: Key) -> f64 {
        let (ring, plan) = (self.ring, self.programme);
        let pieces: f64 = match key {
            Key::Here(Component::Item(item), site) if self.from > 0 && ring.is_made(item) => {
                let rows =
                    plan.stock.iter().filter(|s| (s.site, s.item, s.period.index() + 1) == (site, item, self.from));
                rows.map(|s| s.quantity.as_f64()).sum()
            }
            Key::Here(component, site) => self.on_hand(component, site),
            Key::Source(supply, site) => {
                let lag = rules::lag::of_order(ring, supply);
                let rows = plan.orders.iter().filter(|o| {
                    (o.supply, o.site) == (supply, site)
                        && o.period.index() < self.from
                        && o.period.index() + lag >= self.from
                });
                rows.map(|o| o.quantity.as_f64()).sum()
            }
            Key::Sent(lane, item) => {
                let lag = rules::lag::of_lane(ring, lane);
                let rows = plan.shipments.iter().filter(|s| {
                    (s.lane, s.item) == (lane, item)
                        && s.period.index() < self.from
                        && s.period.index() + lag >= self.from
                });
                rows.map(|s| s.quantity.as_f64()).sum()
            }
            Key::Made(_) | Key::Due(..) => 0.0,
        };
        pieces.max(0.0)
    }

    /// A bought component at a site: opening stock and arrivals, less what the lines have used.
    fn on_hand(&self, component: Component, site: SiteId) -> f64 {
        let (ring, plan) = (self.ring, self.programme);
        let opening: f64 = rules::lag::opening_stock(ring, site)
            .filter(|(c, period, _)| *c == component && (*period < self.from || self.from == 0))
            .map(|(_, _, pieces)| pieces.as_f64())
            .sum();
        let arrived: f64 = plan
            .orders
            .iter()
            .filter(|o| o.site == site && ring.supply[o.supply].component == component)
            .filter(|o| o.period.index() + rules::lag::of_order(ring, o.supply) < self.from)
            .map(|o| o.quantity.as_f64())
            .sum();
        let used: f64 = plan
            .make
            .iter()
            .filter(|m| m.period.index() < self.from && ring.capability[m.capability].site == site)
            .map(|m| {
                let row = &ring.capability[m.capability];
                let day = ring.settings.first_day(m.period.index());
                let uses = rules::components::used(ring, row.item, row.line_type, day);
                let each = uses.iter().find(|(c, _)| *c == component).map_or(0.0, |(_, pieces)| pieces.as_f64());
                each * m.quantity.as_f64()
            })
            .sum();
        opening + arrived - used
    }

    fn capacity(&self, key: Key) -> f64 {
        match key {
            Key::Made(capability) => self.capacity.get(&capability).copied().unwrap_or(0.0),
            _ => f64::INFINITY,
        }
    }

    fn plant(&mut self, key: Key) -> Option<(usize, f64)> {
        let (shared, capacity) = match key {
            Key::Sent(lane, _) => (Shared::Lane(lane), self.ring.lanes[lane].capacity?),
            Key::Source(supply, _) => (Shared::Source(supply), self.ring.supply[supply].capacity?),
            _ => return None,
        };
        let day = capacity.as_f64() / self.ring.settings.period_days as f64;
        let plants = &mut self.plants;
        let plant = *self.shared.entry(shared).or_insert_with(|| {
            plants.push(Plant { capacity: day });
            plants.len() - 1
        });
        Some((plant, 1.0))
    }
}
