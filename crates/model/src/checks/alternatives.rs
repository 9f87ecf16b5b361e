//! RW0307: every option of `alternatives.csv`, its changes made, is a sound ring.

use crate::raw::RawRing;
use crate::ring::Ring;
use crate::tables::alternatives::AlternativeChange;
use diag::{Code, Diagnostic, Place};
use std::collections::BTreeMap;
use units::Id;

/// Cells that are read again and rows that are looked through for an address at most, all options together, so that a table
/// of many thousand options ends within seconds; an option beyond is judged when it is evaluated.
const STEPS_MAX: usize = 1_500_000;
/// What a ring costs to build besides its cells, in cells.
const STEPS_RING: usize = 1_000;

/// Every option that is no sound ring, at its first row, with the first fault of the changed ring.
///
/// `ring` is what `raw` was built to. Apart from the other checks, because each option is a ring to build.
#[must_use]
pub fn check_rw0307_alternatives_are_sound(raw: &RawRing, ring: &Ring) -> Vec<Diagnostic> {
    let mut options: BTreeMap<&str, Vec<&AlternativeChange>> = BTreeMap::new();
    let mut first: Vec<(usize, &str)> = Vec::new();
    for (id, change) in ring.alternatives.enumerate() {
        let changes = options.entry(&change.name).or_default();
        if changes.is_empty() {
            first.push((id.index(), &change.name));
        }
        changes.push(change);
    }
    let mut base = raw.clone();
    base.tables.retain(|table| table.name != "alternatives");
    let rows: usize = base.tables.iter().map(|table| table.rows.len()).sum();
    let cells: usize = base.tables.iter().map(|table| table.rows.len() * table.columns.len()).sum();
    let mut steps = 0;
    let affordable = first.into_iter().map(|(row, name)| (row, name, &options[name])).take_while(|(_, _, changes)| {
        steps += STEPS_RING + cells + changes.len() * rows;
        steps <= STEPS_MAX
    });
    affordable.filter_map(|(row, name, changes)| unsound(&base, name, changes, row)).collect()
}

/// The fault of one option, when its changes make another ring than a sound one.
fn unsound(base: &RawRing, name: &str, changes: &[&AlternativeChange], row: usize) -> Option<Diagnostic> {
    let changes = changes.iter().map(|change| (change.address.clone(), change.value.clone()));
    let faults = base.with_all(changes).and_then(|changed| Ring::build(&changed).map(drop)).err()?;
    let (fact, help) = faults.first().map(|fault| (fault.fact.as_str(), fault.help.as_str()))?;
    let more = if faults.len() > 1 { format!(" (and {} more)", faults.len() - 1) } else { String::new() };
    let fault = Diagnostic::error(Code(307), format!("option `{name}` makes a ring with a fault: {fact}{more}"), help);
    Some(fault.at(Place::row("alternatives", row), "with the changes of this option"))
}
