//! Line designs and a programme by the plainest rules, so that the engine is tested without the other engines.

use model::ids::*;
use model::results::line_design::Proof;
use model::results::programme::*;
use model::results::{LineDesign, LineOption, Station, Status};
use model::tables::capability::LineType;
use model::{RawRing, Ring};
use std::collections::BTreeMap;
use units::{Id, Minutes, Money, Quantity};

/// A ring with its lines and its programme.
pub(crate) struct Case {
    pub(crate) ring: Ring,
    pub(crate) designs: Vec<LineDesign>,
    pub(crate) programme: Programme,
}

/// A sound ring's case: a takt of an hour, one line of each kind, parts ordered `slack` periods early.
pub(crate) fn case(raw: &RawRing, slack: usize) -> Case {
    let ring = Ring::build(raw).expect("a valid ring");
    let designs = designs(&ring, 60);
    let programme = programme(&ring, &designs, 1, slack);
    Case { ring, designs, programme }
}

/// One option per item and line type: tasks in an order that precedence allows, stations filled to `takt`.
pub(crate) fn designs(ring: &Ring, takt: i64) -> Vec<LineDesign> {
    let mut kinds: Vec<(ItemId, LineType)> = ring.capability.iter().map(|c| (c.item, c.line_type)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.into_iter().map(|(item, line_type)| design(ring, item, line_type, takt)).collect()
}

fn design(ring: &Ring, item: ItemId, line_type: LineType, takt: i64) -> LineDesign {
    let mut left = rules::labour::tasks(ring, item, line_type);
    let takt = left.iter().map(|t| rules::labour::minutes(ring, *t)).fold(Minutes::whole(takt), Minutes::max);
    let mut stations: Vec<Station> = Vec::new();
    let mut planned: Vec<f64> = Vec::new();
    while !left.is_empty() {
        let ready = |t: &rules::labour::LineTask| {
            ring.tasks[t.task].predecessors.iter().all(|p| left.iter().all(|l| l.task != *p))
        };
        let at = left.iter().position(ready).expect("no circle");
        let task = left.remove(at);
        let minutes = rules::labour::minutes(ring, task);
        if stations.last().is_none_or(|s| s.load + minutes > takt) {
            let skill = ring.tasks[task.task].skill;
            let (tasks, reasons) = (Vec::new(), Vec::new());
            stations.push(Station { tasks, copies: 1, load: Minutes::ZERO, heads: 0, skill, reasons });
            planned.push(0.0);
        }
        let station = stations.last_mut().unwrap();
        station.tasks.push(task.task);
        station.load += minutes;
        station.heads = station.heads.max(ring.tasks[task.task].crew);
        *planned.last_mut().unwrap() += rules::labour::minutes_planned(ring, task);
    }
    let mut heads: BTreeMap<SkillId, i64> = BTreeMap::new();
    stations.iter().for_each(|s| *heads.entry(s.skill).or_default() += s.heads);
    let option = LineOption {
        takt,
        cycle_time: stations.iter().map(|s| s.load).fold(Minutes::ZERO, Minutes::max),
        cycle_time_planned: Minutes::from_f64(planned.into_iter().fold(0.0, f64::max)),
        bound: stations.len() as i64,
        stations,
        proof: Proof::Counting,
        status: Status::WorkLimited,
        heads: heads.into_iter().collect(),
        equipment: Vec::new(),
        equipment_cost: Money::ZERO,
        floor_m2: 0.0,
    };
    LineDesign { item, line_type, options: vec![option] }
}

struct Planner<'a> {
    ring: &'a Ring,
    designs: &'a [LineDesign],
    work: rules::calendar::WorkTime,
    programme: Programme,
    lines: i64,
    slack: usize,
}

