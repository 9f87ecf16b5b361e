//! The stages of a study, and the hands that hold it.

use crate::cache::Cache;
use model::control::{Control, Progress};
use std::sync::atomic::{AtomicBool, Ordering};

/// A stage of a study, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Menus of lines.
    Balance,
    /// The programme, with the chosen layouts balanced again.
    Plan,
    /// Replications of the programme.
    Simulate,
    /// Gates, questions, options.
    Decide,
    /// The independent check of all results.
    Verify,
}

impl Stage {
    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Plan => "plan",
            Self::Simulate => "simulate",
            Self::Decide => "decide",
            Self::Verify => "verify",
        }
    }
}

/// What the caller holds while a study runs: a flag that stops it, an ear for progress, a clock, and what earlier runs kept.
///
/// The clock is the caller's, because nothing here may look at one; it only times the stages, which is not part of a result.
#[derive(Clone, Copy)]
pub struct Hands<'a> {
    /// Set by anybody to stop the study.
    pub stop: &'a AtomicBool,
    /// Told while it runs.
    pub listen: &'a (dyn Fn(Progress) + Sync),
    /// Seconds since some moment.
    pub clock: &'a dyn Fn() -> f64,
    /// What earlier runs kept; none to work everything out. It changes the time a study takes, not its result.
    pub cache: Option<&'a dyn Cache>,
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl Hands<'static> {
    /// Hands that never stop, do not listen and have no clock, for tests.
    #[must_use]
    pub fn free() -> Self {
        Self { stop: &NEVER, listen: &|_| {}, clock: &|| 0.0, cache: None }
    }
}

impl<'a> Hands<'a> {
    /// A control for an engine with a limit of work of its own.
    #[must_use]
    pub fn control(&self, work_max: u64) -> Control<'a> {
        Control::new(self.stop, work_max, self.listen)
    }

    /// True once somebody asked to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}
