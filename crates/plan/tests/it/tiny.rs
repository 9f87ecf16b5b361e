//! The ring made by hand: the plan is no worse than the programme worked out on paper.

use crate::common::{Case, with_column};
use model::Ring;
use model::control::{Control, Effort};
use model::results::Status;
use plan::{FirstStage, Options, Problem, evaluate, solve};
use units::Id;

#[test]
fn is_no_worse_than_the_programme_worked_out_on_paper() {
    let ring = Ring::build(&testring::tiny()).unwrap();
    let (designs, paper) = (testring::tiny_designs(), testring::tiny_programme());
    let problem = Problem { ring: &ring, designs: &designs };
    let options = Options { gap: 0.0, iterations_max: 1_000_000, ..Options::of(Effort::Full) };
    let out = solve(&problem, &options, &Control::unlimited()).unwrap();
    assert!(verify::programme(&ring, &designs, &out.best).is_empty());
    assert!(out.best.cost <= paper.cost, "{} on paper, {} planned", paper.cost, out.best.cost);
    assert!(out.best.bound <= out.best.cost && out.best.gap() < 0.01);
}

#[test]
fn the_first_stage_on_paper_costs_no_more_when_the_rest_is_planned() {
    let ring = Ring::build(&testring::tiny()).unwrap();
    let (designs, paper) = (testring::tiny_designs(), testring::tiny_programme());
    let problem = Problem { ring: &ring, designs: &designs };
    let again = evaluate(&problem, &FirstStage::of(&paper), &Control::unlimited()).unwrap();
    assert!(verify::programme(&ring, &designs, &again).is_empty());
    assert_eq!((&again.sites, &again.lines), (&paper.sites, &paper.lines));
    assert!(again.cost <= paper.cost, "{} on paper, {} evaluated", paper.cost, again.cost);
}

#[test]
fn says_optimal_only_with_a_proof() {
    let case = Case::new(&testring::tiny());
    let out = case.exact().unwrap();
    let apart = (out.best.cost - out.best.bound).as_f64();
    let cents = 0.01 * (out.best.costs.len() + 1) as f64;
    assert_eq!(out.status == Status::Optimal, apart <= 1e-6 * out.best.cost.as_f64() + cents);
    assert_eq!(out.status, out.best.status);
}

#[test]
fn orders_leave_earlier_where_lead_times_spread() {
    let paper = testring::tiny_programme();
    let earliness = |spread: &str| {
        let raw = with_column(testring::tiny(), "supply", "lead_spread", spread);
        let ring = Ring::build(&raw).unwrap();
        let designs = testring::tiny_designs();
        let problem = Problem { ring: &ring, designs: &designs };
        let programme = evaluate(&problem, &FirstStage::of(&paper), &Control::unlimited()).unwrap();
        assert!(verify::programme(&ring, &designs, &programme).is_empty(), "spread {spread}");
        let pieces: f64 = programme.orders.iter().map(|o| o.quantity.as_f64()).sum();
        programme.orders.iter().map(|o| o.quantity.as_f64() * o.period.index() as f64).sum::<f64>() / pieces
    };
    let (certain, spread) = (earliness("0"), earliness("0.5"));
    assert!(spread < certain, "ordered in period {spread} on average, {certain} when lead times are certain");
}