/// One capability per item, `lines` lines each, opened at once; parts ordered `slack` periods early; everything made is
/// sent on, split among customers by their demand.
pub(crate) fn programme(ring: &Ring, designs: &[LineDesign], lines: i64, slack: usize) -> Programme {
    let programme = Programme { status: Status::WorkLimited, ..testring::empty_programme() };
    let work = rules::calendar::WorkTime::new(ring);
    let mut planner = Planner { ring, designs, work, programme, lines, slack };
    let product = ring.settings.product;
    let made = planner.node(product, None);
    let need = made.available.clone();
    let row = &ring.capability[made.capability];
    planner.commit(&made, &need);
    let demand: BTreeMap<CustomerId, i64> =
        ring.demand.iter().filter(|d| d.item == product).fold(BTreeMap::new(), |mut all, d| {
            *all.entry(d.customer).or_default() += d.quantity.ticks();
            all
        });
    let all: i64 = demand.values().sum();
    let mut rest = need.clone();
    for (index, (customer, due)) in demand.iter().enumerate() {
        let last = index + 1 == demand.len();
        let mut carried = 0;
        let mine: Vec<i64> = need
            .iter()
            .zip(&mut rest)
            .map(|(n, rest)| {
                carried += n * due;
                let take = if last { *rest } else { (carried / all).min(*rest) };
                carried -= take * all;
                *rest -= take;
                take
            })
            .collect();
        let path = planner.path(row.site, Node::Customer(*customer)).expect("a way to the customer");
        planner.ship(product, &path, &mine);
    }
    planner.programme.shipments.sort();
    planner.programme.orders.sort();
    planner.programme
}

/// A made item with where it is made, how much it could be, and what feeds it by which way.
struct Made {
    capability: CapabilityId,
    available: Vec<i64>,
    feeders: Vec<(Made, i64, Vec<LaneId>)>,
}

