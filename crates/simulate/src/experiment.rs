//! A plain line, asked: how many parts, how long the wait, and how sure; by recursion where that is exact, else by events.

use crate::kernel::replicate;
use crate::line::{LineOptions, Prepared};
use crate::recursion::{Flow, Reason, Simd, reasons};
use chance::Source;
use chance::stats::{Interval, Welford, mean_interval, replications_needed};
use model::control::Control;

/// Replications that are run before anybody looks at them.
const CHUNK: usize = 512;
/// Fewest replications an interval is drawn from when precision is asked for.
const FEWEST: usize = 32;

/// Which engine runs a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The recursion where it covers the line, else events.
    Best(Simd),
    /// The event engine.
    Events,
}

/// When there are enough replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Enough {
    /// So many.
    Replications(usize),
    /// When the half width of the 95 % interval of the throughput is at most this share of it, or so many have run.
    Precision {
        /// Half width over mean, positive.
        relative: f64,
        /// Most replications.
        most: usize,
    },
}

/// What to run.
#[derive(Debug)]
pub struct Experiment<'a> {
    /// The line.
    pub prepared: &'a Prepared,
    /// The window of each replication.
    pub window: LineOptions,
    /// Where its draws come from.
    pub source: Source,
    /// When to stop.
    pub enough: Enough,
    /// Who runs it.
    pub engine: Engine,
    /// Threads; they change the time only.
    pub threads: usize,
}

/// One answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it is, in words of the glossary.
    pub name: &'static str,
    /// In what it is counted; `time` is the line's own unit.
    pub unit: &'static str,
    /// Mean over replications with its 95 % interval.
    pub interval: Interval,
}

/// What replications of a line gave.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Replications that ran.
    pub replications: usize,
    /// Whether the precision was met, or the wanted number of replications ran.
    pub complete: bool,
    /// Why events were needed; empty when the recursion ran or was not asked for.
    pub reasons: Vec<Reason>,
    /// Whether the recursion ran.
    pub by_recursion: bool,
    /// Station visits computed.
    pub visits: u64,
    /// The answers that the window allows.
    pub measures: Vec<Measure>,
}

type Of = fn(&Flow) -> Option<f64>;

/// Every answer: name, unit, and how a replication tells it.
const MEASURES: [(&str, &str, Of); 5] = [
    ("throughput", "parts per time", |f| Some(f.throughput())),
    ("parts in the line", "parts", Flow::mean_in_system),
    ("parts past the first station", "parts", Flow::mean_after_first),
    // Little's law over the same window.
    ("time in the line", "time", |f| Some(f.mean_in_system()? / f.throughput())),
    ("wait before the first station", "time", Flow::mean_wait),
];

/// Runs an experiment; a chunk of replications at a time, so that memory does not grow with their number.
///
/// The work counted by `control` is station visits; a limit cuts between chunks.
#[must_use]
pub fn run(experiment: &Experiment<'_>, control: &Control<'_>) -> Found {
    let why = reasons(experiment.prepared.line());
    let simd = match experiment.engine {
        Engine::Best(simd) if why.is_empty() => Some(simd),
        Engine::Best(_) | Engine::Events => None,
    };
    let mut sums = [Welford::new(); MEASURES.len()];
    let mut known = [true; MEASURES.len()];
    let (mut done, mut visits, mut complete, mut over) = (0usize, 0u64, false, false);
    loop {
        let wanted = match experiment.enough {
            Enough::Replications(n) => n,
            Enough::Precision { relative, most } => {
                let needed = if done < FEWEST { FEWEST } else { replications_needed(&sums[0], 0.95, relative) };
                // Growing by at most half keeps a lucky early spread from ending the study.
                if needed > most && done >= most { done } else { needed.min(most).min(done.max(FEWEST) * 3 / 2) }
            }
        };
        if wanted <= done {
            complete = match experiment.enough {
                Enough::Replications(_) => true,
                Enough::Precision { relative, .. } => replications_needed(&sums[0], 0.95, relative) <= done,
            };
            break;
        }
        if control.is_stopped() || over {
            break;
        }
        let n = (wanted - done).min(CHUNK);
        let flows = chunk(experiment, simd, done, n);
        for flow in &flows {
            visits += flow.visits;
            for ((_, _, of), (sum, known)) in MEASURES.iter().zip(sums.iter_mut().zip(&mut known)) {
                match of(flow).filter(|x| x.is_finite()) {
                    Some(x) => sum.add(x),
                    None => *known = false,
                }
            }
        }
        over = !control.work(flows.iter().map(|f| f.visits).sum());
        done += n;
    }
    let measures = MEASURES.iter().zip(sums.iter().zip(known)).filter(|(_, (_, known))| *known && done > 0);
    Found {
        replications: done,
        complete,
        reasons: if experiment.engine == Engine::Events { Vec::new() } else { why },
        by_recursion: simd.is_some(),
        visits,
        measures: measures
            .map(|((name, unit, _), (sum, _))| Measure { name, unit, interval: mean_interval(sum, 0.95) })
            .collect(),
    }
}

/// Replications `from..from + n`.
fn chunk(experiment: &Experiment<'_>, simd: Option<Simd>, from: usize, n: usize) -> Vec<Flow> {
    let Experiment { prepared, window, source, threads, .. } = experiment;
    match simd {
        Some(simd) => prepared.flows(window, *source, from..from + n, (simd, *threads)).unwrap_or_default(),
        None => replicate(n, *threads, |i| Flow::of_run(&prepared.run(window, *source, (from + i) as u32))),
    }
}
