//! What a window of time or of departures holds, lane by lane.

use super::flow::Flow;
use super::lanes::{LANES, Row, max, min};
use crate::line::{LineOptions, Stop, ticks};

/// Sums over the window; all are whole numbers, exact below 2^53.
#[derive(Debug)]
pub(super) struct Count {
    warm: f64,
    end: f64,
    goal: f64,
    departed: Row,
    /// When the last wanted part left.
    ended: Row,
    in_system: Row,
    after_first: Row,
    started: Row,
    delayed: Row,
    wait: Row,
}

impl Count {
    pub(super) fn new(options: &LineOptions, ticks_per_unit: f64) -> Self {
        let warm = ticks(options.warm_up, ticks_per_unit) as f64;
        let (end, goal) = match options.stop {
            Stop::Time(t) => (ticks(options.warm_up + t, ticks_per_unit) as f64, f64::INFINITY),
            Stop::Departures(n) => (f64::INFINITY, n.max(1) as f64),
        };
        Self {
            warm,
            end,
            goal,
            departed: Row::ZERO,
            ended: Row::ZERO,
            in_system: Row::ZERO,
            after_first: Row::ZERO,
            started: Row::ZERO,
            delayed: Row::ZERO,
            wait: Row::ZERO,
        }
    }

    const fn is_timed(&self) -> bool {
        self.end != f64::INFINITY
    }

    /// What is left of the window at a time.
    #[inline(always)]
    fn left(&self, at: f64) -> f64 {
        self.end - min(max(at, self.warm), self.end)
    }

    /// A part entered the line, and a server of the first station took it.
    #[inline(always)]
    pub(super) fn entered(&mut self, enter: &Row, load: &Row) {
        if self.is_timed() {
            for l in 0..LANES {
                self.in_system.0[l] += self.left(enter.0[l]);
                let counts = f64::from(u8::from(load.0[l] >= self.warm && load.0[l] < self.end));
                let wait = load.0[l] - enter.0[l];
                self.started.0[l] += counts;
                self.wait.0[l] += counts * wait;
                self.delayed.0[l] += if wait > 0.0 { counts } else { 0.0 };
            }
        }
    }

    /// A part was finished at the first station.
    #[inline(always)]
    pub(super) fn finished_first(&mut self, at: &Row) {
        if self.is_timed() {
            for l in 0..LANES {
                self.after_first.0[l] += self.left(at.0[l]);
            }
        }
    }

    /// A part left the last station.
    #[inline(always)]
    pub(super) fn departed(&mut self, at: &Row) {
        if self.is_timed() {
            for l in 0..LANES {
                let left = self.left(at.0[l]);
                self.in_system.0[l] -= left;
                self.after_first.0[l] -= left;
                self.departed.0[l] += if at.0[l] >= self.warm && at.0[l] < self.end { 1.0 } else { 0.0 };
            }
        } else {
            for l in 0..LANES {
                let open = self.departed.0[l] < self.goal;
                self.ended.0[l] = if open { at.0[l] } else { self.ended.0[l] };
                self.departed.0[l] += if open && at.0[l] >= self.warm { 1.0 } else { 0.0 };
            }
        }
    }

    /// Whether nothing that entered at `enter` or later can change the counts.
    #[inline(always)]
    pub(super) fn is_done(&self, enter: &Row) -> bool {
        if self.is_timed() { enter.all_from(self.end) } else { self.departed.all_from(self.goal) }
    }

    /// The counts of one lane after `visits` station visits.
    pub(super) fn flow(&self, lane: usize, visits: u64, ticks_per_unit: f64) -> Flow {
        self.counts(|row| row.0[lane], visits, ticks_per_unit)
    }

    /// The counts of all lanes together, where each lane holds other parts of one replication.
    pub(super) fn flow_of_all(&self, visits: u64, ticks_per_unit: f64) -> Flow {
        debug_assert!(self.is_timed(), "departures are counted in order");
        self.counts(|row| row.0.iter().sum(), visits, ticks_per_unit)
    }

    fn counts(&self, of: impl Fn(&Row) -> f64, visits: u64, ticks_per_unit: f64) -> Flow {
        let known = |row| self.is_timed().then(|| of(row) as u64);
        let end = if self.is_timed() { self.end } else { of(&self.ended) };
        Flow {
            time: (end - self.warm) as u64,
            ticks_per_unit: ticks_per_unit as u64,
            departed: of(&self.departed) as u64,
            visits,
            in_system: known(&self.in_system),
            after_first: known(&self.after_first),
            started: known(&self.started),
            delayed: known(&self.delayed),
            wait: known(&self.wait),
        }
    }
}
