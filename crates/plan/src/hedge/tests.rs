//! Cuts against all futures in one program, and what must hold between hedges.

use super::{Future, HedgeOptions, Hedged, Stop, Tail, costs_in, enumerated, hedge, monolith, sampled, targets};
use crate::menu::menus;
use crate::problem::Problem;
use model::Ring;
use model::control::Control;
use model::results::LineDesign;
use model::tables::outages::Target;
use testring::{Shape, generate};

struct Case {
    ring: Ring,
    designs: Vec<LineDesign>,
}

impl Case {
    fn new(seed: u64) -> Self {
        let shape = Shape { plants: 2, items: 1, customers: 1, periods: 8, tasks: 2, extras: false };
        let ring = Ring::build(&generate(seed, &shape)).unwrap();
        let designs = menus(&ring);
        Self { ring, designs }
    }

    fn problem(&self) -> Problem<'_> {
        Problem { ring: &self.ring, designs: &self.designs }
    }

    /// One future for each thing that can stop, and one in which nothing does.
    fn futures(&self) -> Vec<Future> {
        let mut futures = enumerated(&lasting(&self.ring, 14), 21, false);
        futures.push(Future { stops: Vec::new(), weight: 0.0 });
        let weight = 1.0 / futures.len() as f64;
        futures.iter_mut().for_each(|f| f.weight = weight);
        futures
    }

    fn hedged(&self, futures: &[Future], tail: Tail, threads: usize) -> Option<Hedged> {
        self.hedged_with(futures, &HedgeOptions { tail, threads, ..HedgeOptions::default() })
    }

    fn hedged_with(&self, futures: &[Future], options: &HedgeOptions) -> Option<Hedged> {
        let options = HedgeOptions { gap: 1e-7, ..options.clone() };
        hedge(&self.problem(), futures, &options, &Control::unlimited()).ok()
    }
}

/// Everything that can stop, for the same days.
fn lasting(ring: &Ring, days: i64) -> Vec<(Target, i64)> {
    targets(ring).into_iter().map(|target| (target, days)).collect()
}

const MEAN: Tail = Tail { weight: 0.0, share: 0.25 };
const WORST: Tail = Tail { weight: 0.5, share: 0.25 };

#[test]
fn equals_all_futures_in_one_program() {
    let mut compared = 0;
    for seed in 0..12 {
        let case = Case::new(seed);
        let futures = case.futures();
        for tail in [MEAN, WORST] {
            let (cost, bound) = monolith(&case.problem(), &futures, &tail, (0.0, 1_000_000), &Control::unlimited());
            let hedged = case.hedged(&futures, tail, 2);
            assert_eq!(cost.is_some(), hedged.is_some(), "seed {seed}: one finds a first stage, the other does not");
            let (Some(cost), Some(hedged)) = (cost, hedged) else {
                continue;
            };
            let room = 1e-5 * cost.abs() + 0.01;
            assert!(
                (cost - hedged.objective).abs() <= room,
                "seed {seed}: {cost} in one, {} by cuts",
                hedged.objective
            );
            assert!(
                hedged.bound <= cost + room && hedged.bound >= bound - 10.0 * room,
                "seed {seed}: {}",
                hedged.bound
            );
            compared += 1;
        }
    }
    assert!(compared >= 12, "{compared} compared");
}

#[test]
fn blocks_and_shared_columns_end_at_the_same_place() {
    let mut compared = 0;
    for seed in 0..4 {
        let case = Case::new(seed);
        let pairs = enumerated(&lasting(&case.ring, 14), 21, true);
        let futures = if seed < 1 { pairs } else { case.futures() };
        let plain = case.hedged_with(&futures, &HedgeOptions { tail: MEAN, ..HedgeOptions::default() });
        let (cost, _) = monolith(&case.problem(), &futures, &MEAN, (0.0, 1_000_000), &Control::unlimited());
        let blocks =
            case.hedged_with(&futures, &HedgeOptions { blocks_above: 0, tail: MEAN, ..HedgeOptions::default() });
        let (Some(cost), Some(plain), Some(blocks)) = (cost, plain, blocks) else { continue };
        compared += 1;
        assert!(seed >= 1 || futures.len() > 40, "{} futures share columns", futures.len());
        let room = 1e-5 * cost.abs() + 0.01;
        assert!((cost - plain.objective).abs() <= room, "seed {seed}: {cost} in one, {} by cuts", plain.objective);
        assert!((cost - blocks.objective).abs() <= room, "seed {seed}: {cost} in one, {} by blocks", blocks.objective);
        assert!(blocks.bound <= cost + room);
    }
    assert!(compared >= 3, "{compared} compared");
}

