//! Running the stages of a study for a command, with everything around them: threads, clock, Ctrl-C, progress.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use model::control::{Effort, Progress};
use model::results::{Provenance, Status};
use ring_io::Loaded;
use study::{Cache, Hands, Options, Outcome, Problem, Reused, Stage};

use crate::args::Cli;
use crate::cache::Kept;
use crate::exit::Answer;
use crate::progress::Watch;
use crate::stop;
use crate::talk::say;

/// What every command that runs engines may be told.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Work {
    /// How hard to try
    #[arg(long, value_enum, default_value_t = HowHard::Quick, value_name = "EFFORT",
        hide_possible_values = true,
        hide_default_value = true,
          help = "quick (unless given) or full: proofs, many futures")]
    pub(crate) effort: HowHard,

    /// Seed of all draws; the ring's own unless given
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,

    /// Threads; they change the time, not the result
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,

    /// Replications of the simulation; those of the effort unless given
    #[arg(skip)]
    pub(crate) replications: Option<NonZeroUsize>,

    /// What to ask about stops of one place; what the effort asks unless given
    #[arg(skip)]
    pub(crate) stops: Option<simulate::ring::Stops>,

    /// Ask what one more of each thing is worth, whatever the effort
    #[arg(skip)]
    pub(crate) worth: bool,

    /// Menus of lines to plan with, where they are there already
    #[arg(skip)]
    pub(crate) menus: Option<Vec<model::results::LineDesign>>,

    /// Stop after this; results then say `time-limited`
    #[arg(long, value_name = "SECONDS")]
    pub(crate) time_max: Option<u64>,

    /// Work everything out, keep nothing for the next run
    #[arg(long)]
    pub(crate) no_cache: bool,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum HowHard {
    /// A first answer within a minute for the sample ring.
    Quick,
    /// Proofs and many futures, tens of minutes.
    Full,
}

impl HowHard {
    /// As written on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Full => "full",
        }
    }

    /// As the engines name it.
    pub(crate) fn effort(self) -> Effort {
        match self {
            Self::Quick => Effort::Quick,
            Self::Full => Effort::Full,
        }
    }
}

impl Work {
    /// Threads to run on.
    pub(crate) fn threads(&self) -> usize {
        let all = || thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.threads.map_or_else(all, NonZeroUsize::get)
    }
}

/// What running gave.
pub(crate) struct Ran {
    /// The results and what they took.
    pub(crate) outcome: Outcome,
    /// Whether Ctrl-C ended it.
    pub(crate) stopped: bool,
}

impl Ran {
    /// How the command ends: no when a stage gave no result or the independent check found a fault.
    pub(crate) fn answer(&self) -> Answer {
        let study = &self.outcome.best;
        if self.stopped {
            Answer::Stopped
        } else if study.refusals.is_empty() && study.findings.is_empty() {
            Answer::Yes
        } else {
            Answer::No
        }
    }
}

/// Runs the stages of a study up to and with `until`, and the independent check of what they gave.
pub(crate) fn run(loaded: &Loaded, work: &Work, until: Stage, cli: &Cli) -> Ran {
    let watch = Watch::new(cli.quiet);
    let started = Instant::now();
    let timed_out: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
    if let Some(seconds) = work.time_max {
        cap(Duration::from_secs(seconds), timed_out);
    }
    let mut options = Options { threads: work.threads(), seed: work.seed, until, ..Options::of(work.effort.effort()) };
    if let Some(n) = work.replications {
        options.limits.replications = n.get();
        options.limits.visits_max = u64::MAX;
    }
    options.menus.clone_from(&work.menus);
    options.limits.stops = work.stops.or(options.limits.stops);
    options.limits.worth |= work.worth;
    let listen = |progress: Progress| watch.tell(&progress);
    let clock = || started.elapsed().as_secs_f64();
    let kept = if work.no_cache { None } else { Kept::open() };
    let cache = kept.as_ref().map(|kept| kept as &dyn Cache);
    let hands = Hands { stop: stop::flag(), listen: &listen, clock: &clock, cache };
    let problem = Problem { ring: &loaded.ring, raw: &loaded.raw };
    let mut outcome = study::solve(&problem, &options, hands);
    drop(watch);
    let capped = timed_out.load(Ordering::Relaxed);
    if capped {
        mark_time_limited(&mut outcome);
    }
    if outcome.best.programme.is_none() && stop::is_asked() {
        // That there is no plan yet says nothing about the ring, and a decision would follow from it.
        outcome.best.decision = None;
    }
    outcome.best.provenance = complete(std::mem::take(&mut outcome.best.provenance), loaded);
    if !cli.quiet {
        tell_times(&outcome);
    }
    Ran { outcome, stopped: stop::is_asked() && !capped }
}

/// Provenance with what only the caller knows: the program and the inputs.
pub(crate) fn complete(mut provenance: Provenance, loaded: &Loaded) -> Provenance {
    provenance.version = concat!("ringworks ", env!("CARGO_PKG_VERSION")).to_owned();
    provenance.inputs = loaded.hashes.iter().map(|hash| (hash.file.clone(), hash.sha256.clone())).collect();
    provenance.inputs.sort();
    provenance
}

/// Asks everything to stop after some time.
pub(crate) fn cap(after: Duration, timed_out: &'static AtomicBool) {
    let end = move || {
        timed_out.store(true, Ordering::Relaxed);
        stop::flag().store(true, Ordering::Relaxed);
    };
    // No time at all is over before the work begins, not a moment later.
    if after.is_zero() {
        return end();
    }
    thread::spawn(move || {
        thread::sleep(after);
        end();
    });
}

/// Marks what a clock may have cut: everything that is not complete. A second run may differ.
fn mark_time_limited(outcome: &mut Outcome) {
    let mark = |status: &mut Status| {
        if *status == Status::WorkLimited {
            *status = Status::TimeLimited;
        }
    };
    mark(&mut outcome.status);
    let study = &mut outcome.best;
    study.designs.iter_mut().flat_map(|d| &mut d.options).for_each(|option| mark(&mut option.status));
    study.programme.iter_mut().for_each(|programme| mark(&mut programme.status));
    study.evidence.iter_mut().for_each(|evidence| mark(&mut evidence.status));
    study.decision.iter_mut().for_each(|decision| mark(&mut decision.status));
}

/// Says what each stage took, where it was long enough to ask.
fn tell_times(outcome: &Outcome) {
    let stages = &outcome.stats.stages;
    let reused = stages.iter().any(|s| s.reused != Reused::Nothing);
    if !reused && stages.iter().map(|s| s.seconds).sum::<f64>() < 1.0 {
        return;
    }
    let one = |s: &study::StageWork| match s.reused {
        Reused::All => format!("{} kept", s.stage.word()),
        Reused::Part => format!("{} {:.1} s (partly kept)", s.stage.word(), s.seconds),
        Reused::Nothing => format!("{} {:.1} s", s.stage.word(), s.seconds),
    };
    say(format!("took: {}", stages.iter().map(one).collect::<Vec<_>>().join(", ")));
}
