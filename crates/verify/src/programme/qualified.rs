//! For each made item in the product, at least `qualified_sites_min` sites with a line for it whose `output_from < T`.

use super::subject::Subject;
use crate::faults::{Faults, PROGRAMME};
use model::ids::{ItemId, SiteId};
use model::tables::capability::LineType;
use std::collections::BTreeSet;
use units::Id;

/// Checks every made item in the product.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let least = s.ring.settings.qualified_sites_min;
    for (item, _) in s.ring.made_within(s.ring.settings.product) {
        let sites: BTreeSet<SiteId> = s
            .programme
            .lines
            .iter()
            .filter(|r| r.output_from.index() < s.n && holds(s, r.capability, item))
            .map(|r| s.site(r.capability))
            .collect();
        if sites.len() < least {
            let key = &s.ring.items[item].key;
            let fact = format!("{} sites can make `{key}` by the last period, {least} must", sites.len());
            faults.tell(PROGRAMME, "enough sites are qualified for every made item", fact);
        }
    }
}

/// True when a line of the capability makes the item, as its own or within a complete line.
fn holds(s: &Subject<'_>, capability: model::ids::CapabilityId, item: ItemId) -> bool {
    let row = &s.ring.capability[capability];
    row.item == item
        || row.line_type == LineType::Complete && s.ring.made_within(row.item).iter().any(|(i, _)| *i == item)
}
