//! What a study is asked and what it answers.

use crate::limits::Limits;
use crate::stage::Stage;
use diag::Diagnostic;
use model::control::Effort;
use model::results::{Decision, Evidence, Hedge, LineDesign, Programme, Provenance, Status, Why};
use model::{RawRing, Ring};

/// A ring, checked, and as written for what-ifs.
#[derive(Debug, Clone, Copy)]
pub struct Problem<'a> {
    /// The ring.
    pub ring: &'a Ring,
    /// The same ring as written.
    pub raw: &'a RawRing,
}

/// How to study it.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The effort, as told in the provenance.
    pub effort: Effort,
    /// Limits of work.
    pub limits: Limits,
    /// Threads, at least 1; no influence on the result.
    pub threads: usize,
    /// Seed of the simulation; none takes the ring's.
    pub seed: Option<u64>,
    /// Menus of lines to plan with, where they are there already: those that the plan to keep chose from.
    pub menus: Option<Vec<LineDesign>>,
    /// The last stage that runs; what there is then is verified in any case.
    pub until: Stage,
}

impl Options {
    /// The options of an effort, on one thread.
    #[must_use]
    pub fn of(effort: Effort) -> Self {
        Self { effort, limits: Limits::of(effort), threads: 1, seed: None, menus: None, until: Stage::Verify }
    }
}

/// All results of a study.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Study {
    /// Menus of lines; the chosen options are balanced harder than the rest.
    pub designs: Vec<LineDesign>,
    /// The plan; none when there is none, `refusals` then say why.
    pub programme: Option<Programme>,
    /// Why the plan is as it is; none without a plan.
    pub why: Option<Why>,
    /// The plan chosen for what may stop; none where no outage has a rate, and at quick effort.
    pub hedge: Option<Hedge>,
    /// What simulation saw.
    pub evidence: Option<Evidence>,
    /// Gates, questions, options.
    pub decision: Option<Decision>,
    /// What the independent check found; empty when every result holds.
    pub findings: Vec<Diagnostic>,
    /// Why a stage gave no result.
    pub refusals: Vec<Diagnostic>,
    /// Seed and options; the caller adds the program's version and the hashes of the input.
    pub provenance: Provenance,
}

/// How much of a stage's result was kept from an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reused {
    /// Nothing: the stage ran.
    Nothing,
    /// Some of its values; the rest was worked out.
    Part,
    /// All of it: the stage did not run.
    All,
}

/// What a stage took; seconds are those of the caller's clock and part of no result.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StageWork {
    /// The stage.
    pub stage: Stage,
    /// Seconds.
    pub seconds: f64,
    /// Whether the stage's result, or any part of it, was kept from an earlier run.
    pub reused: Reused,
    /// Units of work: steps (balance), simplex iterations (plan), station visits (simulate), versions of the ring (decide).
    pub work: u64,
}

/// What the study took.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stats {
    /// Stages in order.
    pub stages: Vec<StageWork>,
    /// Times the plan was made.
    pub plans: usize,
    /// Layouts that balancing again made better.
    pub layouts_improved: usize,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// `Optimal` when no stage was cut, else the worst of what cut one.
    pub status: Status,
    /// The results.
    pub best: Study,
    /// What they took.
    pub stats: Stats,
}
