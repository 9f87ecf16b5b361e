//! The decision of full effort on a plan of quick effort: `cargo run --release --example full_decision -- RING [THREADS [FUTURES]]`.
//!
//! Says what each stage took in wall seconds and the work it counted; read CPU seconds from the outside (`time`).

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a chore that times and prints")]

use model::control::Effort;
use ring_io::{Limits as ReadLimits, read_ring};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use study::{Hands, Limits, Options, Problem, Stage, solve};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let ring = words.first().expect("a ring folder");
    let threads = words.get(1).map_or(1, |n| n.parse().expect("a number of threads"));
    let Ok(loaded) = read_ring(Path::new(ring), &ReadLimits::default()) else { panic!("`{ring}` is not a sound ring") };
    let full = Limits::of(Effort::Full);
    let mut sampling = full.sampling;
    if let Some(futures) = words.get(2) {
        sampling.futures = futures.parse().expect("a number of futures");
    }
    let limits = Limits { option: full.option, versions_max: full.versions_max, sampling, ..Limits::of(Effort::Quick) };
    let options = Options { limits, threads, until: Stage::Verify, ..Options::of(Effort::Quick) };
    let (begun, stop) = (Instant::now(), AtomicBool::new(false));
    let clock = || begun.elapsed().as_secs_f64();
    let hands = Hands { stop: &stop, listen: &|_| {}, clock: &clock, cache: None };
    let outcome = solve(&Problem { ring: &loaded.ring, raw: &loaded.raw }, &options, hands);
    for stage in &outcome.stats.stages {
        println!("{}: {:.1} s, work {}", stage.stage.word(), stage.seconds, stage.work);
    }
    let decision = outcome.best.decision.expect("decide always gives a decision");
    decision.reasons.iter().for_each(|reason| println!("- {reason}"));
    for step in decision.analysis.iter().flat_map(|a| &a.strategies) {
        println!("{step:?}");
    }
    println!("{} findings", outcome.best.findings.len());
    outcome.best.findings.iter().for_each(|finding| println!("! {}", finding.fact));
}
