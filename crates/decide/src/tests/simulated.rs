//! Futures that are simulated too: the first ones, one run of each alternative, the same replication for all.

use super::{ASSUMED, Formula, SAMPLED, ring};
use crate::{Options, Problem, Sampling, solve};
use model::control::Control;
use model::results::decision::{Analysis, Future};
use units::Money;

fn analysis(simulated: usize) -> (Analysis, Vec<crate::Case>) {
    let narrow = ASSUMED.replace("8,10,13", "8,10,12").replace("18,20,30", "18,20,24").replace("30,30,45", "30,30,40");
    let ring = ring(&narrow, "name,address,value\nquick,tasks/t1/minutes,8", "");
    let problem = Problem { ring: &ring, programme: None, resilience: None };
    let options = Options { batch: 7, sampling: Sampling { simulated, walks: 0, ..SAMPLED }, frontier: 0 };
    let mut formula = Formula::default();
    let found = solve(&problem, &options, &mut formula, &mut Control::unlimited()).best.analysis.unwrap();
    (found, formula.seen)
}

#[test]
fn the_first_futures_are_run_with_the_same_luck_for_all_alternatives() {
    let (found, seen) = analysis(64);
    assert_eq!(found.futures.iter().filter(|f| f.simulated.len() == 2).count(), 64);
    assert!(found.futures.iter().all(|f| f.simulated.is_empty() == (f.index >= 64)));
    let runs: Vec<u32> = seen.iter().filter_map(|case| case.replication).collect();
    let twice: Vec<u32> = (0..64).flat_map(|k| [k, k]).collect();
    assert_eq!(runs, twice, "the future's index is the replication of each alternative");
}

#[test]
fn what_alternatives_come_to_is_the_mean_of_their_runs() {
    let (found, _) = analysis(64);
    let first = &found.futures[..64];
    let planned = |at: usize| first.iter().map(|f| f.costs[at].as_f64()).sum::<f64>() / 64.0;
    for at in 0..2 {
        let told = found.alternatives[at].simulated.as_ref().unwrap();
        assert!((told.mean.value.as_f64() - planned(at) - 20.0).abs() < 0.01, "every second run costs 40 more");
        assert_eq!(told.more.value, Money::whole(20));
        // 32 times 0 and 32 times 40: squares about the mean 64 * 400, over 63 and 64.
        assert!((told.more.error.as_f64() - (400.0_f64 / 63.0).sqrt()).abs() < 0.01, "{:?}", told.more);
        let served = |f: &Future| f.served[at] - 0.1 * (f.index % 2) as f64;
        let mean = first.iter().map(served).sum::<f64>() / 64.0;
        let whole = first.iter().filter(|f| served(f) >= 0.95).count() as f64 / 64.0;
        assert!((told.served - mean).abs() < 1e-9 && (told.whole_share - whole).abs() < 1e-9, "{told:?}");
        assert_eq!(told.minimum_shares, [1.0], "nobody asked for a minimum");
    }
    let whole = |at: usize| found.alternatives[at].simulated.as_ref().unwrap().whole_share;
    assert!(whole(0) < whole(1), "{} {}", whole(0), whole(1));
    assert_eq!(found.simulated_best, Some(1), "the quicker one costs less");
}

#[test]
fn few_runs_say_nothing() {
    let (found, _) = analysis(31);
    assert!(found.alternatives.iter().all(|a| a.simulated.is_none()) && found.simulated_best.is_none());
    let (found, _) = analysis(0);
    assert_eq!(found.simulated().count(), 0);
}
