//! The result tables: complete, rectangular, with the numbers of the results.

use crate::sample::Sample;
use model::results::table::Cell;
use std::collections::BTreeSet;

#[test]
fn tables_are_rectangular_and_named_once() {
    let sample = Sample::new();
    let tables = report::tables(&sample.dossier());
    let names: BTreeSet<&str> = tables.iter().map(|t| t.name.as_str()).collect();
    assert_eq!(names.len(), tables.len());
    assert!(tables.len() >= 20);
    for t in &tables {
        assert!(!t.doc.is_empty() && t.columns.iter().all(|c| !c.name.is_empty() && !c.doc.is_empty()), "{}", t.name);
        assert!(t.rows.iter().all(|r| r.len() == t.columns.len()), "{}", t.name);
    }
}

#[test]
fn every_table_that_the_page_names_is_there() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    let names: BTreeSet<String> = report::tables(&sample.dossier()).into_iter().map(|t| t.name).collect();
    let inputs: BTreeSet<&str> = model::schema::TABLES.iter().map(|t| t.name).collect();
    for (at, _) in html.match_indices(".csv") {
        let name: String = html[..at]
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_lowercase() || *c == '_')
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect();
        assert!(
            names.contains(&name) || inputs.contains(name.as_str()),
            "{name}.csv is named on the page and is not written"
        );
    }
}

#[test]
fn sums_of_tables_are_those_of_the_plan() {
    let sample = Sample::new();
    let tables = report::tables(&sample.dossier());
    let costs = tables.iter().find(|t| t.name == "programme_costs").unwrap();
    let amount = costs.columns.iter().position(|c| c.name == "amount").unwrap();
    let sum: f64 =
        costs.rows.iter().map(|r| if let Cell::Number { value, .. } = r[amount] { value } else { 0.0 }).sum();
    assert!((sum - 61_000.0).abs() < 1e-9);
    let summary = tables.iter().find(|t| t.name == "summary").unwrap();
    let value = |name: &str| summary.rows.iter().find(|r| r[0].text() == name).map(|r| r[1].text());
    assert_eq!(value("served_share").as_deref(), Some("0.950000"));
    assert_eq!(value("cost_cash").as_deref(), Some("60600.00"));
    // In none of the runs is all replenishment there by the end: 12 to 15 of 16.
    assert_eq!(value("all_met_share").as_deref(), Some("0.0000"));
}
