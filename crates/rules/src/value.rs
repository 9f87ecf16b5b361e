//! What a piece is worth: its bought content at the cheapest source.

use crate::{components, effectivity};
use model::Ring;
use model::ids::{Component, ItemId};

/// Cheapest price plus freight of a bought component; zero when nobody supplies it.
#[must_use]
pub fn of_bought(ring: &Ring, component: Component) -> f64 {
    ring.supply
        .iter()
        .filter(|s| s.component == component)
        .map(|s| (s.price + s.freight).as_f64())
        .reduce(f64::min)
        .unwrap_or(0.0)
}

/// Value of one piece of an item: bought content down to the last sub-assembly, in the revisions of the first day.
#[must_use]
pub fn of_item(ring: &Ring, item: ItemId) -> f64 {
    if components::is_bought(ring, Component::Item(item)) {
        return of_bought(ring, Component::Item(item));
    }
    let revision = effectivity::revision_name(ring, item, ring.settings.start);
    let worth = |component| match component {
        Component::Item(child) => of_item(ring, child),
        Component::Part(_) => of_bought(ring, component),
    };
    ring.bom_of(item, revision).map(|(component, pieces)| worth(component) * pieces.as_f64()).sum()
}
