//! The ring's life: every piece at every station of every line of a programme, day by day, many times over.
//!
//! [`solve`] compiles a ring, its line designs and a programme, runs replications and sums them up. A
//! replication is a pure function of (problem, seed, index). `docs/simulation.md` says what is modelled.
//!
//! Guarantees:
//! 1. The same seed gives the same bytes on any number of threads.
//! 2. Pieces are conserved: started = finished + first articles + scrapped + in process.
//! 3. Lost pieces by cause add up exactly to planned minus finished.
//! 4. What cannot be run is refused with a diagnostic.

mod chain;
mod clock;
mod compile;
mod event;
mod evidence;
mod fates;
mod flow;
mod flows;
mod kits;
mod plant;
mod purpose;
mod replication;
mod state;
mod visit;
mod work;

use crate::kernel;
use chance::Source;
use diag::Diagnostic;
use model::Ring;
use model::control::Control;
use model::results::{Evidence, LineDesign, Programme, Status};
use plant::Plant;

/// What is to be simulated.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The ring.
    pub ring: &'a Ring,
    /// The line designs the programme was made from.
    pub designs: &'a [LineDesign],
    /// The programme.
    pub programme: &'a Programme,
}

/// How to simulate it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// Seed of the experiment.
    pub seed: u64,
    /// Replications wanted, at least 1.
    pub replications: usize,
    /// Threads to run on, at least 1; no influence on the result.
    pub threads: usize,
}

/// What the run took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Replications run.
    pub replications: usize,
    /// Station visits in all.
    pub station_visits: u64,
    /// Events in all.
    pub events: u64,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// The evidence; none when the programme cannot be run, or when it was stopped before the first replications.
    pub best: Option<Evidence>,
    /// Why it cannot be run.
    pub diagnostics: Vec<Diagnostic>,
    /// What the run took.
    pub stats: Stats,
}

/// Replications are run in blocks of this many; a limit of work cuts between blocks, whatever the threads.
const BLOCK: usize = 4;

/// Simulates a programme. A unit of work is a station visit.
#[must_use]
pub fn solve(problem: &Problem<'_>, options: &Options, control: &mut Control<'_>) -> Outcome {
    let plant = match Plant::compile(problem.ring, problem.designs, problem.programme) {
        Ok(plant) => plant,
        Err(diagnostics) => {
            let stats = Stats::default();
            return Outcome { status: Status::Optimal, best: None, diagnostics, stats };
        }
    };
    let control = &*control;
    let source = Source::new(options.seed, 0);
    let wanted = options.replications.max(1);
    let mut results = Vec::with_capacity(wanted);
    let mut stats = Stats::default();
    let mut status = Status::Optimal;
    while results.len() < wanted {
        let begun = results.len();
        let block = BLOCK.min(wanted - begun);
        let one = |i: usize| replication::replicate(&plant, source, (begun + i) as u32, control);
        let done = kernel::replicate(block, options.threads, one);
        let whole: Option<Vec<_>> = done.into_iter().collect();
        let Some(whole) = whole else {
            status = Status::TimeLimited;
            break;
        };
        let visits: u64 = whole.iter().map(|r| r.visits).sum();
        stats.station_visits += visits;
        stats.events += whole.iter().map(|r| r.events).sum::<u64>();
        results.extend(whole);
        stats.replications = results.len();
        let share = results.len() as f64 / wanted as f64;
        control.tell("simulate", format!("{} of {wanted} replications", results.len()), Some(share));
        if !control.work(visits) && results.len() < wanted {
            status = if control.is_stopped() { Status::TimeLimited } else { Status::WorkLimited };
            break;
        }
    }
    if results.is_empty() {
        return Outcome { status, best: None, diagnostics: Vec::new(), stats };
    }
    let stations = evidence::stations(&plant, &results);
    let samples: Vec<_> = results.into_iter().map(|r| r.sample).collect();
    let best = Evidence {
        status,
        seed: options.seed,
        fans: evidence::fans(&plant, &samples),
        lost: evidence::lost(&samples),
        stations,
        station_visits: stats.station_visits,
        notes: plant.notes(samples.len(), wanted),
        replications: samples,
    };
    Outcome { status, best: Some(best), diagnostics: Vec::new(), stats }
}
