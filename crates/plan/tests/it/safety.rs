//! Safety stock: a plan keeps it, it never costs less, and where it cannot be kept the refusal says how much can.

use crate::common::Case;
use model::results::Status;
use model::{RawRing, RawTable};
use testring::{Shape, generate};

/// A ring that keeps so many pieces of something at a place from a day on.
fn keeping(mut raw: RawRing, place: &str, thing: &str, pieces: &str, from: &str) -> RawRing {
    let columns = ["place", "thing", "quantity", "from"].map(str::to_owned).to_vec();
    let row = [place, thing, pieces, from].map(str::to_owned).to_vec();
    match raw.tables.iter_mut().find(|t| t.name == "safety_stock") {
        Some(table) => table.rows.push(row),
        None => raw.tables.push(RawTable { name: "safety_stock".to_owned(), columns, rows: vec![row] }),
    }
    raw
}

#[test]
fn it_is_kept_and_never_costs_less() {
    let (mut kept, mut dearer) = (0, 0);
    for seed in 0..40 {
        let shape = Shape { periods: 8, ..Shape::smallest() };
        let raw = generate(seed, &shape);
        let place = raw.table("sites").unwrap().cell(0, "site").unwrap().to_owned();
        let part = raw.table("supply").and_then(|t| t.cell(0, "part")).unwrap().to_owned();
        let Some(plain) = Case::new(&raw).exact() else { continue };
        for (thing, pieces) in [("i0", "2.5"), (part.as_str(), "7")] {
            let case = Case::new(&keeping(raw.clone(), &place, thing, pieces, "2027-02-15"));
            let Some(out) = case.exact() else { continue };
            case.assert_holds(&out.best);
            kept += 1;
            let proven = plain.status == Status::Optimal && out.status == Status::Optimal;
            let (without, with) = (plain.best.cost.as_f64(), out.best.cost.as_f64());
            if proven {
                assert!(with >= without - 1.0 - 1e-6 * without, "seed {seed}: {with} with, {without} without");
            }
            dearer += usize::from(with > without + 1.0);
        }
    }
    assert!(kept >= 30 && dearer >= 10, "{kept} kept, {dearer} dearer");
}

#[test]
fn units_are_kept_at_a_customer() {
    let mut kept = 0;
    for seed in 0..20 {
        let raw = generate(seed, &Shape { periods: 8, ..Shape::smallest() });
        let case = Case::new(&keeping(raw, "k0", "i0", "1", "2027-02-15"));
        if let Some(out) = case.exact() {
            case.assert_holds(&out.best);
            kept += 1;
        }
    }
    assert!(kept >= 12, "{kept} kept");
}

#[test]
fn what_cannot_be_kept_is_said() {
    let raw = generate(1, &Shape { periods: 8, ..Shape::smallest() });
    let place = raw.table("sites").unwrap().cell(0, "site").unwrap().to_owned();
    let case = Case::new(&keeping(raw, &place, "i0", "100000", "2027-01-11"));
    let options = plan::Options::of(model::control::Effort::Quick);
    let faults = plan::solve(&case.problem(), &options, &model::control::Control::unlimited()).unwrap_err();
    let told = faults.iter().flat_map(|f| &f.labels).any(|l| l.text.contains("can be kept"));
    assert!(told, "{faults:#?}");
}
