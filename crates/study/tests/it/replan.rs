//! Plans carried over to a later day and planned again: nothing moves unasked, what may move helps, what is frozen stays.

use model::control::Effort;
use model::results::{LineDesign, Programme, Status};
use model::{RawRing, RawTable, Ring};
use rules::moves::{self, Cause};
use study::roll::{Before, Keep, roll};
use study::{Hands, Options, Problem, Stage, Study};
use testring::{Shape, generate};
use units::{Id, Money};

/// Period that becomes the first.
const OVER: usize = 3;

struct Case {
    raw: RawRing,
    ring: Ring,
    designs: Vec<LineDesign>,
    programme: Programme,
}

fn options(menus: Option<Vec<LineDesign>>, until: Stage) -> Options {
    let mut options = Options { menus, until, ..Options::of(Effort::Quick) };
    options.limits.replications = 3;
    options.limits.plan = plan::Options { gap: 0.0, iterations_max: 1_000_000, ..options.limits.plan };
    options
}

/// A generated ring without smallest lots, and its plan; none when it has none.
fn case(seed: u64, shape: &Shape) -> Option<Case> {
    let mut raw = generate(seed, shape);
    let supply = raw.tables.iter_mut().find(|t| t.name == "supply")?;
    let at = supply.column("lot_min")?;
    supply.rows.iter_mut().for_each(|row| "0".clone_into(&mut row[at]));
    let ring = Ring::build(&raw).unwrap();
    let found = study::solve(&Problem { ring: &ring, raw: &raw }, &options(None, Stage::Plan), Hands::free()).best;
    assert!(found.findings.is_empty(), "seed {seed}: {:?}", found.findings);
    Some(Case { raw, ring, designs: found.designs, programme: found.programme? })
}

impl Case {
    fn again(&self, keep: &Keep, actual: &[RawTable], until: Stage) -> (RawRing, Ring, Study) {
        let before = Before { ring: &self.ring, raw: &self.raw, designs: &self.designs, programme: &self.programme };
        let to = self.ring.settings.first_day(OVER);
        let (raw, _) = roll(&before, to, keep).unwrap().with(actual);
        let ring = Ring::build(&raw).unwrap_or_else(|faults| panic!("{faults:#?}"));
        let options = options(Some(self.designs.clone()), until);
        let best = study::solve(&Problem { ring: &ring, raw: &raw }, &options, Hands::free()).best;
        (raw, ring, best)
    }

    /// What the old plan still costs from the day on.
    fn rest(&self) -> Money {
        self.programme.costs.iter().filter(|c| c.period.index() >= OVER).map(|c| c.amount).sum()
    }

    fn keep(&self, moves_max: Option<i64>) -> Keep {
        Keep { freeze_until: Some(self.ring.settings.first_day(OVER + 1)), moves_max, move_cost: None }
    }
}

fn cases(n: u64) -> impl Iterator<Item = (u64, Case)> {
    let shape = |seed: u64| {
        if seed.is_multiple_of(2) { Shape::small() } else { Shape { periods: 8, ..Shape::smallest() } }
    };
    (0..n).filter_map(move |seed| Some((seed, case(seed, &shape(seed))?)))
}

#[test]
fn nothing_moves_when_everything_went_as_planned() {
    let mut compared = 0;
    for (seed, case) in cases(40) {
        let (_, ring, study) = case.again(&case.keep(Some(0)), &[], Stage::Simulate);
        assert!(study.refusals.is_empty(), "seed {seed}: {:#?}", study.refusals);
        assert!(study.findings.is_empty(), "seed {seed}: {:#?}", study.findings);
        let programme = study.programme.as_ref().unwrap();
        assert_eq!(moves::of(&ring, programme), [], "seed {seed}");
        let (now, rest) = (programme.cost.as_f64(), case.rest().as_f64());
        let cents = 0.02 * (programme.costs.len() + case.programme.costs.len()) as f64;
        assert!(now <= rest * (1.0 + 1e-6) + cents + 1.0, "seed {seed}: {now} now, {rest} as planned");
        compared += 1;
    }
    assert!(compared >= 30, "{compared} compared");
}

