//! What one replication of a line counted.

use chance::stats::Histogram;

/// How long the servers of a station spent in each state after the warm-up, in ticks (added over servers).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StationTimes {
    /// Working on a part.
    pub working: u64,
    /// Holding a finished part, or waiting for a place to be reserved.
    pub blocked: u64,
    /// Up, on shift, without a part.
    pub starved: u64,
    /// Broken down.
    pub down: u64,
    /// Outside shifts (and not broken down).
    pub off: u64,
}

impl StationTimes {
    /// All states together: servers times the time counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.working + self.blocked + self.starved + self.down + self.off
    }
}

/// The counts of one replication, all exact whole numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRun {
    /// Time counted, in ticks.
    pub time: u64,
    /// Ticks per time unit, rounded down.
    pub ticks_per_unit: u64,
    /// Parts that entered the first station while counting.
    pub entered: u64,
    /// Parts that left the last station while counting.
    pub departed: u64,
    /// Parts turned away while counting.
    pub lost: u64,
    /// Parts that started at the first station while counting.
    pub started: u64,
    /// Those of `started` that had to wait.
    pub delayed: u64,
    /// Waiting before the first station, summed over `started`, in ticks.
    pub wait: u128,
    /// Time from entering to leaving, summed over `departed`, in ticks.
    pub sojourn: u128,
    /// The same per part.
    pub sojourns: Histogram,
    /// Parts in the line, integrated over time, in ticks.
    pub in_system: u128,
    /// Parts past service at the first station and not departed, integrated over time, in ticks.
    pub after_first: u128,
    /// Time with exactly k parts in the line (k up to 255, the last for all above), in ticks.
    pub occupancy: Vec<u64>,
    /// States of each station.
    pub stations: Vec<StationTimes>,
    /// Finished station visits, warm-up included.
    pub visits: u64,
    /// Events handled, warm-up included.
    pub events: u64,
    /// Parts in the line when counting began and ended: entered - departed is their difference.
    pub in_line: (u64, u64),
}

impl LineRun {
    /// Departures per time unit.
    #[must_use]
    pub fn throughput(&self) -> f64 {
        self.departed as f64 * self.ticks_per_unit as f64 / self.time as f64
    }

    /// Mean time from entering to leaving, in time units.
    #[must_use]
    pub fn mean_sojourn(&self) -> f64 {
        self.sojourn as f64 / self.departed as f64 / self.ticks_per_unit as f64
    }

    /// Mean waiting before the first station, in time units.
    #[must_use]
    pub fn mean_wait(&self) -> f64 {
        self.wait as f64 / self.started as f64 / self.ticks_per_unit as f64
    }

    /// Time average of the parts in the line.
    #[must_use]
    pub fn mean_in_system(&self) -> f64 {
        self.in_system as f64 / self.time as f64
    }

    /// Time average of the parts past service at the first station.
    #[must_use]
    pub fn mean_after_first(&self) -> f64 {
        self.after_first as f64 / self.time as f64
    }
}
