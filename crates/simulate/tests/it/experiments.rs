//! Experiments on plain lines: intervals cover the truth as often as they say, and stop when they should.

use super::line_chains::saturated;
use chance::{Distribution, Source};
use model::control::Control;
use simulate::experiment::{Engine, Enough, Experiment, Found, run};
use simulate::line::{Arrivals, LineOptions, Prepared, Stop};
use simulate::recursion::Simd;

fn found(prepared: &Prepared, seed: u64, enough: Enough, engine: Engine) -> Found {
    let window = LineOptions { warm_up: 30.0, stop: Stop::Time(150.0) };
    let source = Source::new(seed, 0);
    run(&Experiment { prepared, window, source, enough, engine, threads: 1 }, &Control::unlimited())
}

#[test]
fn intervals_cover_the_exact_throughput_in_95_per_cent_of_10_000_studies() {
    let prepared = Prepared::new(&saturated(&[1.0, 1.0], &[0])).unwrap();
    let best = Engine::Best(Simd::widest());
    let covers = |seed| {
        let study = found(&prepared, seed, Enough::Replications(16), best);
        let i = study.measures[0].interval;
        i.low <= 2.0 / 3.0 && 2.0 / 3.0 <= i.high
    };
    let covered = (0..10_000).filter(|seed| covers(*seed)).count();
    assert!((9_350..=9_650).contains(&covered), "{covered}");
    // A line of which the study says too much is found out.
    let slower = Prepared::new(&saturated(&[1.0, 0.97], &[0])).unwrap();
    let off = |seed| found(&slower, seed, Enough::Replications(16), best).measures[0].interval.high < 2.0 / 3.0;
    assert!((0..1_000).filter(|seed| off(*seed)).count() > 100);
}

#[test]
fn replications_run_until_the_precision_is_met_and_still_cover() {
    let prepared = Prepared::new(&saturated(&[1.0, 1.0], &[0])).unwrap();
    let enough = Enough::Precision { relative: 0.01, most: 10_000 };
    let mut covered = 0;
    for seed in 0..1_000 {
        let study = found(&prepared, 50_000 + seed, enough, Engine::Best(Simd::widest()));
        let i = study.measures[0].interval;
        assert!(study.complete && (i.high - i.mean) <= 0.010_000_1 * i.mean, "{study:?}");
        covered += u32::from(i.low <= 2.0 / 3.0 && 2.0 / 3.0 <= i.high);
    }
    assert!((925..=970).contains(&covered), "{covered}");
    let cut = found(&prepared, 1, Enough::Precision { relative: 1e-6, most: 100 }, Engine::Best(Simd::widest()));
    assert!(!cut.complete && cut.replications == 100);
}

#[test]
fn both_engines_give_the_same_answers_and_lines_with_losses_go_to_events() {
    let mut line = saturated(&[1.0, 1.2, 1.0], &[1, 2]);
    let best = Engine::Best(Simd::widest());
    let enough = Enough::Replications(20);
    let prepared = Prepared::new(&line).unwrap();
    let (fast, slow) = (found(&prepared, 3, enough, best), found(&prepared, 3, enough, Engine::Events));
    assert_eq!(fast.measures, slow.measures);
    assert!(fast.by_recursion && !slow.by_recursion);
    line.arrivals = Arrivals::Renewal(Distribution::exponential(1.0).unwrap());
    line.stations[0].buffer = Some(2);
    let lossy = found(&Prepared::new(&line).unwrap(), 3, enough, best);
    assert!(!lossy.by_recursion && lossy.reasons.len() == 1 && lossy.measures.len() == 5);
}
