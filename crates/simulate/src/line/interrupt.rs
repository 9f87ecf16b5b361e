//! What interrupts work on a plain line: breakdowns and shifts.

use super::engine::{Engine, FAIL, KIND_SHIFT, NEVER, NONE, Phase, REPAIRED, SHIFT};
use super::recursion::ticks;

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
        let j = self.servers[s].station as usize;
        let Some(breakdown) = &self.breakdowns[j] else {
            return;
        };
        if breakdown.operation && self.servers[s].pending != sequence {
            return;
        }
        let down = breakdown.down.draw(&mut self.down_streams[s]);
        let repaired = self.now + ticks(down, self.line.ticks_per_unit);
        self.interrupt(s);
        self.servers[s].up = false;
        self.events.schedule(repaired, REPAIRED << KIND_SHIFT | s as u32);
        self.mark(s);
    }

    pub(super) fn repaired(&mut self, s: usize) {
        let j = self.servers[s].station as usize;
        self.servers[s].up = true;
        if let Some(b) = &self.breakdowns[j] {
            let up = ticks(b.up.draw(&mut self.up_streams[s]), self.line.ticks_per_unit);
            if b.operation {
                self.servers[s].to_failure = up;
            } else {
                self.events.schedule(self.now + up, FAIL << KIND_SHIFT | s as u32);
            }
        }
        self.resume(s, j);
    }

    pub(super) fn shift(&mut self) {
        let Some(shifts) = &self.line.shifts else {
            return;
        };
        self.on_shift = !self.on_shift;
        let per_unit = self.line.ticks_per_unit;
        let cycle = ticks(shifts.cycle, per_unit).max(1);
        let place = self.now % cycle;
        let next = shifts
            .open
            .iter()
            .flat_map(|w| [ticks(w.0, per_unit), ticks(w.1, per_unit)])
            .find(|edge| *edge > place)
            .unwrap_or(cycle + ticks(shifts.open[0].0, per_unit));
        self.events.schedule(self.now - place + next, SHIFT << KIND_SHIFT);
        for s in 0..self.servers.len() {
            if self.on_shift {
                self.resume(s, self.servers[s].station as usize);
            } else {
                self.interrupt(s);
                self.mark(s);
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
