//! A menu: an item that is made, each item and line type once; options by falling planned cycle time.

use crate::faults::{Faults, LINE};
use model::Ring;
use model::results::LineDesign;
use units::Id;

/// Checks that every design names a made item, and no two the same line.
pub(super) fn check_all(ring: &Ring, designs: &[LineDesign], faults: &mut Faults) {
    for (at, design) in designs.iter().enumerate() {
        if design.item.index() >= ring.items.len() || !ring.is_made(design.item) {
            faults.tell(LINE, "designs are of items made", format!("design {} is of no made item", at + 1));
            continue;
        }
        if designs[..at].iter().any(|d| (d.item, d.line_type) == (design.item, design.line_type)) {
            let key = &ring.items[design.item].key;
            faults.tell(LINE, "each line has one menu", format!("`{key}` ({}) has two menus", design.line_type));
        }
    }
}

/// Checks the order of the options.
pub(super) fn check(design: &LineDesign, faults: &mut Faults) {
    for (at, pair) in design.options.windows(2).enumerate() {
        if pair[1].cycle_time_planned > pair[0].cycle_time_planned {
            let fact = format!("option {} is slower than option {}", at + 2, at + 1);
            faults.tell(LINE, "options stand by falling cycle time", fact);
        }
    }
}
