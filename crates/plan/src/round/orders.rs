//! Orders for bought components: just in time from the cheapest source, or as the point orders; then smallest lots.

use super::lots::{self, Beyond};
use super::{Faults, Flows};
use crate::build::Build;
use crate::key::{Group, Key};
use model::ids::{Component, PeriodId, SiteId, SupplyId};
use model::results::programme::Order;
use std::collections::{BTreeMap, BTreeSet};
use units::{Id, Quantity};

/// Orders of one site and component: period and source to thousandths.
pub(super) type Placed = BTreeMap<(usize, SupplyId), i64>;

/// All orders, and notes for the reader.
pub(super) fn place(build: &Build<'_>, point: &[f64], flows: &Flows, faults: &mut Faults) -> (Vec<Order>, Vec<String>) {
    let data = build.data;
    let (mut all, mut in_lot) = (BTreeMap::new(), BTreeSet::new());
    let mut asked: BTreeMap<(SupplyId, usize), i64> = BTreeMap::new();
    let mut beyond: Vec<(SiteId, Component, Beyond)> = Vec::new();
    for ((site, component), use_by_period) in needs(build, flows) {
        let net = beyond_stock(build, site, component, &use_by_period);
        let placed = if build.is_ordered(site, component) {
            as_the_point(build, point, site, component, &net, faults)
        } else {
            just_in_time(build, component, &net, faults)
        };
        let raised = lots::raise(build, placed, &mut in_lot);
        for ((period, supply), pieces) in raised.orders {
            *asked.entry((supply, period)).or_default() += pieces;
            all.insert((supply, site, period), pieces);
        }
        beyond.extend(raised.beyond.map(|rest| (site, component, rest)));
    }
    for (site, component, rest) in beyond {
        lots::give_up_last(build, (site, component), &rest, &mut all, &mut asked);
    }
    for ((supply, _), pieces) in &asked {
        let Some(most) = data.parts.sources[*supply].capacity else {
            continue;
        };
        if *pieces > most.ticks() {
            let component = data.ring.supply[*supply].component;
            if build.detail.ordered.contains(&component) {
                faults.miss(Group::SourceCapacity(*supply), (*pieces - most.ticks()) as f64 / 1e3);
            } else {
                faults.scarce.push(component);
            }
        }
    }
    let row = |((supply, site, period), pieces): (&(SupplyId, SiteId, usize), &i64)| Order {
        supply: *supply,
        site: *site,
        period: PeriodId::from_index(*period),
        quantity: Quantity::from_ticks(*pieces),
    };
    let sources: Vec<&str> = in_lot.iter().map(|s: &SupplyId| data.ring.supply[*s].key.as_str()).collect();
    let note = match sources[..] {
        [] => None,
        [one] => Some(format!("orders from {one} are raised to its smallest lot")),
        _ => Some(format!(
            "orders from {} sources are raised to their smallest lots: {}",
            sources.len(),
            sources.join(", ")
        )),
    };
    (all.iter().filter(|(_, n)| **n > 0).map(row).collect(), note.into_iter().collect())
}

/// Use of each bought component at each site by period, millionths of a piece.
fn needs(build: &Build<'_>, flows: &Flows) -> BTreeMap<(SiteId, Component), Vec<i64>> {
    let data = build.data;
    let mut needs: BTreeMap<(SiteId, Component), Vec<i64>> = BTreeMap::new();
    for ((capability, t), made) in flows.make.iter().filter(|(_, n)| **n > 0) {
        for (component, each) in &data.recipes[*capability].uses(*t).bought {
            let row = needs.entry((data.site_of(*capability), *component)).or_insert_with(|| vec![0; data.n]);
            row[*t] += made * each.ticks();
        }
    }
    // What is kept is bought once and stays.
    for site in data.ring.sites.ids() {
        for (component, from, pieces) in rules::safety::bought(data.ring, site) {
            needs.entry((site, component)).or_insert_with(|| vec![0; data.n])[from] += pieces.ticks() * 1_000;
        }
    }
    needs
}