#[test]
fn more_moves_never_cost_more() {
    let (mut compared, mut cheaper) = (0, 0);
    for (seed, case) in cases(24) {
        let mut before: Option<f64> = None;
        for most in [Some(0), Some(1), Some(3), None] {
            let (_, ring, study) = case.again(&case.keep(most), &more_demand(&case), Stage::Plan);
            assert!(study.findings.is_empty(), "seed {seed}, {most:?}: {:#?}", study.findings);
            let Some(programme) = study.programme.filter(|p| p.status == Status::Optimal) else { continue };
            if let Some(most) = most {
                assert!(moves::counted(&moves::of(&ring, &programme)) <= most, "seed {seed}");
            }
            let cost = programme.cost.as_f64();
            if let Some(before) = before {
                assert!(cost <= before * (1.0 + 2e-6) + 1.0, "seed {seed}, {most:?}: {cost}, fewer moves {before}");
                compared += 1;
                cheaper += usize::from(cost < before * 0.999);
            }
            before = Some(cost);
        }
    }
    assert!(compared >= 20 && cheaper >= 5, "{compared} compared, {cheaper} cheaper");
}

/// A quarter more is asked for in the last period than was.
fn more_demand(case: &Case) -> Vec<RawTable> {
    let columns = ["customer", "item", "period", "quantity"].map(str::to_owned).to_vec();
    let last = case.ring.demand.iter().max_by_key(|d| d.period);
    let row = last.map(|d| {
        vec![
            case.ring.customers[d.customer].key.clone(),
            case.ring.items[d.item].key.clone(),
            (d.period.index() + 1 - OVER).to_string(),
            units::Quantity::whole(2 + (d.quantity.as_f64() * 1.25) as i64).to_string(),
        ]
    });
    let later = last.is_some_and(|d| d.period.index() >= OVER);
    row.filter(|_| later)
        .map(|row| RawTable { name: "demand".to_owned(), columns, rows: vec![row] })
        .into_iter()
        .collect()
}

#[test]
fn a_move_that_costs_more_than_it_brings_is_not_made() {
    let mut free_moves = 0;
    for (seed, case) in cases(16) {
        let free = Keep { move_cost: Some("0.01".to_owned()), ..Keep::default() };
        let dear = Keep { move_cost: Some("10000000".to_owned()), ..Keep::default() };
        let counted = |keep: &Keep| {
            let (_, ring, study) = case.again(keep, &more_demand(&case), Stage::Plan);
            assert!(study.findings.is_empty(), "seed {seed}: {:#?}", study.findings);
            study.programme.map(|p| moves::of(&ring, &p).len())
        };
        if let (Some(free), Some(dear)) = (counted(&free), counted(&dear)) {
            assert_eq!(dear, 0, "seed {seed}");
            free_moves += free;
        }
    }
    assert!(free_moves > 10, "{free_moves} moves");
}

#[test]
fn what_is_frozen_gives_way_only_for_a_cause() {
    let (mut given_way, mut planned) = (0, 0);
    for (seed, case) in cases(40) {
        let keep = Keep { freeze_until: Some(case.ring.settings.first_day(OVER + 2)), ..Keep::default() };
        let (as_planned, ..) = case.again(&keep, &[], Stage::Balance);
        let lost = ["opening", "under_way"].into_iter().filter_map(|name| {
            let mut table = as_planned.table(name)?.clone();
            let (kind, quantity) = (table.column("kind")?, table.column("quantity")?);
            table.rows.retain(|row| ["stock", "goods", "people"].contains(&row[kind].as_str()));
            table.rows.iter_mut().for_each(|row| "0".clone_into(&mut row[quantity]));
            Some(table)
        });
        let lost: Vec<RawTable> = lost.collect();
        let (_, ring, study) = case.again(&keep, &lost, Stage::Simulate);
        assert!(study.findings.is_empty(), "seed {seed}: {:#?}", study.findings);
        let Some(programme) = study.programme else { continue };
        planned += 1;
        for moved in moves::of(&ring, &programme).iter().filter(|m| m.frozen) {
            given_way += 1;
            let cause = moves::cause(&ring, &study.designs, &programme, moved);
            assert!(moved.now < moved.kept && cause != Cause::Better, "seed {seed}: {moved:?}, {cause:?}");
        }
    }
    assert!(planned >= 25 && given_way >= 10, "{planned} planned, {given_way} gave way");
}

#[test]
fn a_plan_is_carried_over_twice() {
    let mut again = 0;
    for (seed, case) in cases(12) {
        let (raw, ring, study) = case.again(&case.keep(Some(0)), &[], Stage::Plan);
        let Some(programme) = study.programme else { continue };
        let second = Case { raw, ring, designs: study.designs, programme };
        let (_, ring, study) = second.again(&second.keep(Some(0)), &[], Stage::Plan);
        assert!(study.findings.is_empty(), "seed {seed}: {:#?}", study.findings);
        let programme = study.programme.unwrap_or_else(|| panic!("seed {seed}: {:#?}", study.refusals));
        assert_eq!(moves::of(&ring, &programme), [], "seed {seed}");
        again += 1;
    }
    assert!(again >= 8, "{again} carried over twice");
}
