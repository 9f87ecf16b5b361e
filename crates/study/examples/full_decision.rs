//! The decision of full effort on a plan of quick effort: `cargo run --release --example full_decision -- RING [THREADS [FUTURES [SIMULATED]]]`.
//!
//! Says what each stage took in wall seconds and the work it counted; read CPU seconds from the outside (`time`).

#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a chore that times and prints")]

use model::control::{Effort, Progress};
use ring_io::{Limits as ReadLimits, read_ring};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use study::{Hands, Limits, Options, Problem, Stage, solve};

/// CPU seconds by what a stage said it was about to do: its words without the numbers.
#[derive(Default)]
struct Parts {
    spent: BTreeMap<String, f64>,
    now: Option<(String, f64)>,
}

impl Parts {
    fn begin(&mut self, told: &Progress) {
        let words: String = told.what.chars().filter(|c| !c.is_ascii_digit()).collect();
        self.end();
        self.now = Some((format!("{}: {}", told.stage, words.trim()), cpu()));
    }

    fn end(&mut self) {
        if let Some((what, from)) = self.now.take() {
            *self.spent.entry(what).or_default() += cpu() - from;
        }
    }

    fn tell(mut self) {
        self.end();
        self.spent.iter().filter(|(_, s)| **s >= 0.05).for_each(|(what, s)| println!("  {s:8.1} CPU s  {what}"));
    }
}

/// CPU seconds of this process, in hundredths; 0 where the system does not say.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = text.rsplit(')').next().unwrap_or("").split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

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
    if let Some(simulated) = words.get(3) {
        sampling.simulated = simulated.parse().expect("a number of futures");
    }
    let limits = Limits {
        option: full.option,
        versions_max: full.versions_max,
        sampling,
        frontier: full.frontier,
        ..Limits::of(Effort::Quick)
    };
    let options = Options { limits, threads, until: Stage::Verify, ..Options::of(Effort::Quick) };
    let (begun, stop) = (Instant::now(), AtomicBool::new(false));
    let clock = || begun.elapsed().as_secs_f64();
    let parts = Mutex::new(Parts::default());
    let hands =
        Hands { stop: &stop, listen: &|told| parts.lock().expect("no panic").begin(&told), clock: &clock, cache: None };
    let outcome = solve(&Problem { ring: &loaded.ring, raw: &loaded.raw }, &options, hands);
    for stage in &outcome.stats.stages {
        println!("{}: {:.1} s, work {}", stage.stage.word(), stage.seconds, stage.work);
    }
    parts.into_inner().expect("no panic").tell();
    let decision = outcome.best.decision.expect("decide always gives a decision");
    decision.reasons.iter().for_each(|reason| println!("- {reason}"));
    for a in decision.analysis.iter().flat_map(|a| &a.alternatives) {
        let errors = (a.mean.value, a.mean.error, a.low, a.high, a.tail, a.regret);
        println!(
            "{}: mean, error, 5 %, 95 %, tail, regret {errors:?}, best {:.3}, whole {:.3}",
            a.label, a.best_share, a.whole_share
        );
    }
    for step in decision.analysis.iter().flat_map(|a| &a.strategies) {
        println!("{step:?}");
    }
    println!("{} findings", outcome.best.findings.len());
    outcome.best.findings.iter().for_each(|finding| println!("! {}", finding.fact));
}
