//! What one value of a sampled future costs: `cargo run --release --example value_speed -- RING [FUTURES [THREADS]]`.
//!
//! Plans the ring at quick effort, then values it with its own sites and lines in futures that move every open question.
//! Prints each cost, and CPU seconds per value to stderr.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a chore that times and prints"
)]

use decide::{Case, Evaluate, Kept};
use model::control::Effort;
use ring_io::{Limits as ReadLimits, read_ring};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use study::{Evaluator, Hands, Limits, Options, Problem, Stage, solve};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let folder = words.first().expect("a ring folder");
    let number = |at: usize, or: usize| words.get(at).map_or(or, |n| n.parse().expect("a number"));
    let (futures, threads) = (number(1, 64), number(2, 1));
    let Ok(loaded) = read_ring(Path::new(folder), &ReadLimits::default()) else {
        panic!("`{folder}` is not a sound ring")
    };
    let limits = Limits::of(Effort::Quick);
    let options = Options { limits: limits.clone(), threads, until: Stage::Plan, ..Options::of(Effort::Quick) };
    let (begun, stop) = (Instant::now(), AtomicBool::new(false));
    let clock = || begun.elapsed().as_secs_f64();
    let hands = Hands { stop: &stop, listen: &|_| {}, clock: &clock, cache: None };
    let study = solve(&Problem { ring: &loaded.ring, raw: &loaded.raw }, &options, hands).best;
    eprintln!("planned after {:.1} s", clock());
    let questions = decide::questions(&loaded.ring);
    let sampled = decide::Futures::new(&loaded.ring, &questions, 1);
    let cases: Vec<Case> = (0..futures)
        .map(|k| Case { changes: sampled.changes(&sampled.quantiles(k)), kept: Kept::Base, replication: None })
        .collect();
    let mut evaluator = Evaluator {
        raw: &loaded.raw,
        designs: &study.designs,
        programme: study.programme.as_ref(),
        replan: &limits.option,
        threads,
        seed: 0,
        stop: &stop,
        kept: Vec::new(),
        memory: None,
    };
    let from = clock();
    for value in evaluator.evaluate_all(&cases) {
        match value {
            Ok(value) => println!("{} {:.6}", value.cost, value.served),
            Err(faults) => println!("none: {}", faults[0].fact),
        }
    }
    eprintln!("{futures} values in {:.2} s, {:.1} ms each", clock() - from, (clock() - from) * 1e3 / futures as f64);
}
