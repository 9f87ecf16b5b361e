//! Without a plan, a simulation, a decision or a check the page says so, and stays whole.

use crate::links;
use crate::sample::Sample;
use diag::{Code, Diagnostic, Place};

fn refusal() -> Diagnostic {
    Diagnostic::error(Code(303), "no site may make WING", "give birch a licence date")
        .at(Place::Result("programme".into()), "")
}

#[test]
fn without_a_plan_the_page_says_so_first() {
    let sample = Sample::new();
    let refusals = [refusal()];
    let dossier =
        report::Dossier { programme: None, evidence: None, decision: None, refusals: &refusals, ..sample.dossier() };
    let html = report::page(&dossier);
    links::check(&html);
    let top = &html[..html.find("<nav").unwrap()];
    assert!(
        top.contains("cannot be planned")
            && top.contains("No site may make WING.")
            && top.contains("Give birch a licence date.")
    );
    assert!(html.contains("proven least"), "the lines still stand on the page");
}

#[test]
fn a_run_that_was_stopped_is_not_called_impossible() {
    let sample = Sample::new();
    let refusals =
        [Diagnostic::error(Code(503), "the planner was stopped before it had a programme", "let it run longer")];
    let dossier =
        report::Dossier { programme: None, evidence: None, decision: None, refusals: &refusals, ..sample.dossier() };
    let html = report::page(&dossier);
    assert!(html.contains("stopped before it had a plan") && !html.contains("cannot be planned"));
    assert!(html.contains("<code>") || html.contains("Let it run longer."));
}

#[test]
fn without_simulation_decision_or_check_the_page_says_so() {
    let sample = Sample::new();
    let dossier = report::Dossier { evidence: None, decision: None, findings: None, ..sample.dossier() };
    let html = report::page(&dossier);
    links::check(&html);
    let top = &html[..html.find("<nav").unwrap()];
    assert!(top.contains("Nothing was simulated.") && top.contains("Not checked."));
    assert!(html.contains("Open questions were not weighed."));
    assert!(!html.contains("Middle run</text>"), "no invented runs");
}

#[test]
fn findings_of_the_check_stand_at_the_top() {
    let sample = Sample::new();
    let findings = [refusal()];
    let html = report::page(&report::Dossier { findings: Some(&findings), ..sample.dossier() });
    links::check(&html);
    assert!(html[..html.find("<nav").unwrap()].contains("The independent check objects."));
}

#[test]
fn nothing_at_all_is_still_a_page() {
    let sample = Sample::new();
    let dossier = report::Dossier {
        line_designs: &[],
        programme: None,
        evidence: None,
        decision: None,
        findings: None,
        ..sample.dossier()
    };
    links::check(&report::page(&dossier));
}
