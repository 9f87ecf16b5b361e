//! What interrupts work on a plain line: breakdowns, shifts, dated windows, stops.

use super::engine::{CLOSE, DATED, Engine, FAIL, KIND_SHIFT, NEVER, NONE, OPEN, Phase, REPAIRED, SHIFT};
use super::ticks::ticks;

impl Engine<'_> {
    /// Stops the running work of a server and remembers what is left.
    pub(super) fn interrupt(&mut self, s: usize) {
        let server = &mut self.servers[s];
        if server.pending != NEVER {
            server.pending = NEVER;
            let left = server.ends - self.now;
            if server.to_failure != NEVER {
                server.to_failure -= server.left - left;
            }
            server.left = left;
        }
    }

    pub(super) fn fail(&mut self, s: usize, sequence: u64) {
        let Some(breakdown) = &mut self.breakdowns[s] else {
            return;
        };
        if breakdown.operation && self.servers[s].pending != sequence {
            return;
        }
        let repaired = self.now + breakdown.down.ticks(1.0) as u64;
        self.interrupt(s);
        self.servers[s].up = false;
        self.events.schedule(repaired, REPAIRED << KIND_SHIFT | s as u32);
        self.mark(s);
    }

    pub(super) fn repaired(&mut self, s: usize) {
        let j = self.servers[s].station as usize;
        self.servers[s].up = true;
        if let Some(b) = &mut self.breakdowns[s] {
            let up = b.up.ticks(1.0) as u64;
            if b.operation {
                self.servers[s].to_failure = up;
            } else {
                self.events.schedule(self.now + up, FAIL << KIND_SHIFT | s as u32);
            }
        }
        self.resume(s, j);
    }

    /// Whether the line as a whole may work.
    pub(super) const fn is_open(&self) -> bool {
        self.closures == 0
    }

    /// Time zero: the first edges of shifts, dated windows and stops.
    pub(super) fn open_calendar(&mut self) {
        if let Some(shifts) = &self.line.shifts {
            self.closures += 1;
            let first = ticks(shifts.open[0].0, self.line.ticks_per_unit);
            self.events.schedule(first, SHIFT << KIND_SHIFT);
        }
        self.expect_dated();
        for k in 0..self.stops.len() {
            self.expect_stop(k);
        }
    }

    pub(super) fn shift(&mut self) {
        let Some(shifts) = &self.line.shifts else {
            return;
        };
        // Edge 2k opens working window k, edge 2k + 1 closes it.
        self.edge += 1;
        let (window, n) = (self.edge / 2, shifts.open.len());
        let (start, end) = shifts.open[window % n];
        let edge = if self.edge.is_multiple_of(2) { start } else { end };
        let per_unit = self.line.ticks_per_unit;
        let day = (window / n) as u64 * ticks(shifts.cycle, per_unit).max(1);
        self.events.schedule(day + ticks(edge, per_unit), SHIFT << KIND_SHIFT);
        if self.edge % 2 == 1 { self.reopen() } else { self.close() }
    }

    /// The next edge of the dated windows.
    fn expect_dated(&mut self) {
        if let Some((start, end)) = self.line.closed.get(self.dated / 2) {
            let edge = if self.dated.is_multiple_of(2) { *start } else { *end };
            self.events.schedule(ticks(edge, self.line.ticks_per_unit), DATED << KIND_SHIFT);
        }
    }

    pub(super) fn dated_edge(&mut self) {
        self.dated += 1;
        self.expect_dated();
        if self.dated % 2 == 1 { self.close() } else { self.reopen() }
    }

    fn expect_stop(&mut self, k: usize) {
        let begins = self.now + self.stops[k].0.ticks(1.0) as u64;
        self.events.schedule(begins, CLOSE << KIND_SHIFT | k as u32);
    }

    pub(super) fn stop_begins(&mut self, k: usize) {
        let ends = self.now + self.stops[k].1.ticks(1.0) as u64;
        self.events.schedule(ends, OPEN << KIND_SHIFT | k as u32);
        self.close();
    }

    pub(super) fn stop_ends(&mut self, k: usize) {
        self.expect_stop(k);
        self.reopen();
    }

    /// One more thing keeps the line closed.
    fn close(&mut self) {
        self.closures += 1;
        for s in 0..self.servers.len() {
            self.interrupt(s);
            self.mark(s);
        }
    }

    /// One thing less keeps it closed.
    fn reopen(&mut self) {
        self.closures -= 1;
        if self.is_open() {
            for s in 0..self.servers.len() {
                self.resume(s, self.servers[s].station as usize);
            }
        }
    }

    /// A server may work again: it goes on with its part or takes one.
    pub(super) fn resume(&mut self, s: usize, j: usize) {
        if self.servers[s].part == NONE {
            self.mark(s);
            self.dispatch(j);
        } else if self.servers[s].phase == Phase::Loaded {
            self.try_start(s);
        } else {
            self.mark(s);
        }
    }
}
