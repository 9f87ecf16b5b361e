//! How much work an engine may do, and who may stop it.

use std::sync::atomic::{AtomicBool, Ordering};

/// The leash of one run: a work limit that makes it repeatable, and a flag that stops it at once.
#[derive(Debug)]
pub struct Control<'a> {
    left: u64,
    spent: u64,
    cancel: Option<&'a AtomicBool>,
    cancelled: bool,
}

impl<'a> Control<'a> {
    /// At most `work` steps.
    #[must_use]
    pub fn new(work: u64) -> Self {
        Self {
            left: work,
            spent: 0,
            cancel: None,
            cancelled: false,
        }
    }

    /// As [`Control::new`], and stops soon after `cancel` becomes true.
    #[must_use]
    pub fn with_cancel(work: u64, cancel: &'a AtomicBool) -> Self {
        Self {
            cancel: Some(cancel),
            ..Self::new(work)
        }
    }

    /// Books `steps`; false when the run must end.
    pub fn step(&mut self, steps: u64) -> bool {
        self.spent += steps;
        self.left = self.left.saturating_sub(steps);
        if let Some(cancel) = self.cancel {
            self.cancelled |= cancel.load(Ordering::Relaxed);
        }
        self.left > 0 && !self.cancelled
    }

    /// Steps booked so far.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.spent
    }

    /// True when the run must end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left == 0 || self.cancelled
    }

    /// True when the flag ended it, not the work limit.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled
    }

    /// Runs `part` with at most `steps` of the work left.
    pub fn within<T>(&mut self, steps: u64, part: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.left.saturating_sub(steps);
        self.left -= kept;
        let value = part(self);
        self.left += kept;
        value
    }

    /// Steps left.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.left
    }
}
