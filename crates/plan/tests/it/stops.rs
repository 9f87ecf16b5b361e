//! Programmes under stops and their safety stock: the independent check is silent, and numbers keep their order.

use crate::common::Case;
use model::control::{Control, Effort};
use model::results::resilience::Resilience;
use plan::resilience::{ResilienceOptions, resilience};
use plan::stock::{TargetOptions, targets};
use plan::{Options, solve};
use testring::{Shape, generate};

const SEEDS: u64 = 24;

fn options(asked_days: Option<f64>, threads: usize) -> ResilienceOptions {
    ResilienceOptions { asked_days, pairs: true, threads }
}

/// Generated rings with a programme that delivers something in its last weeks.
fn planned(seeds: u64, mut look: impl FnMut(u64, &Case, &model::results::Programme, Resilience)) -> usize {
    let mut seen = 0;
    for seed in 0..seeds {
        let case = Case::new(&generate(seed, &Shape::small()));
        let Ok(out) = solve(&case.problem(), &Options::of(Effort::Quick), &Control::unlimited()) else {
            continue;
        };
        let Some(view) = resilience(&case.problem(), &out.best, &options(Some(20.0), 1)) else {
            continue;
        };
        seen += 1;
        look(seed, &case, &out.best, view);
    }
    seen
}

#[test]
fn views_of_generated_rings_hold() {
    let (mut losing, mut points, mut placed) = (0, 0, 0);
    let seen = planned(SEEDS, |seed, case, programme, view| {
        let faults = verify::resilience(&case.ring, programme, &view, Some(20.0));
        assert!(faults.is_empty(), "seed {seed}: {faults:?}");
        assert_eq!(
            Some(&view),
            resilience(&case.problem(), programme, &options(Some(20.0), 2)).as_ref(),
            "seed {seed}"
        );
        losing += view.stops.iter().filter(|s| s.falls_short()).count();
        points += view.stops.iter().filter(|s| s.is_single_point_of_failure()).count();
        let longer = resilience(&case.problem(), programme, &options(Some(40.0), 1)).unwrap();
        for (short, long) in view.stops.iter().zip(&longer.stops) {
            assert!(
                short.lost_value <= long.lost_value.map(|v| v + units::Money::from_f64(0.02)),
                "seed {seed}: {short:?} {long:?}"
            );
            assert_eq!(
                short.survive_days, long.survive_days,
                "how long it holds does not depend on the time to recover"
            );
        }
        let stated = TargetOptions { safety_factor: 1.645, demand_variation: 0.5, promise_days: None };
        let stock = targets(&case.problem(), programme, &stated, &Control::unlimited()).unwrap().unwrap();
        let sum: f64 = stock.targets.iter().map(|t| t.pieces * t.holding).sum();
        assert!((sum - stock.cost.as_f64()).abs() < 0.01, "seed {seed}");
        assert!(stock.bound <= stock.cost && stock.targets.iter().all(|t| t.pieces >= 0.0), "seed {seed}");
        placed += 1;
    });
    assert!(seen >= 10 && losing > 20 && points > 10 && placed == seen, "{seen} {losing} {points} {placed}");
}

#[test]
fn an_altered_view_is_noticed() {
    let mut altered = 0;
    planned(SEEDS / 2, |seed, case, programme, view| {
        if view.stops.is_empty() {
            return;
        }
        let noticed = |change: &dyn Fn(&mut Resilience)| {
            let mut other = view.clone();
            change(&mut other);
            assert!(
                !verify::resilience(&case.ring, programme, &other, Some(20.0)).is_empty(),
                "seed {seed}: not noticed"
            );
        };
        noticed(&|v| v.rates[0].pieces_day *= 1.001);
        noticed(&|v| v.stops[0].recover_days = Some(1.0e-3));
        noticed(&|v| {
            v.single_sources.push(model::results::resilience::SingleSource::Region(
                model::ids::Component::Item(case.ring.settings.product),
                "nowhere".to_owned(),
            ));
        });
        if let Some(at) = view.stops.iter().position(|s| !s.lost.is_empty()) {
            noticed(&|v| v.stops[at].lost[0].pieces *= 3.0);
            noticed(&|v| v.stops[at].survive_days = None);
            altered += 1;
        }
    });
    assert!(altered > 3, "{altered}");
}
