//! What one piece uses when it is made.

use crate::effectivity;
use model::Ring;
use model::ids::{Component, ItemId};
use model::tables::capability::LineType;
use std::collections::BTreeMap;
use units::{Date, Quantity};

/// Most thousandths of a component in one piece that are told apart, far beyond any bill of materials.
const MOST: i128 = 1_000_000_000_000_000;

/// Components taken from stock for one piece of an item on a day, each once, items before parts.
///
/// A cell takes the bill of materials of the item's revision. A complete line takes that of every made item within
/// it, except the sub-assemblies it makes itself: those named by lines that hold in all revisions.
#[must_use]
pub fn used(ring: &Ring, item: ItemId, line_type: LineType, day: Date) -> Vec<(Component, Quantity)> {
    let made = match line_type {
        LineType::Cell => vec![(item, Quantity::whole(1))],
        LineType::Complete => ring.made_within(item),
    };
    let mut uses: BTreeMap<Component, i128> = BTreeMap::new();
    for (parent, pieces) in made {
        let revision = effectivity::revision_name(ring, parent, day);
        for line in ring.bom.iter().filter(|l| l.parent == parent) {
            let holds = line.revision.is_none() || line.revision.as_deref() == revision;
            let on_the_line = line_type == LineType::Complete
                && line.revision.is_none()
                && matches!(line.component, Component::Item(child) if ring.is_made(child));
            if holds && !on_the_line {
                *uses.entry(line.component).or_default() +=
                    i128::from(pieces.ticks()) * i128::from(line.quantity.ticks()) / 1_000;
            }
        }
    }
    let pieces = uses.into_iter().filter(|(_, ticks)| *ticks > 0);
    pieces.map(|(c, ticks)| (c, Quantity::from_ticks(ticks.min(MOST) as i64))).collect()
}

/// True when a component is bought: a part, or an item bought whole.
#[must_use]
pub fn is_bought(ring: &Ring, component: Component) -> bool {
    match component {
        Component::Part(_) => true,
        Component::Item(item) => !ring.is_made(item),
    }
}
