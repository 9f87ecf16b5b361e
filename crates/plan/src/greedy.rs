//! Sites and lines put together by a rule, for rings whose relaxation does not end within the limit of work.
//!
//! From the product down to its parts: cells are ordered as early as they can be, those with most pieces per person
//! first, at sites from which lanes lead to where the pieces are used, until they make what the later demand asks for.
//! Nothing is proven by it; it gives the reader a programme to improve.

use crate::data::{Data, Line};
use crate::key::Key;
use crate::recourse::Fixed;
use model::ids::{CapabilityId, Component, ItemId, Node, SiteId};
use model::tables::capability::LineType;
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// Capacity aimed at over demand: what late starts and uneven sites take.
const SLACK: f64 = 1.15;

/// Sites and lines for the later demand of the product.
pub(crate) fn first_stage(data: &Data<'_>) -> Fixed {
    let ring = data.ring;
    let mut greedy = Greedy::new(data);
    let product = ring.settings.product;
    let mut needs: BTreeMap<ItemId, Vec<(Option<SiteId>, f64)>> = BTreeMap::new();
    needs.insert(product, vec![(None, later_rate(data) * SLACK)]);
    let made = ring.made_within(product);
    for (item, _) in made.iter().rev() {
        let mut makers: BTreeMap<SiteId, f64> = BTreeMap::new();
        for (to, need) in needs.remove(item).unwrap_or_default() {
            for (site, pieces) in greedy.order(*item, to, need) {
                *makers.entry(site).or_default() += pieces;
            }
        }
        greedy.qualify(*item);
        for (component, each) in ring.bom_of(*item, None) {
            if let Component::Item(child) = component {
                let uses = makers.iter().map(|(site, pieces)| (Some(*site), pieces * each.as_f64()));
                needs.entry(child).or_default().extend(uses);
            }
        }
    }
    greedy.open_sites()
}

/// Pieces of the product asked for per period in the second half of the horizon.
fn later_rate(data: &Data<'_>) -> f64 {
    let half = data.n / 2;
    let asked = data.ring.demand.iter().filter(|d| d.item == data.ring.settings.product && d.period.index() >= half);
    asked.map(|d| d.quantity.as_f64()).sum::<f64>() / (data.n - half) as f64
}

/// What is left of a site.
struct Room {
    floor_m2: f64,
    people: i64,
}

struct Greedy<'d, 'a> {
    data: &'d Data<'a>,
    rooms: BTreeMap<SiteId, Room>,
    /// Earliest cells that can have what they use, by item, most pieces per person first.
    cells: BTreeMap<ItemId, Vec<&'d Line>>,
    /// Sites that a site's pieces can reach, itself included.
    reach: BTreeMap<SiteId, BTreeSet<SiteId>>,
    /// Capacity ordered and not yet spoken for.
    spare: BTreeMap<(ItemId, SiteId), f64>,
    fixed: Fixed,
}

impl<'d, 'a> Greedy<'d, 'a> {
    fn new(data: &'d Data<'a>) -> Self {
        let rooms = data.ring.sites.enumerate();
        let rooms = rooms.map(|(id, s)| (id, Room { floor_m2: s.floor_m2, people: s.labour_pool })).collect();
        let reach: BTreeMap<_, _> = data.ring.sites.ids().map(|site| (site, reached(data, site))).collect();
        let mut cells: BTreeMap<ItemId, Vec<&Line>> = BTreeMap::new();
        for (item, _) in data.ring.made_within(data.ring.settings.product) {
            let mut lines = earliest(data, item);
            lines.retain(|line| {
                data.ring.bom_of(item, None).all(|(component, _)| match component {
                    Component::Item(child) if data.ring.is_made(child) => {
                        cells.get(&child).is_some_and(|made| made.iter().any(|l| reach[&l.site].contains(&line.site)))
                    }
                    _ => true,
                })
            });
            let per_person = |line: &Line| best_capacity(line) / people_of(line).max(1) as f64;
            lines.sort_by(|a, b| per_person(b).total_cmp(&per_person(a)).then(a.capability.cmp(&b.capability)));
            cells.insert(item, lines);
        }
        let mut greedy = Self { data, rooms, cells, reach, spare: BTreeMap::new(), fixed: Fixed::default() };
        greedy.keep_what_stands();
        greedy
    }

    /// Lines that stand run as soon as they can, and what they make need not be ordered.
    fn keep_what_stands(&mut self) {
        let data = self.data;
        for (id, row) in data.ring.standing_lines.enumerate() {
            let Some(line) = data.lines.iter().find(|l| l.stands == Some(id)) else { continue };
            let room = self.rooms.get_mut(&line.site).expect("every site has its room");
            room.floor_m2 -= row.lines as f64 * line.floor_m2;
            room.people -= row.lines * people_of(line);
            self.fixed.lines.insert(line.key(), row.lines);
            let item = data.ring.capability[line.capability].item;
            *self.spare.entry((item, line.site)).or_default() += row.lines as f64 * best_capacity(line);
        }
        for slot in &data.slots {
            if rules::standing::site_ready(data.ring, slot.site).is_some() {
                self.fixed.open.insert(Key::Open(slot.site, slot.opened), 1.0);
            }
        }
    }

