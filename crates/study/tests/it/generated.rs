//! Generated rings: what the engines make of them, `verify` confirms, every late unit and passed-over source explained.
#![allow(clippy::disallowed_methods, reason = "a test may ask how much it should do")]

use model::Ring;
use model::control::Effort;
use study::{Hands, Options, Problem, Stage, Study};
use testring::{Shape, generate};

/// Rings of the ordinary run; `RINGWORKS_RINGS` asks for more. The first `FULL` go through every stage, the rest up to the
/// simulation.
const RINGS: u64 = 1_000;
const FULL: u64 = 40;

fn study_of(seed: u64) -> (Ring, Study) {
    let shape = if seed.is_multiple_of(5) { Shape::small() } else { Shape::smallest() };
    let raw = generate(seed, &shape);
    let ring = Ring::build(&raw).unwrap_or_else(|faults| panic!("ring {seed}: {faults:?}"));
    let mut options = Options::of(Effort::Quick);
    options.limits.replications = 2;
    // Little work: what is asked is that results hold, not that they are the best.
    options.limits.plan =
        plan::Options { gap: 0.05, iterations_max: 1_500, iterations_bound: 1_500, rounds: 1, iterations_round: 1_500 };
    options.limits.option = vec![options.limits.plan.clone()];
    options.until = if seed < FULL { Stage::Verify } else { Stage::Simulate };
    let best = study::solve(&Problem { ring: &ring, raw: &raw }, &options, Hands::free()).best;
    (ring, best)
}

#[test]
fn verify_is_silent_on_what_the_engines_make_of_generated_rings() {
    let rings = std::env::var("RINGWORKS_RINGS").ok().and_then(|n| n.parse().ok()).unwrap_or(RINGS);
    let threads = 2;
    let loud_of = |first: u64| {
        let mut told = (Vec::new(), 0);
        for seed in (first..rings).step_by(threads) {
            let (_, study) = study_of(seed);
            told.1 += u64::from(study.programme.is_some());
            assert_eq!(study.programme.is_some(), study.why.is_some(), "ring {seed}: every programme is explained");
            if let Some(finding) = study.findings.first() {
                told.0.push(format!("ring {seed}: {} of {} findings: {finding:?}", 1, study.findings.len()));
            }
        }
        told
    };
    let (odd, even) = std::thread::scope(|scope| {
        let odd = scope.spawn(|| loud_of(1));
        let even = loud_of(0);
        (odd.join().unwrap(), even)
    });
    let loud: Vec<String> = odd.0.into_iter().chain(even.0).collect();
    assert!(loud.is_empty(), "{} rings: {:#?}", loud.len(), &loud[..loud.len().min(5)]);
    let planned = odd.1 + even.1;
    println!("{planned} of {rings} rings planned, verify silent on all");
    assert!(planned > rings / 2, "only {planned} of {rings} rings could be planned: the generator tests too little");
}
