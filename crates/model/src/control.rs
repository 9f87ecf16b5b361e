//! What an engine is told while it works, and what it tells: limits, stop, progress.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Something an engine tells while it works; never part of a result.
#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    /// Stage, such as `plan`.
    pub stage: &'static str,
    /// What is being done, a few words.
    pub what: String,
    /// Share done, `0..=1`, when it is known.
    pub done: Option<f64>,
}

/// How hard to try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// A first answer within a minute for the sample ring.
    Quick,
    /// Proofs and many futures, tens of minutes.
    Full,
}

/// The hand on the engine: stops it, limits it, listens to it.
///
/// Work limits make results repeatable; the wall clock is only a cap, kept by the caller through the stop flag.
pub struct Control<'a> {
    stop: &'a AtomicBool,
    work: AtomicU64,
    work_max: u64,
    listen: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> Control<'a> {
    /// A control with a stop flag that others may set, a limit of work and a listener.
    #[must_use]
    pub fn new(stop: &'a AtomicBool, work_max: u64, listen: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { stop, work: AtomicU64::new(0), work_max, listen }
    }

    /// Counts work done and says whether to go on; each engine documents its unit of work.
    pub fn work(&self, amount: u64) -> bool {
        let before = self.work.fetch_add(amount, Ordering::Relaxed);
        !self.is_stopped() && before.saturating_add(amount) <= self.work_max
    }

    /// Work counted so far.
    #[must_use]
    pub fn work_done(&self) -> u64 {
        self.work.load(Ordering::Relaxed)
    }

    /// The limit of work.
    #[must_use]
    pub fn work_max(&self) -> u64 {
        self.work_max
    }

    /// True once somebody asked to stop; the engine then returns the best it has.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Tells the listener.
    pub fn tell(&self, stage: &'static str, what: impl Into<String>, done: Option<f64>) {
        (self.listen)(Progress { stage, what: what.into(), done });
    }
}

static NEVER: AtomicBool = AtomicBool::new(false);

impl Control<'static> {
    /// A control that never stops and does not listen, for tests and examples.
    #[must_use]
    pub fn unlimited() -> Self {
        Self::new(&NEVER, u64::MAX, &|_| {})
    }
}
