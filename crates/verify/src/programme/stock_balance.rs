//! `stock(t) = stock(t-1) + opening due in t + made + arrived - used - sent`, `0 <= stock <= stock_max`, per site and made item.
//!
//! Counted in millionths of a piece, so that the share of a component in a piece is exact; may be off by two thousandths.

use super::subject::{Subject, shown};
use crate::faults::{Faults, PROGRAMME, thousandths, wide};
use model::ids::{Component, ItemId, Node, SiteId};
use rules::{components, lag};
use std::collections::BTreeMap;
use units::Id;

/// Most a balance may be off, thousandths.
const TOLERANCE: i128 = 2;

/// Checks every site, made item and period.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let change = changes(s);
    let mut stock: BTreeMap<(SiteId, ItemId, usize), i64> = BTreeMap::new();
    for row in &s.programme.stock {
        stock.insert((row.site, row.item, row.period.index()), row.quantity.ticks());
        let most = s.ring.items[row.item].stock_max;
        if row.quantity > most {
            let fact = format!(
                "{} pieces of {} lie at {} in period {}, {most} at most",
                row.quantity,
                s.component_name(Component::Item(row.item)),
                s.site_name(row.site),
                shown(row.period.index())
            );
            faults.tell(PROGRAMME, "stock does not exceed what may be stored", fact);
        }
    }
    for site in s.ring.sites.ids() {
        for item in s.ring.items.ids().filter(|i| s.ring.is_made(*i)) {
            let at = |t: usize| stock.get(&(site, item, t)).copied().unwrap_or(0);
            for t in 0..s.n {
                let before = if t == 0 { 0 } else { at(t - 1) };
                let moved = change.get(&(site, item, t)).copied().unwrap_or(0);
                let off = i128::from(at(t) - before) * 1_000 - moved;
                if off.abs() > TOLERANCE * 1_000 {
                    let fact = format!(
                        "stock of {} at {} at the end of period {} is {}, the flows leave {}",
                        s.component_name(Component::Item(item)),
                        s.site_name(site),
                        shown(t),
                        thousandths(at(t)),
                        thousandths(before + moved.div_euclid(1_000) as i64)
                    );
                    faults.tell(PROGRAMME, "stock is what was there, plus in, minus out", fact);
                }
            }
        }
    }
}

/// What flows change of the stock of a site and item in a period, millionths of a piece.
fn changes(s: &Subject<'_>) -> BTreeMap<(SiteId, ItemId, usize), i128> {
    let mut change: BTreeMap<(SiteId, ItemId, usize), i128> = BTreeMap::new();
    let mut add = |site, item, period, millionths| *change.entry((site, item, period)).or_default() += millionths;
    for site in s.ring.sites.ids() {
        for (component, period, pieces) in lag::opening_stock(s.ring, site) {
            if let Component::Item(item) = component {
                add(site, item, period, wide(pieces) * 1_000);
            }
        }
    }
    for row in &s.programme.make {
        let (made, period) = (&s.ring.capability[row.capability], row.period.index());
        add(made.site, made.item, period, wide(row.quantity) * 1_000);
        let day = s.ring.settings.first_day(period);
        for (component, pieces) in components::used(s.ring, made.item, made.line_type, day) {
            if let Component::Item(item) = component {
                add(made.site, item, period, -wide(row.quantity) * wide(pieces));
            }
        }
    }
    for row in &s.programme.shipments {
        let (lane, period) = (&s.ring.lanes[row.lane], row.period.index());
        add(lane.from, row.item, period, -wide(row.quantity) * 1_000);
        if let Node::Site(to) = lane.to {
            add(to, row.item, period + lag::of_lane(s.ring, row.lane), wide(row.quantity) * 1_000);
        }
    }
    change
}
