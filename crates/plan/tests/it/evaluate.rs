//! With sites and lines given: the rest is planned as well as in the plan itself, also when the ring changes a little.

use crate::common::{Case, with_cell};
use model::control::Control;
use plan::{FirstStage, evaluate};
use testring::{Shape, generate};
use units::Id;

#[test]
fn the_plan_s_own_first_stage_costs_no_more() {
    for seed in 0..20 {
        let case = Case::new(&generate(seed, &Shape::small()));
        let Some(out) = case.exact() else {
            continue;
        };
        let again = evaluate(&case.problem(), &FirstStage::of(&out.best), &Control::unlimited()).unwrap();
        case.assert_holds(&again);
        // Smallest lots are placed by a rule after the program is solved, so equal programs may end cents apart.
        let slack = 0.01 * out.best.cost.as_f64();
        assert!(again.cost.as_f64() <= out.best.cost.as_f64() + slack, "seed {seed}");
    }
}

#[test]
fn what_comes_too_late_is_ordered_later_or_left_out() {
    let case = Case::new(&testring::tiny());
    let out = case.exact().unwrap();
    let first = FirstStage::of(&out.best);
    let row = out.best.lines.last().unwrap().capability;
    let gone = with_cell(testring::tiny(), "capability", row.index(), "licence", "none");
    let without = Case::new(&gone);
    let programme = evaluate(&without.problem(), &first, &Control::unlimited()).unwrap();
    assert!(programme.notes.iter().any(|n| n.contains("can no longer be had")), "{:?}", programme.notes);
    assert!(programme.lines.iter().all(|l| l.capability != row));
    let short = programme.notes.iter().any(|n| n.contains("short of its contractual floor"));
    assert!(short, "nobody makes the product any more: {:?}", programme.notes);
}
