//! What a stage is said not to read does not change its result: whole columns of numbers are changed, one after another.

use crate::common::example;
use model::control::Effort;
use model::{RawRing, Ring};
use study::{Hands, Options, Problem, Stage, Study};

fn until(raw: &RawRing, ring: &Ring, stage: Stage) -> Study {
    let options = Options { until: stage, ..Options::of(Effort::Quick) };
    study::solve(&Problem { ring, raw }, &options, Hands::free()).best
}

/// Each way to stretch every number of one column of the named tables, or to lengthen its words where they are free, that
/// leaves a sound ring. Of assumptions the mode is left alone: it stands in for empty cells, which earlier stages do read.
fn changed(raw: &RawRing, tables: &[&str]) -> Vec<(String, RawRing, Ring)> {
    let mut all = Vec::new();
    for (t, table) in raw.tables.iter().enumerate().filter(|(_, table)| tables.contains(&table.name.as_str())) {
        for (c, column) in table.columns.iter().enumerate().filter(|(_, column)| *column != "mode") {
            let is_free = ["name", "source", "question"].contains(&column.as_str());
            for factor in [1.5, 0.75] {
                let mut other = raw.clone();
                for row in &mut other.tables[t].rows {
                    row[c] = match row[c].parse::<f64>() {
                        Ok(number) if number.fract() == 0.0 => format!("{}", (number * factor).ceil()),
                        Ok(number) => format!("{:.3}", number * factor),
                        Err(_) if is_free => format!("{} {factor}", row[c]),
                        Err(_) => row[c].clone(),
                    };
                }
                if other != *raw
                    && let Ok(ring) = Ring::build(&other)
                {
                    all.push((format!("{}/{column} x {factor}", table.name), other, ring));
                }
            }
        }
    }
    all
}

#[test]
fn a_layout_does_not_follow_from_lanes_supply_outages_and_recovery() {
    let (raw, ring) = example("pilot");
    let before = until(&raw, &ring, Stage::Balance).designs;
    let tries = changed(&raw, &["lanes", "supply", "outages", "recovery", "gates", "alternatives", "assumptions"]);
    assert!(tries.len() > 8, "only {} columns could be changed", tries.len());
    for (what, raw, ring) in tries {
        assert!(until(&raw, &ring, Stage::Balance).designs == before, "{what} changes the layout of lines");
    }
}

#[test]
fn a_programme_does_not_follow_from_gates_alternatives_and_ranges() {
    let (raw, ring) = example("pilot");
    let before = until(&raw, &ring, Stage::Plan).programme;
    let tries = changed(&raw, &["gates", "alternatives", "assumptions"]);
    assert!(tries.len() > 2, "only {} columns could be changed", tries.len());
    for (what, raw, ring) in tries {
        assert!(until(&raw, &ring, Stage::Plan).programme == before, "{what} changes the programme");
    }
}

#[test]
fn a_column_that_is_read_is_told_apart() {
    let (raw, ring) = example("pilot");
    let before = until(&raw, &ring, Stage::Balance).designs;
    let differs = |(_, raw, ring): &(String, RawRing, Ring)| until(raw, ring, Stage::Balance).designs != before;
    assert!(changed(&raw, &["tasks"]).iter().any(differs), "minutes of tasks must change the layout");
}
