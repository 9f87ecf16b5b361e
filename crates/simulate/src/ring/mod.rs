//! The ring's life: every piece at every station of every line of a programme, day by day, many times over.
//!
//! [`solve`] compiles a ring, its line designs and a programme, runs replications and sums them up. A
//! replication is a pure function of (problem, seed, index). `docs/simulation.md` says what is modelled.
//!
//! Guarantees:
//! 1. The same seed gives the same bytes on any number of threads.
//! 2. Asserted in every replication, exactly: pieces are conserved (started = finished + first articles + in process), so
//!    are the parts of every site and the pieces in transit; lost pieces by cause add up to planned minus finished; the
//!    account of every finished piece holds all time of its line; Little's law, piece by piece.
//! 3. Memory does not grow with the number of replications.
//! 4. What cannot be run is refused with a diagnostic.

mod chain;
mod clock;
mod compile;
mod couplings;
mod epochs;
mod event;
mod evidence;
mod fates;
mod flow;
mod flows;
mod kits;
mod lots;
mod notes;
mod plant;
mod policies;
mod purpose;
mod redirect;
mod repair;
mod replication;
mod settle;
mod state;
mod stops;
mod summary;
mod tally;
mod trace;
mod visit;
mod work;
mod worth;

use crate::kernel;
use chance::Source;
use diag::Diagnostic;
use model::Ring;
use model::control::Control;
use model::results::evidence::Replication;
use model::results::{Evidence, LineDesign, Programme, Status};
use plant::Plant;
use replication::Which;
use tally::Tally;
use trace::Trace;

pub use stops::{Stops, stops};
pub use worth::worth;

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
    /// Who runs them; no influence on the result.
    pub engine: Engine,
}

/// Who runs a ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Engine {
    /// Lines by themselves from decision to decision, and in common order where they share what may run short.
    #[default]
    Epochs,
    /// Everything in one order of time: slower, and the oracle of the other.
    Events,
}

/// What the run took.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stats {
    /// Replications run.
    pub replications: usize,
    /// Station visits in all.
    pub station_visits: u64,
    /// Of these, visits of lines that ran by themselves.
    pub visits_alone: u64,
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
/// Most blocks that are run at once.
const BLOCKS_MAX: usize = 16;

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
    let wanted = options.replications.max(1);
    let source = Source::new(options.seed, 0);
    let Runs { kept, tally, stats, status } =
        runs(&plant, source, &Options { replications: wanted, ..*options }, control);
    if stats.replications == 0 {
        return Outcome { status, best: None, diagnostics: Vec::new(), stats };
    }
    let (fans, backlog) = evidence::fans(&plant, &tally);
    let best = Evidence {
        status,
        seed: options.seed,
        runs: tally.runs,
        counted: (stats.replications > kept.len()).then(|| evidence::counted(&tally)),
        fans,
        lost: evidence::lost(&tally),
        stations: evidence::stations(&plant, &tally),
        backlog,
        rate: evidence::rate(&tally),
        bottlenecks: evidence::bottlenecks(&plant, &tally),
        in_process: evidence::in_process(&plant, &tally),
        stops: Vec::new(),
        worth: Vec::new(),
        station_visits: stats.station_visits,
        notes: notes::notes(&plant, &tally, &stats, wanted),
        replications: kept,
    };
    Outcome { status, best: Some(best), diagnostics: Vec::new(), stats }
}

/// Runs one replication: the same as in a run of many.
///
/// # Errors
/// RW0304, as [`solve`] refuses.
pub fn once(problem: &Problem<'_>, seed: u64, index: u32) -> Result<Replication, Vec<Diagnostic>> {
    let plant = Plant::compile(problem.ring, problem.designs, problem.programme)?;
    let which = Which { source: Source::new(seed, 0), index, forced: None, engine: Engine::Epochs };
    let run = replication::replicate(&plant, which, &mut Tally::new(&plant), None, &Control::unlimited());
    Ok(run.expect("nobody stops it").sample)
}

/// Replays one replication and writes down every visit: the same visits as in a run of many.
///
/// # Errors
/// RW0304, as [`solve`] refuses; none of anything else.
pub fn trace(problem: &Problem<'_>, seed: u64, index: u32) -> Result<model::results::trace::Trace, Vec<Diagnostic>> {
    let plant = Plant::compile(problem.ring, problem.designs, problem.programme)?;
    let (mut tally, mut trace) = (Tally::new(&plant), Trace::new(&plant));
    let which = Which { source: Source::new(seed, 0), index, forced: None, engine: Engine::Events };
    let _ = replication::replicate(&plant, which, &mut tally, Some(&mut trace), &Control::unlimited());
    let (lines, open) = (Trace::lines(&plant), Trace::open(&plant, which.source, index));
    Ok(model::results::trace::Trace { seed, index: u64::from(index), lines, open, visits: trace.visits })
}

/// What replications gave.
struct Runs {
    kept: Vec<Replication>,
    tally: Tally,
    stats: Stats,
    status: Status,
}

/// Runs replications, some blocks of them at once; memory does not grow with their number.
fn runs(plant: &Plant<'_>, source: Source, options: &Options, control: &Control<'_>) -> Runs {
    let Options { replications: wanted, threads, engine, .. } = *options;
    let (mut tally, mut kept, mut stats) = (Tally::new(plant), Vec::new(), Stats::default());
    let mut status = Status::Optimal;
    while stats.replications < wanted {
        let begun = stats.replications;
        let n = at_once(&stats, control).min(wanted - begun);
        let one = |tally: &mut Tally, i: usize| {
            let which = Which { source, index: (begun + i) as u32, forced: None, engine };
            replication::replicate(plant, which, tally, None, control)
        };
        let (done, tallies) = kernel::replicate_into(n, threads, || Tally::new(plant), one);
        let Some(whole) = done.into_iter().collect::<Option<Vec<_>>>() else {
            status = Status::TimeLimited;
            break;
        };
        tallies.iter().for_each(|t| tally.merge(t));
        let visits: u64 = whole.iter().map(|r| r.visits).sum();
        stats.station_visits += visits;
        stats.visits_alone += whole.iter().map(|r| r.visits_alone).sum::<u64>();
        stats.events += whole.iter().map(|r| r.events).sum::<u64>();
        stats.replications += n;
        let room = Evidence::KEPT.saturating_sub(kept.len());
        kept.extend(whole.into_iter().take(room).map(|r| r.sample));
        let share = stats.replications as f64 / wanted as f64;
        control.tell("simulate", format!("{} of {wanted} replications", stats.replications), Some(share));
        if !control.work(visits) && stats.replications < wanted {
            status = if control.is_stopped() { Status::TimeLimited } else { Status::WorkLimited };
            break;
        }
    }
    Runs { kept, tally, stats, status }
}

/// How many replications to run before looking at the limit of work again: one block at first, then as many blocks as
/// stay clear of the limit at twice the visits seen so far.
fn at_once(stats: &Stats, control: &Control<'_>) -> usize {
    if stats.replications == 0 {
        return BLOCK;
    }
    let block = 2 * BLOCK as u64 * (stats.station_visits / stats.replications as u64).max(1);
    let left = control.work_max().saturating_sub(control.work_done()) / block;
    BLOCK * (left as usize).clamp(1, BLOCKS_MAX)
}
