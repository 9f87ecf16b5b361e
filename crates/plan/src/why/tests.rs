//! Explanations against the programmes they explain.

use super::{difference, late, why};
use crate::menu::menus;
use crate::problem::{Options, Problem};
use crate::solve::solve;
use model::Ring;
use model::control::Control;
use model::results::why::{Step, Unused};
use model::results::{LineDesign, Programme};
use testring::{Shape, generate};
use units::{Money, Quantity};

const SEEDS: u64 = 10;

struct Case {
    ring: Ring,
    designs: Vec<LineDesign>,
    programme: Programme,
}

fn case(seed: u64) -> Option<Case> {
    let shape = Shape { plants: 2, items: 2, customers: 2, periods: 10, tasks: 2, extras: seed.is_multiple_of(2) };
    let ring = Ring::build(&generate(seed, &shape)).unwrap();
    let designs = menus(&ring);
    // Little work: what is asked is that explanations hold, not that programmes are the best.
    let options =
        Options { gap: 0.05, iterations_max: 1_500, iterations_bound: 1_500, rounds: 1, iterations_round: 1_500 };
    let outcome = solve(&Problem { ring: &ring, designs: &designs }, &options, &Control::unlimited());
    let programme = outcome.ok()?.best;
    Some(Case { ring, designs, programme })
}

#[test]
fn every_late_and_lost_unit_is_explained_and_priced() {
    let (mut explained, mut late_units, mut kinds) = (0, 0.0, Vec::new());
    for seed in 0..SEEDS {
        let Some(Case { ring, designs, programme }) = case(seed) else { continue };
        let why = why(&Problem { ring: &ring, designs: &designs }, &programme).unwrap();
        explained += 1;
        let end = ring.settings.n_periods - 1;
        // Lost units are those in the backlog at the end, and draws not met.
        let at_end: Quantity =
            programme.backlog.iter().filter(|b| units::Id::index(b.period) == end).map(|b| b.quantity).sum();
        let lost: Quantity =
            why.late.iter().filter(|l| l.served.is_none() && l.exercise.is_none()).map(|l| l.quantity).sum();
        assert_eq!(lost, at_end, "seed {seed}");
        let wanted: Quantity = ring.exercises.iter().map(|e| e.draw).sum();
        let met: Quantity = programme.draws.iter().map(|d| d.met).sum();
        let missed: Quantity = why.late.iter().filter(|l| l.exercise.is_some()).map(|l| l.quantity).sum();
        assert_eq!(missed, wanted - met, "seed {seed}");
        // Late cost of all rows is what the programme pays for lateness and loss.
        let told: f64 = why.late.iter().map(|l| l.quantity.as_f64() * l.cost.as_f64()).sum();
        use model::settings::CostKind::{Backlog, Unmet};
        let paid: Money = programme.costs.iter().filter(|c| matches!(c.kind, Backlog | Unmet)).map(|c| c.amount).sum();
        assert!(
            (told - paid.as_f64()).abs() <= 0.02 * programme.costs.len() as f64 + 1e-6 * told,
            "seed {seed}: {told} told, {paid} paid"
        );
        for row in &why.late {
            late_units += row.quantity.as_f64();
            assert!(
                !row.causes.is_empty() && row.causes.iter().all(|c| !c.price.is_negative()),
                "seed {seed}: {row:?}"
            );
            assert!(row.causes.windows(2).all(|w| w[0].price >= w[1].price));
            kinds.push(std::mem::discriminant(&row.causes[0].cause));
        }
    }
    kinds.dedup();
    let kinds: Vec<_> = kinds.iter().enumerate().filter(|(at, k)| !kinds[..*at].contains(k)).collect();
    assert!(explained >= 5 && late_units > 10.0, "{explained} explained, {late_units} late");
    assert!(kinds.len() >= 2, "{} kinds of causes", kinds.len());
}

#[test]
fn every_dearer_order_has_a_reason() {
    let (mut rows, mut nothing) = (0, 0);
    for seed in 0..SEEDS {
        let Some(Case { ring, designs, programme }) = case(seed) else { continue };
        let why = why(&Problem { ring: &ring, designs: &designs }, &programme).unwrap();
        rows += why.sources.len();
        nothing += why.sources.iter().filter(|s| s.why == Unused::Nothing).count();
        assert!(why.sources.iter().all(|s| s.price > Money::ZERO));
    }
    assert!(nothing * 20 <= rows, "{nothing} of {rows} without a reason");
}

#[test]
fn every_unit_handed_over_has_a_way() {
    for seed in 0..SEEDS / 2 {
        let Some(Case { ring, designs, programme }) = case(seed) else { continue };
        let why = why(&Problem { ring: &ring, designs: &designs }, &programme).unwrap();
        let handed: Quantity = why.pegs.iter().filter(|p| p.depth == 0).map(|p| p.quantity).sum();
        let given: Quantity = programme.deliveries.iter().map(|d| d.replenishment).sum();
        assert_eq!(handed, given, "seed {seed}");
        for chain in why.pegs.chunk_by(|a, b| a.chain == b.chain) {
            assert!(matches!(chain[0].step, Step::Handed(..)) && chain.len() > 1, "seed {seed}: {chain:?}");
            let ends = |p: &&model::results::why::Peg| matches!(p.step, Step::Made(..) | Step::There(..));
            assert!(chain.iter().any(|p| ends(&p)), "seed {seed}: {chain:?}");
        }
    }
}

#[test]
fn the_oldest_demand_is_served_first() {
    let q = |n: i64| Quantity::from_ticks(n * 1_000);
    let all = late::first_come_all(&[q(2), q(0), q(3)], &[q(1), q(2), q(1)]);
    assert_eq!(all, [(0, Some(0), q(1)), (0, Some(1), q(1)), (2, Some(1), q(1)), (2, Some(2), q(1)), (2, None, q(1))]);
    // Served before due is not late.
    let late = late::first_come(&[q(2), q(0), q(3)], &[q(1), q(2), q(1)]);
    assert_eq!(late, [(0, Some(1), q(1)), (2, None, q(1))]);
}

#[test]
fn a_difference_adds_up() {
    let Some(Case { ring, designs, programme }) = case(4).or_else(|| case(6)) else { panic!("no programme") };
    let problem = Problem { ring: &ring, designs: &designs };
    let own = why(&problem, &programme).unwrap();
    let nothing = Programme { costs: Vec::new(), sites: Vec::new(), lines: Vec::new(), ..programme.clone() };
    let d = difference((&nothing, &model::results::Why::default()), (&programme, &own));
    assert_eq!(d.costs.iter().map(|(_, _, b)| *b).sum::<Money>(), programme.cost);
    assert!(d.costs.iter().all(|(_, a, _)| a.is_zero()));
    assert_eq!(d.sites.1.len(), programme.sites.len());
    let late: Quantity = own.late.iter().map(|l| l.quantity).sum();
    assert_eq!(d.late.iter().map(|(_, _, b)| b.0).sum::<Quantity>(), late);
    let same = difference((&programme, &own), (&programme, &own));
    assert!(same.lines.is_empty() && same.sites.0.is_empty() && same.costs.iter().all(|(_, a, b)| a == b));
}
