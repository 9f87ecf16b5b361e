//! Why two studies differ: one changed input after the other, then the other choice of sites and lines.
//!
//! From the first ring with its own sites and lines, changed inputs are put in place one by one in the order of the tables,
//! and everything but sites and lines is decided anew each time. What then remains to the second study is what its other
//! sites, lines and layouts bring. The steps add up to the whole difference; another order would share it out
//! differently where inputs act together.

use crate::outcome::{Problem, Study};
use crate::retime::retime;
use crate::value::value_of;
use diag::Diagnostic;
use model::control::Control;
use model::results::LineDesign;
use model::results::decision::Value;
use model::{Address, RawRing, Ring};
use std::sync::atomic::AtomicBool;

/// Steps at most; beyond that the inputs of a table are put in place together.
const STEPS_MAX: usize = 32;

/// What was put in place in a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// One input.
    Input(Address),
    /// Some inputs of a table, or of the settings (`ring`).
    Inputs(String, usize),
    /// The sites, lines and layouts of the second study.
    Choice,
}

/// A step with the value after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What was put in place.
    pub step: Step,
    /// What the ring is worth after it.
    pub value: Value,
}

/// Why there are no causes.
#[derive(Debug, Clone, PartialEq)]
pub enum NoCauses {
    /// One of the studies has no programme.
    NoProgramme,
    /// The rings differ in what there is, not only in how much: sites, items or other rows.
    OtherRows(String),
    /// A ring on the way is not sound or cannot be planned.
    Between(Vec<Diagnostic>),
}

