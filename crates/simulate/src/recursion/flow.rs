//! What one replication of a line counted, whichever engine ran it.

use crate::line::LineRun;

/// Counts of one replication in its window, all exact whole numbers; times in ticks. What is integrated over time is
/// known for windows of a stated length only, not for those that end with a departure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// Time counted.
    pub time: u64,
    /// Ticks per time unit, rounded down.
    pub ticks_per_unit: u64,
    /// Parts that left the last station.
    pub departed: u64,
    /// Station visits computed, warm-up included.
    pub visits: u64,
    /// Parts in the line, integrated.
    pub in_system: Option<u64>,
    /// Parts past service at the first station and not departed, integrated.
    pub after_first: Option<u64>,
    /// Parts taken by a server of the first station.
    pub started: Option<u64>,
    /// Those of them that had to wait.
    pub delayed: Option<u64>,
    /// Their waiting before the first station, summed.
    pub wait: Option<u64>,
}

impl Flow {
    /// Departures per time unit.
    #[must_use]
    pub fn throughput(&self) -> f64 {
        self.departed as f64 * self.ticks_per_unit as f64 / self.time as f64
    }

    /// Time average of the parts in the line.
    #[must_use]
    pub fn mean_in_system(&self) -> Option<f64> {
        self.in_system.map(|area| area as f64 / self.time as f64)
    }

    /// Time average of the parts past service at the first station.
    #[must_use]
    pub fn mean_after_first(&self) -> Option<f64> {
        self.after_first.map(|area| area as f64 / self.time as f64)
    }

    /// Mean waiting before the first station, in time units.
    #[must_use]
    pub fn mean_wait(&self) -> Option<f64> {
        Some(self.wait? as f64 / self.started? as f64 / self.ticks_per_unit as f64)
    }

    /// Share of parts that had to wait before the first station.
    #[must_use]
    pub fn share_delayed(&self) -> Option<f64> {
        Some(self.delayed? as f64 / self.started? as f64)
    }

    /// The same counts of an event run over a window of a stated length.
    #[must_use]
    pub fn of_run(run: &LineRun) -> Self {
        Self {
            time: run.time,
            ticks_per_unit: run.ticks_per_unit,
            departed: run.departed,
            visits: run.visits,
            in_system: u64::try_from(run.in_system).ok(),
            after_first: u64::try_from(run.after_first).ok(),
            started: Some(run.started),
            delayed: Some(run.delayed),
            wait: u64::try_from(run.wait).ok(),
        }
    }
}
