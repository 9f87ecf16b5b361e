//! Where items can be and where they can go: places that keep an item, lanes that carry it.

use super::{Account, Line, Recipe};
use model::Ring;
use model::ids::{CapabilityId, Component, CustomerId, ItemId, LaneId, Node, SiteId};
use rules::{components, lag};
use std::collections::{BTreeMap, BTreeSet};
use units::{IdVec, Quantity};

/// A lane as the plan uses it.
#[derive(Debug, Clone)]
pub(crate) struct LaneData {
    /// Periods from sending to arrival.
    pub(crate) lag: usize,
    /// Whether it carries, by period.
    pub(crate) carries: Vec<bool>,
    /// Items worth sending.
    pub(crate) items: Vec<ItemId>,
}

/// Places and lanes, without those no useful piece ever passes.
#[derive(Debug, Clone)]
pub(crate) struct Network {
    /// Sites that keep an item: it can come there and is of use from there, or is there on the first day.
    pub(crate) places: BTreeSet<(SiteId, ItemId)>,
    pub(crate) lanes: IdVec<LaneId, LaneData>,
    /// Pieces there or due by the opening table, by place and period.
    pub(crate) opening: BTreeMap<(SiteId, ItemId, usize), Quantity>,
}

impl Network {
    pub(crate) fn new(
        ring: &Ring,
        lines: &[Line],
        recipes: &IdVec<CapabilityId, Recipe>,
        accounts: &[Account],
    ) -> Self {
        let mut opening: BTreeMap<(SiteId, ItemId, usize), Quantity> = BTreeMap::new();
        for site in ring.sites.ids() {
            for (component, period, pieces) in lag::opening_stock(ring, site) {
                if let Component::Item(item) = component
                    && !components::is_bought(ring, component)
                    && !pieces.is_zero()
                {
                    *opening.entry((site, item, period)).or_default() += pieces;
                }
            }
        }
        let mut there: BTreeSet<(SiteId, ItemId)> = opening.keys().map(|(s, i, _)| (*s, *i)).collect();
        let mut comes = there.clone();
        let mut used: BTreeSet<(SiteId, ItemId)> = BTreeSet::new();
        for line in lines {
            // What is made can at least be kept, whether or not somebody uses it.
            there.insert((line.site, ring.capability[line.capability].item));
            comes.insert((line.site, ring.capability[line.capability].item));
            used.extend(recipes[line.capability].all_made().map(|i| (line.site, i)));
        }
        let wanted: BTreeSet<(CustomerId, ItemId)> = accounts.iter().map(|a| (a.customer, a.item)).collect();
        let links: Vec<(SiteId, SiteId)> = ring
            .lanes
            .iter()
            .filter_map(|l| match l.to {
                Node::Site(to) => Some((l.from, to)),
                Node::Customer(_) => None,
            })
            .collect();
        for lane in &ring.lanes {
            if let Node::Customer(customer) = lane.to {
                used.extend(wanted.iter().filter(|(c, _)| *c == customer).map(|(_, i)| (lane.from, *i)));
            }
        }
        let back: Vec<(SiteId, SiteId)> = links.iter().map(|(a, b)| (*b, *a)).collect();
        spread(&mut comes, &links);
        spread(&mut used, &back);
        let places: BTreeSet<(SiteId, ItemId)> = comes.intersection(&used).copied().chain(there).collect();
        let periods = 0..ring.settings.n_periods;
        let lanes: IdVec<LaneId, LaneData> = ring
            .lanes
            .enumerate()
            .map(|(id, lane)| {
                let reaches = |item: &ItemId| match lane.to {
                    Node::Site(to) => used.contains(&(to, *item)) && places.contains(&(to, *item)),
                    Node::Customer(to) => wanted.contains(&(to, *item)),
                };
                let items = ring.items.ids().filter(|i| places.contains(&(lane.from, *i)) && reaches(i)).collect();
                let carries = periods.clone().map(|t| lag::lane_carries(ring, id, t)).collect();
                LaneData { lag: lag::of_lane(ring, id), carries, items }
            })
            .collect();
        Self { places, lanes, opening }
    }

    /// Pieces there or due at a place in a period.
    pub(crate) fn opening_at(&self, site: SiteId, item: ItemId, period: usize) -> Quantity {
        self.opening.get(&(site, item, period)).copied().unwrap_or_default()
    }

    /// Periods in which something sent on a lane still arrives within the horizon of `n` periods.
    pub(crate) fn sendable(&self, lane: LaneId, n: usize) -> impl Iterator<Item = usize> + '_ {
        let data = &self.lanes[lane];
        (0..n.saturating_sub(data.lag)).filter(|t| data.carries[*t])
    }
}

/// Carries membership along links until nothing changes.
fn spread(at: &mut BTreeSet<(SiteId, ItemId)>, links: &[(SiteId, SiteId)]) {
    loop {
        let reached: Vec<(SiteId, ItemId)> = links
            .iter()
            .flat_map(|(from, to)| at.iter().filter(|(s, _)| s == from).map(|(_, i)| (*to, *i)).collect::<Vec<_>>())
            .filter(|place| !at.contains(place))
            .collect();
        if reached.is_empty() {
            return;
        }
        at.extend(reached);
    }
}