/// The value of the first study and the steps to the second.
///
/// # Errors
/// [`NoCauses`].
pub fn causes(
    (from, of_from): (&Problem<'_>, &Study),
    (to, of_to): (&Problem<'_>, &Study),
    stop: &AtomicBool,
) -> Result<(Value, Vec<Cause>), NoCauses> {
    let (Some(before), Some(after)) = (&of_from.programme, &of_to.programme) else { return Err(NoCauses::NoProgramme) };
    if let Some(table) = other_rows(from.raw, to.raw) {
        return Err(NoCauses::OtherRows(table));
    }
    let kept = plan::FirstStage::of(before);
    let valued = |raw: &RawRing, designs: &[LineDesign], first: &plan::FirstStage| {
        let ring = Ring::build(raw)?;
        let designs = retime(&ring, designs);
        let problem = plan::Problem { ring: &ring, designs: &designs };
        let programme = plan::evaluate(&problem, first, &Control::new(stop, u64::MAX, &|_| {}))?;
        Ok(value_of(&ring, &programme))
    };
    let start = valued(from.raw, &of_from.designs, &kept).map_err(NoCauses::Between)?;
    let mut raw = from.raw.clone();
    let mut steps = Vec::new();
    for (step, addresses) in steps_of(changed(from.raw, to.raw)) {
        for address in &addresses {
            put(&mut raw, to.raw, address);
        }
        let value = valued(&raw, &of_from.designs, &kept).map_err(NoCauses::Between)?;
        steps.push(Cause { step, value });
    }
    let value = valued(to.raw, &of_to.designs, &plan::FirstStage::of(after)).map_err(NoCauses::Between)?;
    steps.push(Cause { step: Step::Choice, value });
    Ok((start, steps))
}

/// The first table whose rows are not the same things.
fn other_rows(a: &RawRing, b: &RawRing) -> Option<String> {
    let keys = |raw: &RawRing, schema: &model::schema::Table| -> Vec<String> {
        let table = raw.table(schema.name);
        table.map_or_else(Vec::new, |t| (0..t.rows.len()).map(|row| schema.key_of(t, row)).collect())
    };
    let shapes = model::schema::TABLES.iter().filter(|t| !ONLY_TOLD.contains(&t.name));
    shapes.into_iter().find(|t| keys(a, t) != keys(b, t)).map(|t| t.name.to_owned())
}

/// Tables that no plan reads.
const ONLY_TOLD: &[&str] = &["gates", "decisions", "readiness", "alternatives", "assumptions"];

/// Addresses of all inputs that a plan reads and whose text differs, in the order of the tables.
fn changed(a: &RawRing, b: &RawRing) -> Vec<Address> {
    let mut found: Vec<Address> = Vec::new();
    let read = |path: &str| !path.starts_with("gates.") && path != "ring.name";
    for setting in a.settings.iter().chain(&b.settings).filter(|s| read(&s.path)) {
        let address = Address::setting(&setting.path);
        if a.setting(&setting.path) != b.setting(&setting.path) && !found.contains(&address) {
            found.push(address);
        }
    }
    for schema in model::schema::TABLES.iter().filter(|t| !ONLY_TOLD.contains(&t.name)) {
        let (Some(own), Some(other)) = (a.table(schema.name), b.table(schema.name)) else { continue };
        for row in 0..own.rows.len() {
            for column in schema.columns {
                let text = |table: &model::raw::RawTable| table.cell(row, column.name).unwrap_or("").to_owned();
                if text(own) != text(other) {
                    found.push(Address::cell(schema.name, &schema.key_of(own, row), column.name));
                }
            }
        }
    }
    // An empty number stands for what its assumption says.
    let (Some(own), Some(other)) = (a.table("assumptions"), b.table("assumptions")) else { return found };
    let schema = model::schema::table("assumptions").expect("the schema has assumptions");
    for row in 0..own.rows.len() {
        let key = schema.key_of(own, row);
        let Some(there) = schema.find_row(other, &key) else { continue };
        let empty = key.parse().is_ok_and(|address| a.get(&address).is_some_and(str::is_empty));
        if empty && own.cell(row, "mode") != other.cell(there, "mode") {
            found.push(Address::cell("assumptions", &key, "mode"));
        }
    }
    found
}

/// One step an input, or one a table when there are too many.
fn steps_of(changed: Vec<Address>) -> Vec<(Step, Vec<Address>)> {
    if changed.len() <= STEPS_MAX {
        return changed.into_iter().map(|address| (Step::Input(address.clone()), vec![address])).collect();
    }
    let table = |address: &Address| match address {
        Address::Setting(_) => "ring".to_owned(),
        Address::Cell { table, .. } => table.clone(),
    };
    let mut steps: Vec<(String, Vec<Address>)> = Vec::new();
    for address in changed {
        match steps.last_mut() {
            Some((name, together)) if *name == table(&address) => together.push(address),
            _ => steps.push((table(&address), vec![address])),
        }
    }
    steps.into_iter().map(|(name, together)| (Step::Inputs(name, together.len()), together)).collect()
}

/// Puts one input of another ring in place, with what that ring is not sure of about it.
fn put(raw: &mut RawRing, other: &RawRing, address: &Address) {
    raw.set(address, other.get(address).unwrap_or(""));
    if matches!(address, Address::Cell { table, .. } if table == "assumptions") {
        return;
    }
    // A range around the old value need not hold the new one.
    for column in ["low", "mode", "high"] {
        let about = Address::cell("assumptions", &address.to_string(), column);
        let text = other.get(&about).unwrap_or("").to_owned();
        raw.set(&about, &text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(k: usize) -> Address {
        Address::cell(if k < 20 { "sites" } else { "tasks" }, &format!("k{k}"), "x")
    }

    #[test]
    fn few_inputs_stand_alone_and_many_by_table() {
        let few = steps_of((0..3).map(address).collect());
        assert_eq!(
            few.iter().map(|(s, a)| (s.clone(), a.len())).collect::<Vec<_>>(),
            [(Step::Input(address(0)), 1), (Step::Input(address(1)), 1), (Step::Input(address(2)), 1)]
        );
        let many: Vec<(Step, usize)> =
            steps_of((0..40).map(address).collect()).into_iter().map(|(s, a)| (s, a.len())).collect();
        assert_eq!(many, [(Step::Inputs("sites".to_owned(), 20), 20), (Step::Inputs("tasks".to_owned(), 20), 20)]);
    }
}
