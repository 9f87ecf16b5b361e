//! The work an engine may still do: the caller's control, narrowed to slices.

use model::control::Control;

/// Work left in the present slice; books every step with the caller's control.
///
/// The unit of work is one node of load enumeration; opening a state costs `n / 2`, building a line by
/// rule `4 n`.
pub struct Budget<'c, 'a> {
    control: &'c Control<'a>,
    left: u64,
    stopped: bool,
}

impl<'c, 'a> Budget<'c, 'a> {
    /// All that the control allows.
    #[must_use]
    pub fn new(control: &'c Control<'a>) -> Self {
        let left = control.work_max().saturating_sub(control.work_done());
        Self { control, left, stopped: control.is_stopped() }
    }

    /// Books `steps`; false when the slice or the run must end.
    pub fn step(&mut self, steps: u64) -> bool {
        self.left = self.left.saturating_sub(steps);
        self.stopped |= !self.control.work(steps);
        !self.is_over()
    }

    /// Steps booked with the control so far.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.control.work_done()
    }

    /// Steps left in this slice.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.left
    }

    /// True when the slice or the run must end.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.left == 0 || self.stopped
    }

    /// True when somebody asked to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.control.is_stopped()
    }

    /// Runs `part` with at most `steps` of the work left.
    pub fn within<T>(&mut self, steps: u64, part: impl FnOnce(&mut Self) -> T) -> T {
        let kept = self.left.saturating_sub(steps);
        self.left -= kept;
        let value = part(self);
        self.left += kept;
        value
    }
}
