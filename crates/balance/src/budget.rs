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
    /// Steps of a part that runs apart; they are booked by whoever forked it.
    apart: Option<u64>,
}

impl<'c, 'a> Budget<'c, 'a> {
    /// All that the control allows.
    #[must_use]
    pub fn new(control: &'c Control<'a>) -> Self {
        let left = control.work_max().saturating_sub(control.work_done());
        Self { control, left, stopped: control.is_stopped(), apart: None }
    }

    /// Books `steps`; false when the slice or the run must end.
    pub fn step(&mut self, steps: u64) -> bool {
        self.left = self.left.saturating_sub(steps);
        match &mut self.apart {
            Some(spent) => {
                *spent += steps;
                self.stopped |= self.control.is_stopped();
            }
            None => self.stopped |= !self.control.work(steps),
        }
        !self.is_over()
    }

    /// Steps booked so far: with the control, or by this part alone when it runs apart.
    #[must_use]
    pub fn spent(&self) -> u64 {
        self.apart.unwrap_or_else(|| self.control.work_done())
    }

    /// A part of at most `steps` that may run beside others: it books nothing with the control.
    #[must_use]
    pub fn apart(&self, steps: u64) -> Self {
        Self { control: self.control, left: self.left.min(steps), stopped: self.is_stopped(), apart: Some(0) }
    }

    /// Tells the caller's listener what is reached.
    pub fn tell(&self, what: impl Into<String>) {
        self.control.tell("balance", what, None);
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
