//! What a plain line counts: states of servers, parts over time.

use super::engine::{BLOCKED, DOWN_STATE, Engine, LEVELS, NEVER, NONE, OFF, Phase, STARVED, WORKING};
use super::result::StationTimes;
use chance::stats::Histogram;

impl Engine<'_> {
    /// Notes the state of a server from now on.
    pub(super) fn mark(&mut self, s: usize) {
        let server = &self.servers[s];
        let state = if !server.up {
            DOWN_STATE
        } else if !self.is_open() {
            OFF
        } else if server.part == NONE {
            STARVED
        } else if server.phase == Phase::Finished || server.pending == NEVER {
            BLOCKED
        } else {
            WORKING
        };
        if state != server.state {
            self.settle(s);
            self.servers[s].state = state;
        }
    }

    /// Books the time a server has spent in its state.
    pub(super) fn settle(&mut self, s: usize) {
        let server = &mut self.servers[s];
        let spent = self.now - server.since;
        server.since = self.now;
        let times = &mut self.run.stations[server.station as usize];
        *match server.state {
            WORKING => &mut times.working,
            BLOCKED => &mut times.blocked,
            STARVED => &mut times.starved,
            DOWN_STATE => &mut times.down,
            _ => &mut times.off,
        } += spent;
    }

    /// Books the time since the number of parts in the line last changed.
    pub(super) fn count_change(&mut self) {
        let spent = self.now - self.changed;
        self.changed = self.now;
        self.run.in_system += u128::from(spent) * u128::from(self.in_system);
        self.run.after_first += u128::from(spent) * u128::from(self.after_first);
        self.run.occupancy[(self.in_system as usize).min(LEVELS - 1)] += spent;
        self.run.time += spent;
    }

    pub(super) fn settle_all(&mut self) {
        self.count_change();
        (0..self.servers.len()).for_each(|s| self.settle(s));
    }

    /// The warm-up is over: forget what was counted.
    pub(super) fn begin_counting(&mut self) {
        self.settle_all();
        let (visits, events) = (self.run.visits, self.run.events);
        let run = &mut self.run;
        (run.time, run.entered, run.departed, run.lost) = (0, 0, 0, 0);
        (run.started, run.delayed) = (0, 0);
        (run.wait, run.sojourn, run.in_system, run.after_first) = (0, 0, 0, 0);
        run.sojourns = Histogram::new();
        run.occupancy.fill(0);
        run.stations.fill(StationTimes::default());
        (run.visits, run.events) = (visits, events);
        run.in_line.0 = self.in_system;
        self.counting = true;
    }
}
