//! What must hold of every answer, whatever came in.
#![allow(dead_code, reason = "each target uses a part of it")]

use ring_io::{Limits, Loaded, Refused, read_ring_in_memory, render};
use std::collections::BTreeMap;

/// A sound ring to put the fuzzed file into.
pub fn base() -> BTreeMap<String, Vec<u8>> {
    macro_rules! files {
        ($($name:literal),*) => {
            BTreeMap::from([$(($name.to_owned(), include_bytes!(concat!("../../cases/base-full/", $name)).to_vec())),*])
        };
    }
    files![
        "ring.toml", "items.csv", "revisions.csv", "bom.csv", "parts.csv", "tasks.csv", "task_parts.csv",
        "equipment.csv", "sites.csv", "capability.csv", "lanes.csv", "supply.csv", "workforce.csv", "people.csv",
        "calendars.csv", "outages.csv", "recovery.csv", "demand.csv", "exercises.csv", "opening.csv", "gates.csv",
        "alternatives.csv", "assumptions.csv"
    ]
}

/// Reads a ring and asserts what must hold of the answer.
pub fn check(files: &BTreeMap<String, Vec<u8>>) {
    let limits = Limits::default();
    let first = read_ring_in_memory(files, "ring", &limits);
    answer(&first);
    if let Err(refused) = first {
        // The same bytes give the same faults.
        assert_eq!(Some(refused), read_ring_in_memory(files, "ring", &limits).err());
    }
}

/// Asserts that a refusal can be shown.
pub fn answer(read: &Result<Loaded, Refused>) {
    let Err(refused) = read else { return };
    assert!(!refused.faults.is_empty());
    for fault in &refused.faults {
        assert!(!fault.diagnostic.help.is_empty() && fault.diagnostic.code.entry().is_some());
    }
    let text = render::render_text(&refused.faults, render::Colour::Never);
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    assert_eq!(render::render_json(&refused.faults, refused.more)["version"], 1);
}
