//! What a programme has only one source of.

use crate::{components, lag};
use model::Ring;
use model::ids::{Component, ItemId, SiteId, SupplierId};
use model::results::Programme;
use model::results::resilience::SingleSource;
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// Items made at one site only from a period on, and components of what is made there that one supplier, or several of one
/// region, can send in that period; sorted. Regions left empty count as unknown, not as the same.
#[must_use]
pub fn of(ring: &Ring, programme: &Programme, from: usize) -> Vec<SingleSource> {
    let mut sites: BTreeMap<ItemId, BTreeSet<SiteId>> = BTreeMap::new();
    let mut bought: BTreeSet<Component> = BTreeSet::new();
    let day = ring.settings.first_day(from);
    for row in programme.make.iter().filter(|m| m.period.index() >= from && !m.quantity.is_zero()) {
        let line = &ring.capability[row.capability];
        sites.entry(line.item).or_default().insert(line.site);
        let uses = components::used(ring, line.item, line.line_type, day);
        bought.extend(uses.into_iter().map(|(c, _)| c).filter(|c| components::is_bought(ring, *c)));
    }
    let mut all: Vec<SingleSource> = sites
        .into_iter()
        .filter(|(_, sites)| sites.len() == 1)
        .flat_map(|(item, sites)| sites.into_iter().map(move |site| SingleSource::Site(item, site)))
        .collect();
    for component in bought {
        let sources =
            || ring.supply.enumerate().filter(|(id, s)| s.component == component && lag::takes_orders(ring, *id, from));
        let suppliers: BTreeSet<SupplierId> = sources().map(|(_, s)| s.supplier).collect();
        let regions: BTreeSet<&str> = sources().map(|(_, s)| s.region.as_str()).collect();
        match (suppliers.first(), regions.first()) {
            (Some(only), _) if suppliers.len() == 1 => all.push(SingleSource::Supplier(component, *only)),
            (Some(_), Some(region)) if regions.len() == 1 && !region.is_empty() => {
                all.push(SingleSource::Region(component, (*region).to_owned()));
            }
            _ => {}
        }
    }
    all.sort();
    all
}
