//! Every link leads somewhere on the page, every id is there once.

use crate::markup::elements;
use crate::sample::Sample;
use std::collections::BTreeSet;

pub(crate) fn check(html: &str) {
    let all = elements(html);
    let mut ids = BTreeSet::new();
    for (name, attributes) in &all {
        for (_, id) in attributes.iter().filter(|(k, _)| k == "id") {
            assert!(ids.insert(id.clone()), "id {id} twice, on {name}");
        }
    }
    for (name, attributes) in &all {
        for (key, value) in attributes {
            let targets: Vec<&str> = match key.as_str() {
                "href" => vec![value.trim_start_matches('#')],
                "aria-labelledby" => value.split(' ').collect(),
                _ => continue,
            };
            for target in targets {
                assert!(ids.contains(target), "{name} {key} leads to {target}, which is not there");
            }
        }
    }
}

#[test]
fn every_link_arrives() {
    let sample = Sample::new();
    check(&report::page(&sample.dossier()));
}

#[test]
fn numbers_lead_to_their_input_and_source() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    assert!(html.contains("<a href=\"#in-tasks-P1-minutes\">30</a>"), "the minutes of a task lead to the register");
    assert!(
        html.contains("id=\"in-tasks-P1-minutes\">30 <a class=\"grade\" href=\"#as-tasks-P1-minutes\""),
        "the input leads to its source"
    );
    assert!(html.contains("time study") && html.contains("M: measured in this ring"));
    assert!(html.contains("id=\"in-ring-ring.2e.periods\""), "settings have anchors");
}

#[test]
fn a_missing_number_is_marked_where_it_stands() {
    let sample = Sample::new();
    let html = report::page(&sample.dossier());
    let at = html
        .find("id=\"in-capability-birch.3a.WING.3a.cell-licence_from\"")
        .expect("the empty cell is in the register");
    assert!(html[at..at + 200].contains("missing"));
    assert!(html.contains("25\u{a0}Jan\u{a0}2027</a>"), "planned with the mode");
}
