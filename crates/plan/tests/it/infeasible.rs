//! Rings without a programme: the diagnostic names what is in conflict, and doing what it says helps.

use crate::common::{Case, with_cell};
use diag::{Code, Diagnostic, Place};
use model::control::{Control, Effort};
use model::{Address, RawRing};
use plan::{Options, solve};

fn refusal(raw: &RawRing) -> Vec<Diagnostic> {
    let case = Case::new(raw);
    let options = Options { gap: 0.0, iterations_max: 1_000_000, ..Options::of(Effort::Full) };
    solve(&case.problem(), &options, &Control::unlimited()).expect_err("this ring has no programme")
}

fn set(raw: &RawRing, path: &str, value: &str) -> RawRing {
    raw.with(&Address::setting(path), value).unwrap()
}

#[test]
fn a_ceiling_too_low_is_named_with_what_would_suffice() {
    let path = "partners.maker.budget.first.ceiling";
    let raw = set(&testring::tiny(), "partners.maker.budget.first.to", "2027-02-14");
    let raw = set(&raw, path, "1000");
    let faults = refusal(&raw);
    assert_eq!((faults.len(), faults[0].code), (1, Code(303)));
    let label = faults[0].labels.iter().find(|l| l.place == Place::Setting(path.to_owned())).unwrap();
    let digits: String = label.text.chars().filter(char::is_ascii_digit).collect();
    let enough: f64 = digits.parse().unwrap();
    assert!(enough > 1_000.0, "{}", label.text);
    let raised = set(&raw, path, &format!("{}", (enough * 1.001).ceil()));
    assert!(Case::new(&raised).exact().is_some(), "raised to {enough} as told");
}

#[test]
fn a_contract_that_cannot_be_met_is_named() {
    let path = "customers.c.floor";
    let raw = with_cell(set(&testring::tiny(), path, "1"), "demand", 1, "quantity", "500");
    let faults = refusal(&raw);
    assert!(faults[0].labels.iter().any(|l| l.place == Place::Setting(path.to_owned())), "{faults:?}");
}

#[test]
fn an_item_nobody_can_make_is_told_with_the_reason() {
    let late = |raw: RawRing, row| with_cell(raw, "capability", row, "licence_from", "2030-01-01");
    let faults = refusal(&late(late(testring::tiny(), 1), 2));
    assert!(faults[0].fact.contains("no line for P"), "{}", faults[0].fact);
    let all = faults[0].labels.iter().all(|l| l.text.contains("licence comes after"));
    assert!(all && faults[0].labels.len() == 2, "{:?}", faults[0].labels);
}