#[test]
fn contracts_hold_in_the_undisturbed_ring_and_a_start_is_never_lost() {
    let mut compared = 0;
    for seed in 0..6 {
        // A floor that the hedge would rather not keep: units nobody pays much for.
        let shape = Shape { plants: 2, items: 1, customers: 1, periods: 8, tasks: 2, extras: false };
        let mut raw = generate(seed, &shape);
        let wanted = [("floor", "0.3"), ("unmet_cost", "1"), ("backlog_cost", "0")];
        raw.settings.retain(|s| wanted.iter().all(|(name, _)| s.path != format!("customers.k0.{name}")));
        let mut raw = testring::Builder::of(raw);
        wanted.iter().for_each(|(name, value)| {
            raw.set(format!("customers.k0.{name}"), value);
        });
        let ring = Ring::build(&raw.build()).unwrap();
        let designs = menus(&ring);
        let case = Case { ring, designs };
        let Ok(plain) =
            crate::solve(&case.problem(), &crate::Options::of(model::control::Effort::Quick), &Control::unlimited())
        else {
            continue;
        };
        let futures = case.futures();
        let options = HedgeOptions { gap: 1e-6, ..HedgeOptions::default() };
        let (hedge, _) =
            super::programme(&case.problem(), &plain.best, &futures, &options, None, &Control::unlimited()).unwrap();
        compared += 1;
        let faults = verify::hedge(&case.ring, &case.designs, &hedge);
        assert!(faults.is_empty(), "seed {seed}: {faults:?}");
        let due: f64 = case.ring.demand.iter().map(|d| d.quantity.as_f64()).sum();
        let given: f64 = hedge.programme.deliveries.iter().map(|d| d.replenishment.as_f64()).sum();
        assert!(given >= 0.3 * due - 1e-6, "seed {seed}: {given} of {due}");
        assert!(hedge.hedged.objective <= hedge.plain.objective + units::Money::from_f64(0.02), "seed {seed}");
    }
    assert!(compared >= 3, "{compared} compared");
}

#[test]
fn threads_change_nothing() {
    for seed in 0..4 {
        let case = Case::new(seed);
        let futures = case.futures();
        assert_eq!(case.hedged(&futures, WORST, 1), case.hedged(&futures, WORST, 3), "seed {seed}");
    }
}

#[test]
fn a_longer_stop_never_costs_less_and_a_hedge_knows_its_own_futures() {
    let mut compared = 0;
    for seed in 0..8 {
        let case = Case::new(seed);
        let stopped = |days: i64| enumerated(&lasting(&case.ring, days), 14, false);
        let (short, long) = (case.hedged(&stopped(7), MEAN, 2), case.hedged(&stopped(28), MEAN, 2));
        let (Some(short), Some(long)) = (short, long) else {
            continue;
        };
        compared += 1;
        let room = 1e-5 * long.objective.abs() + 0.01;
        assert!(long.objective >= short.bound - room, "seed {seed}");
        let again = costs_in(&case.problem(), &long, &stopped(28), 2).unwrap();
        for (here, there) in long.costs.iter().zip(&again) {
            assert!((here - there).abs() <= 1e-6 * here.abs() + 0.01, "seed {seed}: {here} found, {there} again");
        }
    }
    assert!(compared >= 4, "{compared} compared");
}

#[test]
fn futures_are_the_same_however_many_are_drawn() {
    let mut case = Case::new(1);
    let raw = generate(1, &Shape { plants: 2, items: 1, customers: 1, periods: 8, tasks: 2, extras: false });
    let mut raw = testring::Builder::of(raw);
    raw.row(
        "outages",
        &[("outage", &"o"), ("target", &"site:s0"), ("cause", &"test"), ("rate_year", &12), ("days", &9)],
    );
    case.ring = Ring::build(&raw.build()).unwrap();
    let (few, many) = (sampled(&case.ring, 5, 0, 10), sampled(&case.ring, 5, 0, 40));
    let stops = |futures: &[Future]| futures.iter().map(|f| f.stops.clone()).collect::<Vec<Vec<Stop>>>();
    assert_eq!(stops(&few), stops(&many[..10]));
    assert_eq!(stops(&sampled(&case.ring, 5, 10, 30)), stops(&many[10..]));
    let struck: usize = many.iter().map(|f| f.stops.len()).sum();
    assert!((40..120).contains(&struck), "{struck} stops in 40 times 8 weeks at 12 a year: 74 expected");
    assert!((many.iter().map(|f| f.weight).sum::<f64>() - 1.0).abs() < 1e-9);
}
