//! Which inputs a stage reads, as text: what it never reads must not make it run again.
//!
//! Lists of what is *not* read are short and safe to leave too short. A test changes whole columns of the tables left out
//! and sees the stage's result stay.

use model::{RawRing, Ring};

/// Tables that only decide reads. Of assumptions the stages before it see the values that stand in for empty cells.
const DECIDE_ONLY: &[&str] = &["gates", "decisions", "readiness", "alternatives", "assumptions"];
/// Tables that the layout of lines does not read beside those.
const NOT_BALANCE: &[&str] = &["lanes", "supply", "outages", "recovery"];

/// What the layout of lines reads.
pub(crate) fn of_menus(ring: &Ring, raw: &RawRing) -> Vec<u8> {
    text(ring, raw, |table| !DECIDE_ONLY.contains(&table) && !NOT_BALANCE.contains(&table))
}

/// What plan, simulation and the values of versions of the ring read.
pub(crate) fn of_plan(ring: &Ring, raw: &RawRing) -> Vec<u8> {
    text(ring, raw, |table| !DECIDE_ONLY.contains(&table))
}

/// Everything.
pub(crate) fn of_decision(ring: &Ring, raw: &RawRing) -> Vec<u8> {
    let mut all = text(ring, raw, |_| true);
    for setting in &raw.settings {
        field(&mut all, &setting.path);
        field(&mut all, &setting.value);
    }
    all
}

/// The tables as written, each field with its length before it, so that no two rings have one text.
fn text(ring: &Ring, raw: &RawRing, is_read: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut all = Vec::new();
    for setting in raw.settings.iter().filter(|s| !s.path.starts_with("gates.")) {
        field(&mut all, &setting.path);
        field(&mut all, &setting.value);
    }
    for table in raw.tables.iter().filter(|t| is_read(&t.name)) {
        field(&mut all, &table.name);
        field(&mut all, &format!("{} x {}", table.rows.len(), table.columns.len()));
        table.columns.iter().chain(table.rows.iter().flatten()).for_each(|cell| field(&mut all, cell));
    }
    for assumption in ring.assumptions.iter().filter(|a| a.is_missing) {
        field(&mut all, &assumption.address.to_string());
        field(&mut all, &format!("{:?}", assumption.mode));
    }
    all
}

fn field(all: &mut Vec<u8>, text: &str) {
    all.extend_from_slice(&(text.len() as u64).to_le_bytes());
    all.extend_from_slice(text.as_bytes());
}