    /// Orders cells until `need` pieces a period of an item can come to a site (anywhere when none); says who makes them.
    fn order(&mut self, item: ItemId, to: Option<SiteId>, need: f64) -> Vec<(SiteId, f64)> {
        let (mut left, mut makers) = (need, Vec::new());
        let comes = |from: SiteId| to.is_none_or(|to| self.reach[&from].contains(&to));
        let lines = self.cells.get(&item).into_iter().flatten().copied();
        let lines: Vec<&Line> = lines.filter(|l| comes(l.site)).collect();
        let from: BTreeSet<SiteId> = self.rooms.keys().copied().filter(|s| comes(*s)).collect();
        for ((_, site), spare) in self.spare.iter_mut().filter(|((i, s), _)| *i == item && from.contains(s)) {
            let taken = spare.min(left);
            (*spare, left) = (*spare - taken, left - taken);
            makers.push((*site, taken));
        }
        for line in lines {
            if left <= 1e-9 {
                break;
            }
            let capacity = self.take(line, (left / best_capacity(line)).ceil()) as f64 * best_capacity(line);
            let taken = capacity.min(left);
            left -= taken;
            *self.spare.entry((item, line.site)).or_default() += capacity - taken;
            makers.push((line.site, taken));
        }
        makers.retain(|(_, pieces)| *pieces > 0.0);
        makers
    }

    /// Orders cells at more sites until as many can make an item as must be qualified.
    fn qualify(&mut self, item: ItemId) {
        for line in self.cells.get(&item).cloned().unwrap_or_default() {
            let rows = self.fixed.lines.keys().map(|(c, ..)| &self.data.ring.capability[*c]);
            let sites: BTreeSet<SiteId> = rows.filter(|row| row.item == item).map(|row| row.site).collect();
            if sites.len() >= self.data.ring.settings.qualified_sites_min {
                return;
            }
            if !sites.contains(&line.site) {
                self.take(line, 1.0);
            }
        }
    }

    /// Orders up to `wanted` lines where there is room; says how many. A capability row is ordered in one layout only.
    fn take(&mut self, line: &Line, wanted: f64) -> i64 {
        if self.fixed.lines.keys().any(|(capability, ..)| *capability == line.capability) {
            return 0;
        }
        let room = self.rooms.get_mut(&line.site).expect("every site has its room");
        let by_floor = if line.floor_m2 > 0.0 { (room.floor_m2 / line.floor_m2).floor() } else { f64::INFINITY };
        let by_people = (room.people / people_of(line).max(1)) as f64;
        let most = self.data.ring.capability[line.capability].lines_max as f64;
        let count = wanted.min(by_floor).min(by_people).min(most).max(0.0) as i64;
        if count > 0 {
            room.floor_m2 -= count as f64 * line.floor_m2;
            room.people -= count * people_of(line);
            self.fixed.lines.insert(line.key(), count);
        }
        count
    }

    /// Opens each site as late as its first line allows.
    fn open_sites(mut self) -> Fixed {
        let mut first: BTreeMap<SiteId, usize> = BTreeMap::new();
        for (capability, _, ordered, _) in self.fixed.lines.keys().filter(|key| key.3.is_none()) {
            let at = first.entry(self.data.site_of(*capability)).or_insert(*ordered);
            *at = (*at).min(*ordered);
        }
        first.retain(|site, _| rules::standing::site_ready(self.data.ring, *site).is_none());
        for (site, ordered) in first {
            let slots = self.data.slots.iter().filter(|s| s.site == site && s.ready <= ordered);
            if let Some(slot) = slots.max_by_key(|s| s.opened) {
                self.fixed.open.insert(Key::Open(site, slot.opened), 1.0);
            }
        }
        self.fixed
    }
}

/// Sites that pieces from a site can reach over lanes, itself included.
fn reached(data: &Data<'_>, from: SiteId) -> BTreeSet<SiteId> {
    let (mut at, mut open) = (BTreeSet::from([from]), vec![from]);
    while let Some(site) = open.pop() {
        for lane in data.ring.lanes.iter().filter(|l| l.from == site) {
            if let Node::Site(to) = lane.to
                && at.insert(to)
            {
                open.push(to);
            }
        }
    }
    at
}

/// The earliest order of each cell and option of an item.
fn earliest<'d>(data: &'d Data<'_>, item: ItemId) -> Vec<&'d Line> {
    let mut lines: BTreeMap<(CapabilityId, usize), &Line> = BTreeMap::new();
    for line in &data.lines {
        let row = &data.ring.capability[line.capability];
        let is_new = line.stands.is_none() && row.line_type == LineType::Cell;
        if row.item == item && is_new && best_capacity(line) > 0.0 {
            lines.entry((line.capability, line.option)).or_insert(line);
        }
    }
    lines.into_values().collect()
}

fn best_capacity(line: &Line) -> f64 {
    line.capacity.iter().map(|c| c.as_f64()).fold(0.0, f64::max)
}

fn people_of(line: &Line) -> i64 {
    line.people.iter().map(|(_, n)| n).sum()
}
