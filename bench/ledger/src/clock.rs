//! CPU time, since other programs share the machine.

use rustix::time::{ClockId, clock_gettime};

fn seconds(clock: ClockId) -> f64 {
    let now = clock_gettime(clock);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

/// CPU seconds that a piece of work took: this thread's, and those of the threads it started.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cpu {
    pub(crate) own: f64,
    pub(crate) others: f64,
}

impl Cpu {
    /// What the work takes in time on two free cores, when it has two threads.
    pub(crate) fn longer(self) -> f64 {
        self.own.max(self.others)
    }

    pub(crate) fn sum(self) -> f64 {
        self.own + self.others
    }
}

/// Does the work and says what it took.
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Cpu) {
    let (own, all) = (seconds(ClockId::ThreadCPUTime), seconds(ClockId::ProcessCPUTime));
    let answer = work();
    let own = seconds(ClockId::ThreadCPUTime) - own;
    let all = seconds(ClockId::ProcessCPUTime) - all;
    (answer, Cpu { own, others: (all - own).max(0.0) })
}
