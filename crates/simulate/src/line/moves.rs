//! Parts on a plain line: arrival, service, blocking, departure.

use super::engine::{ARRIVE, Engine, FAIL, FINISH, KIND_SHIFT, NEVER, NONE, Phase};
use super::model::{Arrivals, Blocking};
use super::ticks::factor;

impl Engine<'_> {
    pub(super) fn schedule_arrival(&mut self) {
        if let Some(draws) = &mut self.between {
            let time = self.now + draws.ticks(1.0) as u64;
            self.events.schedule(time, ARRIVE << KIND_SHIFT);
        }
    }

    pub(super) fn arrive(&mut self) {
        if matches!(self.line.arrivals, Arrivals::Renewal(_)) {
            self.schedule_arrival();
        }
        let first = &self.stations[0];
        if first.present < first.places {
            let part = self.new_part();
            self.enter(0, part);
        } else {
            self.run.lost += 1;
            if matches!(self.line.arrivals, Arrivals::Finite { .. }) {
                self.schedule_arrival();
            }
        }
    }

    pub(super) fn new_part(&mut self) -> u32 {
        self.count_change();
        self.in_system += 1;
        self.run.entered += 1;
        match self.free.pop() {
            Some(part) => {
                self.entered_at[part as usize] = self.now;
                part
            }
            None => {
                self.entered_at.push(self.now);
                self.entered_at.len() as u32 - 1
            }
        }
    }

    pub(super) fn depart(&mut self, part: u32) {
        self.count_change();
        self.in_system -= 1;
        self.after_first -= 1;
        self.inside -= 1;
        self.free.push(part);
        self.run.departed += 1;
        let time = self.now - self.entered_at[part as usize];
        self.run.sojourn += u128::from(time);
        self.run.sojourns.add(time);
        if matches!(self.line.arrivals, Arrivals::Finite { .. }) {
            self.schedule_arrival();
        }
        if self.counting && self.run.departed >= self.stop_departures {
            self.ended = true;
        }
    }

    /// A part takes a place at station `j`.
    pub(super) fn enter(&mut self, j: usize, part: u32) {
        self.stations[j].present += 1;
        self.stations[j].queue.push_back(part);
        self.dispatch(j);
    }

    /// Puts queued parts on free servers: those that are up first; one that is down only when it is the only one or
    /// the buffer has no place for the part.
    pub(super) fn dispatch(&mut self, j: usize) {
        loop {
            let station = &self.stations[j];
            let range = station.first as usize..(station.first + station.n_servers) as usize;
            let saturated = j == 0 && matches!(self.line.arrivals, Arrivals::Saturated);
            if station.queue.is_empty() && !saturated {
                return;
            }
            if j == 0 && self.line.conwip.is_some_and(|most| self.inside >= most) {
                return;
            }
            let anyhow = saturated || station.n_servers == 1 || station.queue.len() > station.space as usize;
            let servers = &self.servers[range.clone()];
            let up = servers.iter().position(|s| s.part == NONE && s.up);
            let Some(offset) = up.or_else(|| servers.iter().position(|s| s.part == NONE).filter(|_| anyhow)) else {
                return;
            };
            let part = match self.stations[j].queue.pop_front() {
                Some(part) => part,
                None => {
                    self.stations[j].present += 1;
                    self.new_part()
                }
            };
            self.load(range.start + offset, j, part);
        }
    }

    pub(super) fn load(&mut self, s: usize, j: usize, part: u32) {
        let station = &mut self.stations[j];
        let factor = factor(&self.line.stations[j].factors, station.started);
        station.started += 1;
        let server = &mut self.servers[s];
        server.part = part;
        server.phase = Phase::Loaded;
        server.left = station.times.ticks(factor) as u64;
        if j == 0 {
            self.inside += 1;
            let wait = self.now - self.entered_at[part as usize];
            self.run.started += 1;
            self.run.delayed += u64::from(wait > 0);
            self.run.wait += u128::from(wait);
        }
        self.take_kit(s, j);
        self.try_start(s);
    }

    /// Runs the work on a server when it can.
    pub(super) fn try_start(&mut self, s: usize) {
        let j = self.servers[s].station as usize;
        if self.line.blocking == Blocking::BeforeService && j + 1 < self.stations.len() && !self.servers[s].reserved {
            let next = &mut self.stations[j + 1];
            if !self.servers[s].queued && next.waiting.is_empty() && next.present + next.held < next.places {
                next.held += 1;
                self.servers[s].reserved = true;
            } else {
                if !self.servers[s].queued {
                    self.servers[s].queued = true;
                    next.waiting.push_back(s as u32);
                }
                self.mark(s);
                return;
            }
        }
        let open = self.is_open() && (self.stations[j].kits.is_none() || self.servers[s].kit);
        let server = &mut self.servers[s];
        if server.up && open && server.pending == NEVER {
            server.ends = self.now + server.left;
            server.pending = if server.to_failure < server.left {
                let fails = self.now + server.to_failure;
                self.events.schedule(fails, FAIL << KIND_SHIFT | s as u32)
            } else {
                self.events.schedule(server.ends, FINISH << KIND_SHIFT | s as u32)
            };
        }
        self.mark(s);
    }

    pub(super) fn finish(&mut self, s: usize, sequence: u64) {
        let server = &mut self.servers[s];
        if server.pending != sequence {
            return;
        }
        server.pending = NEVER;
        if server.to_failure != NEVER {
            server.to_failure -= server.left;
        }
        server.phase = Phase::Finished;
        self.run.visits += 1;
        let j = server.station as usize;
        if j == 0 {
            self.count_change();
            self.after_first += 1;
        }
        self.pass_on(s, j);
    }

    /// Moves the finished part of a server on, or queues the server for a place.
    pub(super) fn pass_on(&mut self, s: usize, j: usize) {
        if j + 1 < self.stations.len() {
            let next = &mut self.stations[j + 1];
            if self.servers[s].reserved {
                next.held -= 1;
                self.servers[s].reserved = false;
            } else if !next.waiting.is_empty() || next.present >= next.places {
                next.waiting.push_back(s as u32);
                self.mark(s);
                return;
            }
        }
        self.leave(s, j);
    }

    /// Takes the part off a server, sends it on, and lets the freed places be filled from upstream.
    pub(super) fn leave(&mut self, s: usize, j: usize) {
        let (mut s, mut j) = (s, j);
        loop {
            let part = self.servers[s].part;
            self.servers[s].part = NONE;
            self.servers[s].kit = false;
            if let Some(trace) = &mut self.trace {
                trace[j].push(self.now);
            }
            self.stations[j].present -= 1;
            self.mark(s);
            if j + 1 < self.stations.len() {
                self.enter(j + 1, part);
            } else {
                self.depart(part);
                if self.line.conwip.is_some() && j > 0 {
                    self.dispatch(0);
                }
            }
            self.dispatch(j);
            // A place is free here: whoever waits upstream longest takes it.
            let station = &mut self.stations[j];
            if station.present + station.held >= station.places {
                return;
            }
            let Some(waiting) = station.waiting.pop_front() else {
                return;
            };
            s = waiting as usize;
            match self.line.blocking {
                Blocking::AfterService => j -= 1,
                Blocking::BeforeService => {
                    station.held += 1;
                    self.servers[s].queued = false;
                    self.servers[s].reserved = true;
                    self.try_start(s);
                    return;
                }
            }
        }
    }
}
