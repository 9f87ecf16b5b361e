//! Options: what `alternatives.csv` offers to decide between.

use crate::change::Change;
use model::{Address, Ring};

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

/// Designs on the frontier of cost against resilience that the ring does not name: the cheapest plan with at least so many qualified sites
/// for each item, from 1 up to a number, but for what the ring asks already and names that are taken.
#[must_use]
pub fn frontier(ring: &Ring, sites_max: usize) -> Vec<Choice> {
    let asked = |n: &usize| *n != ring.settings.qualified_sites_min;
    let design = |n: usize| Choice {
        name: format!("frontier-{n}"),
        label: frontier_label(n),
        changes: vec![(Address::Setting(QUALIFIED_SITES_MIN.to_owned()), n.to_string())],
    };
    let free = |choice: &Choice| ring.alternatives.iter().all(|row| row.name != choice.name);
    (1..=sites_max).filter(asked).map(design).filter(free).collect()
}

/// The setting that designs on the frontier differ in.
const QUALIFIED_SITES_MIN: &str = "policy.qualified_sites_min";

/// What a design on the frontier is called.
fn frontier_label(sites: usize) -> String {
    match sites {
        1 => "Cheapest with one site for each item".to_owned(),
        n => format!("Cheapest with {n} sites for each item"),
    }
}
