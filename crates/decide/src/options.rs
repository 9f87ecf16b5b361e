//! Options: what `alternatives.csv` offers to decide between.

use crate::change::Change;
use model::Ring;

/// An option: the ring with some values changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Name.
    pub name: String,
    /// What it is called; its name when nothing is said.
    pub label: String,
    /// What changes, in table order.
    pub changes: Vec<Change>,
}

/// The options of a ring, in the order they are first named.
#[must_use]
pub fn choices(ring: &Ring) -> Vec<Choice> {
    let mut found: Vec<Choice> = Vec::new();
    for row in ring.alternatives.iter() {
        let at = found.iter().position(|c| c.name == row.name).unwrap_or_else(|| {
            found.push(Choice { name: row.name.clone(), label: String::new(), changes: Vec::new() });
            found.len() - 1
        });
        let choice = &mut found[at];
        if choice.label.is_empty() {
            choice.label.clone_from(&row.label);
        }
        choice.changes.push((row.address.clone(), row.value.clone()));
    }
    for choice in found.iter_mut().filter(|c| c.label.is_empty()) {
        choice.label.clone_from(&choice.name);
    }
    found
}