impl Planner<'_> {
    /// Opens the lines of an item and of all that goes into it.
    fn node(&mut self, item: ItemId, to: Option<SiteId>) -> Made {
        let ring = self.ring;
        let (capability, mut available) = self.open(item, to).expect("somebody may make the item");
        let row = &ring.capability[capability];
        let mut feeders = Vec::new();
        for (component, quantity) in rules::components::used(ring, item, row.line_type, ring.settings.start) {
            let Component::Item(child) = component else { continue };
            if !ring.is_made(child) {
                continue;
            }
            let feeder = self.node(child, Some(row.site));
            let path = self.path(ring.capability[feeder.capability].site, Node::Site(row.site)).expect("a way");
            let lag: usize = path.iter().map(|l| rules::lag::of_lane(ring, *l)).sum();
            let per = quantity.ticks() / 1_000;
            let (mut here, mut used) = (0, 0);
            for (t, mine) in available.iter_mut().enumerate() {
                here += if t >= lag { feeder.available[t - lag] } else { 0 };
                *mine = (*mine).min(here / per - used);
                used += *mine;
            }
            feeders.push((feeder, per, path));
        }
        Made { capability, available, feeders }
    }

    /// Makes the wanted pieces, and what goes into them as early as it can be made.
    fn commit(&mut self, node: &Made, wanted: &[i64]) {
        self.make(node.capability, wanted);
        for (feeder, per, path) in &node.feeders {
            let mut left: i64 = wanted.iter().sum::<i64>() * per;
            let early: Vec<i64> = feeder
                .available
                .iter()
                .map(|made| {
                    let take = (*made).min(left);
                    left -= take;
                    take
                })
                .collect();
            self.commit(feeder, &early);
            self.ship(self.ring.capability[feeder.capability].item, path, &early);
        }
    }

    /// The capability whose output counts first, of those that reach `to` and can be fed.
    fn choose(&self, item: ItemId, to: Option<SiteId>) -> Option<(usize, CapabilityId)> {
        let ring = self.ring;
        let able = |id: &CapabilityId| {
            let row = &ring.capability[*id];
            let made = |c: Component| match c {
                Component::Item(child) if ring.is_made(child) => self.choose(child, Some(row.site)).is_some(),
                Component::Item(_) | Component::Part(_) => true,
            };
            row.item == item
                && to.is_none_or(|to| self.path(row.site, Node::Site(to)).is_some())
                && rules::components::used(ring, item, row.line_type, ring.settings.start)
                    .into_iter()
                    .all(|(c, _)| made(c))
        };
        let timed = ring.capability.ids().filter(able).filter_map(|id| {
            let option = rules::line::option_of(ring, self.designs, id, 0)?;
            let from = rules::line::timing(ring, id, option, 0)?.output_from;
            (from < ring.settings.n_periods).then_some((from, id))
        });
        timed.min()
    }

    /// Opens the lines chosen for an item; its whole pieces by period.
    fn open(&mut self, item: ItemId, to: Option<SiteId>) -> Option<(CapabilityId, Vec<i64>)> {
        let ring = self.ring;
        let (_, id) = self.choose(item, to)?;
        let option = rules::line::option_of(ring, self.designs, id, 0)?;
        let timing = rules::line::timing(ring, id, option, 0)?;
        let row = &ring.capability[id];
        let [first_piece, output_from] = [timing.first_piece, timing.output_from].map(PeriodId::from_index);
        let ordered = PeriodId::from_index(0);
        self.programme.lines.push(LineOpening {
            capability: id,
            option: 0,
            ordered,
            count: self.lines,
            first_piece,
            output_from,
            stands: None,
        });
        for (skill, heads) in &option.heads {
            let absent = ring.skills[*skill].absence.get();
            let people =
                (*heads as f64 * self.work.crews[row.site] as f64 * self.lines as f64 / (1.0 - absent)).ceil() as i64;
            let (trained, from) = (Trained::Already, first_piece);
            self.programme.people.push(Staffing {
                site: row.site,
                skill: *skill,
                ready: from,
                trained,
                people,
                hire_from: from,
                train_from: from,
            });
        }
        let capacity = rules::capacity::of_line(
            ring,
            id,
            option.cycle_time_planned,
            timing.output_from,
            0.0,
            &self.work.planned[row.site],
        );
        let (mut sum, mut before) = (0, 0);
        let whole = capacity.iter().map(|c| {
            sum += c.ticks() * self.lines;
            let made = sum / 1_000 - before;
            before += made;
            made
        });
        Some((id, whole.collect()))
    }

    fn make(&mut self, capability: CapabilityId, pieces: &[i64]) {
        let ring = self.ring;
        let row = &ring.capability[capability];
        for (t, n) in pieces.iter().enumerate().filter(|(_, n)| **n > 0) {
            let (period, quantity) = (PeriodId::from_index(t), Quantity::whole(*n));
            self.programme.make.push(Make { capability, period, quantity });
            for (component, per) in rules::components::used(ring, row.item, row.line_type, ring.settings.first_day(t)) {
                if !rules::components::is_bought(ring, component) {
                    continue;
                }
                let Some((supply, _)) = ring.supply.enumerate().find(|(_, s)| s.component == component) else {
                    continue;
                };
                let lag = rules::lag::of_order(ring, supply) + self.slack;
                let period = PeriodId::from_index(t.saturating_sub(lag));
                let quantity = Quantity::from_ticks(per.ticks() * n);
                self.programme.orders.push(Order { supply, site: row.site, period, quantity });
            }
        }
    }

    /// Lanes of the way with the fewest legs.
    fn path(&self, from: SiteId, to: Node) -> Option<Vec<LaneId>> {
        let mut ways: Vec<(Node, Vec<LaneId>)> = vec![(Node::Site(from), Vec::new())];
        let mut at = 0;
        while at < ways.len() {
            let (node, way) = ways[at].clone();
            if node == to {
                return Some(way);
            }
            for (id, lane) in self.ring.lanes.enumerate() {
                if Node::Site(lane.from) == node && ways.iter().all(|w| w.0 != lane.to) {
                    ways.push((lane.to, [way.clone(), vec![id]].concat()));
                }
            }
            at += 1;
        }
        None
    }

    fn ship(&mut self, item: ItemId, path: &[LaneId], pieces: &[i64]) {
        let mut lag = 0;
        for lane in path {
            for (t, n) in pieces.iter().enumerate().filter(|(t, n)| **n > 0 && t + lag < pieces.len()) {
                let period = PeriodId::from_index(t + lag);
                self.programme.shipments.push(Shipment { lane: *lane, item, period, quantity: Quantity::whole(*n) });
            }
            lag += rules::lag::of_lane(self.ring, *lane);
        }
    }
}