/// What must have been bought by each period, thousandths, running total: use so far less what is on hand by then.
fn beyond_stock(build: &Build<'_>, site: SiteId, component: Component, uses: &[i64]) -> Vec<i64> {
    let opening = build.data.parts.opening(site, component);
    let (mut used, mut there, mut bought) = (0i64, 0i64, 0i64);
    let mut net = Vec::with_capacity(uses.len());
    for (t, now) in uses.iter().enumerate() {
        used += now;
        there += opening.and_then(|rows| rows.get(&t)).map_or(0, |q| q.ticks() * 1_000);
        let short = (used - there).max(0);
        bought = bought.max((short + 999) / 1_000);
        net.push(bought);
    }
    net
}

fn just_in_time(build: &Build<'_>, component: Component, net: &[i64], faults: &mut Faults) -> Placed {
    let mut placed = Placed::new();
    let mut before = 0;
    for (t, total) in net.iter().enumerate() {
        let more = total - before;
        before = *total;
        if more == 0 {
            continue;
        }
        match build.data.parts.buy(component, t) {
            Some(buy) => *placed.entry((buy.ordered, buy.supply)).or_default() += more,
            None => faults.miss(Group::PartsInTime(component), more as f64 / 1e3),
        }
    }
    placed
}

/// The point's orders, rounded up, and cut where the running need is covered.
fn as_the_point(
    build: &Build<'_>,
    point: &[f64],
    site: SiteId,
    component: Component,
    net: &[i64],
    faults: &mut Faults,
) -> Placed {
    let data = build.data;
    let mut wanted: Vec<(usize, usize, SupplyId, i64)> = Vec::new();
    for (supply, source) in data.parts.sources.enumerate() {
        if data.ring.supply[supply].component != component {
            continue;
        }
        for t in 0..data.n {
            let value = build.col(Key::Order(supply, site, t)).map_or(0.0, |c| point[c.index()]);
            let pieces = (value * 1e3 - 1e-4).ceil() as i64;
            if pieces > 0 {
                wanted.push((t + source.lag, t, supply, pieces));
            }
        }
    }
    wanted.sort();
    let all = net.last().copied().unwrap_or(0);
    let (mut placed, mut arrived) = (Placed::new(), 0);
    let mut next = wanted.into_iter().peekable();
    for (t, total) in net.iter().enumerate() {
        while let Some((arrives, ordered, supply, pieces)) = next.next_if(|w| w.0 <= t) {
            debug_assert!(arrives <= t);
            let pieces = pieces.min(all - arrived);
            if pieces > 0 {
                *placed.entry((ordered, supply)).or_default() += pieces;
                arrived += pieces;
            }
        }
        if arrived < *total {
            // A few thousandths that rounding made short: from whoever still brings them.
            let short = total - arrived;
            match still_brings(build, component, t) {
                Some(source) => {
                    *placed.entry(source).or_default() += short;
                    arrived += short;
                }
                None => {
                    faults.miss(Group::PartsInTime(component), short as f64 / 1e3);
                    arrived = *total;
                }
            }
        }
    }
    placed
}

/// The cheapest source not left out that brings a component by a period, and the period to order it.
fn still_brings(build: &Build<'_>, component: Component, t: usize) -> Option<(usize, SupplyId)> {
    let data = build.data;
    let own = data
        .parts
        .sources
        .enumerate()
        .filter(|(id, _)| data.ring.supply[*id].component == component && !build.detail.left_out.contains(id));
    let ways = own.filter_map(|(id, source)| Some((source.price, source.order_for(t)?, id)));
    let best = ways.min_by(|a, b| a.0.total_cmp(&b.0).then(a.2.cmp(&b.2)));
    best.map(|(_, ordered, id)| (ordered, id))
}
