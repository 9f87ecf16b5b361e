//! When work that starts at a time is finished, with what interrupts it.

use super::lanes::{Keys, LANES, Row};
use crate::line::{BreakdownClock, Prepared, purpose, ticks, whole};
use chance::{Keyed, Lookup, Source};

/// One source of closed times of one lane: the next closed window that is not over.
#[derive(Debug, Clone, Copy)]
struct Window {
    begins: f64,
    ends: f64,
    /// Which window it is; what that means is the source's own.
    index: u64,
}

/// Where closed windows come from.
#[derive(Debug)]
enum Closures<'a> {
    /// Nights: between the working windows of a cycle, in ticks.
    Nights { cycle: f64, open: Vec<(f64, f64)> },
    /// Dated windows, in ticks.
    Dated(Vec<(f64, f64)>),
    /// Open and closed in turn.
    Alternating(Box<Alternating<'a>>),
}

/// Open and closed in turn, by draws.
#[derive(Debug)]
struct Alternating<'a> {
    open: &'a Lookup,
    closed: &'a Lookup,
    open_keys: Keys,
    closed_keys: Keys,
}

impl Closures<'_> {
    /// The first window of a lane.
    fn first(&self, lane: usize) -> Window {
        match self {
            Self::Nights { open, .. } => Window { begins: 0.0, ends: open[0].0, index: 0 },
            Self::Dated(windows) => Self::dated(windows, 0),
            Self::Alternating(a) => a.window(lane, 0.0, 0),
        }
    }

    /// The window after one.
    fn after(&self, lane: usize, window: Window) -> Window {
        match self {
            Self::Nights { cycle, open } => {
                let (n, index) = (open.len() as u64, window.index);
                let (day, next) = ((index / n) as f64 * cycle, index % n);
                let opens = if next + 1 == n { day + cycle + open[0].0 } else { day + open[next as usize + 1].0 };
                Window { begins: day + open[next as usize].1, ends: opens, index: index + 1 }
            }
            Self::Dated(windows) => Self::dated(windows, window.index + 1),
            Self::Alternating(a) => a.window(lane, window.ends, window.index + 1),
        }
    }

    fn dated(windows: &[(f64, f64)], index: u64) -> Window {
        let (begins, ends) = windows.get(index as usize).copied().unwrap_or((f64::INFINITY, f64::INFINITY));
        Window { begins, ends, index }
    }
}

impl Alternating<'_> {
    /// The window with this index, given when the one before ended.
    fn window(&self, lane: usize, from: f64, index: u64) -> Window {
        let begins = from + draw(self.open, self.open_keys.of(lane), index);
        Window { begins, ends: begins + draw(self.closed, self.closed_keys.of(lane), index), index }
    }
}

fn draw(table: &Lookup, key: Keyed, index: u64) -> f64 {
    whole(table.draw(key, index))
}

/// Failures that count working time.
#[derive(Debug)]
struct Wear<'a> {
    up: &'a Lookup,
    down: &'a Lookup,
    up_keys: Keys,
    down_keys: Keys,
    /// Failures so far.
    failures: [u64; LANES],
}

/// The clock of a station's work: what closes it, what wears it out.
#[derive(Debug)]
pub(super) struct Clock<'a> {
    closures: Vec<Closures<'a>>,
    /// Of each source and lane.
    windows: Vec<[Window; LANES]>,
    wear: Option<Wear<'a>>,
    /// Open without a break from here ...
    open_from: Row,
    /// ... to here.
    open_until: Row,
    /// Working time to the next failure.
    to_failure: Row,
    /// With several servers work of one part is looked at while that of an earlier one still runs.
    parallel: bool,
    /// The windows of the lane that is being looked at.
    ahead: Vec<Window>,
}

impl<'a> Clock<'a> {
    /// The clock of a station; `None` when nothing interrupts it.
    pub(super) fn new(prepared: &'a Prepared, j: usize, source: Source, first: u32) -> Option<Self> {
        let line = prepared.line();
        let station = &line.stations[j];
        let at = |t: f64| ticks(t, line.ticks_per_unit) as f64;
        let keys = |entity: usize, purpose| Keys::new(source, first, entity as u32, purpose);
        let mut closures = Vec::new();
        if let Some(shifts) = &line.shifts {
            let open = shifts.open.iter().map(|(a, b)| (at(*a), at(*b))).collect();
            closures.push(Closures::Nights { cycle: at(shifts.cycle).max(1.0), open });
        }
        if !line.closed.is_empty() {
            closures.push(Closures::Dated(line.closed.iter().map(|(a, b)| (at(*a), at(*b))).collect()));
        }
        for (k, (open, closed)) in prepared.stops.iter().enumerate() {
            closures.push(Closures::Alternating(Box::new(Alternating {
                open: &prepared.tables[open.0],
                closed: &prepared.tables[closed.0],
                open_keys: keys(k, purpose::OPEN),
                closed_keys: keys(k, purpose::CLOSED),
            })));
        }
        let mut wear = None;
        if let Some((breakdown, (up, down))) = station.breakdown.as_ref().zip(prepared.breakdown[j]) {
            let server = prepared.first_server[j] as usize;
            let (up, down) = (&prepared.tables[up.0], &prepared.tables[down.0]);
            let (up_keys, down_keys) = (keys(server, purpose::UP), keys(server, purpose::DOWN));
            match breakdown.clock {
                BreakdownClock::Time => closures.push(Closures::Alternating(Box::new(Alternating {
                    open: up,
                    closed: down,
                    open_keys: up_keys,
                    closed_keys: down_keys,
                }))),
                BreakdownClock::Operation => {
                    wear = Some(Wear { up, down, up_keys, down_keys, failures: [0; LANES] });
                }
            }
        }
        if closures.is_empty() && wear.is_none() {
            return None;
        }
        let to_failure = match &wear {
            None => Row::NEVER,
            Some(w) => Row(std::array::from_fn(|l| draw(w.up, w.up_keys.of(l), 0))),
        };
        let windows = closures.iter().map(|c| std::array::from_fn(|l| c.first(l))).collect();
        let open_until = if closures.is_empty() { Row::NEVER } else { Row::ZERO };
        let parallel = station.servers > 1;
        Some(Self {
            closures,
            windows,
            wear,
            open_from: Row::ZERO,
            open_until,
            to_failure,
            parallel,
            ahead: Vec::new(),
        })
    }

    /// When work of `time` that starts at `start` is done; starts are asked for in order.
    #[inline(always)]
    pub(super) fn done(&mut self, start: &Row, time: &Row) -> Row {
        let mut done = start.plus(time);
        let mut hindered = [false; LANES];
        let mut any = false;
        for l in 0..LANES {
            let free = start.0[l] >= self.open_from.0[l]
                && done.0[l] < self.open_until.0[l]
                && time.0[l] <= self.to_failure.0[l];
            hindered[l] = !free;
            any |= !free;
        }
        for l in 0..LANES {
            self.to_failure.0[l] -= if hindered[l] { 0.0 } else { time.0[l] };
        }
        if any {
            for l in (0..LANES).filter(|l| hindered[*l]) {
                done.0[l] = self.step_by_step(l, start.0[l], time.0[l]);
            }
        }
        done
    }

    /// The same for one lane, window by window and failure by failure.
    ///
    /// A closed window is `[begins, ends)`: work that would be done just when one begins is done when it ends, as in the
    /// event engine, where what closes was scheduled before.
    #[inline(never)]
    fn step_by_step(&mut self, lane: usize, start: f64, time: f64) -> f64 {
        self.ahead.clear();
        for (closure, windows) in self.closures.iter().zip(&mut self.windows) {
            while windows[lane].ends <= start {
                windows[lane] = closure.after(lane, windows[lane]);
            }
            self.ahead.push(windows[lane]);
        }
        let (mut at, mut left) = (start, time);
        while self.to_failure.0[lane] < left {
            let worked = self.to_failure.0[lane];
            at = self.advance(lane, at, worked);
            left -= worked;
            if let Some(wear) = &mut self.wear {
                at += draw(wear.down, wear.down_keys.of(lane), wear.failures[lane]);
                wear.failures[lane] += 1;
                self.to_failure.0[lane] = draw(wear.up, wear.up_keys.of(lane), wear.failures[lane]);
            }
        }
        self.to_failure.0[lane] -= left;
        let done = self.advance(lane, at, left);
        if !self.parallel {
            for (windows, window) in self.windows.iter_mut().zip(&self.ahead) {
                windows[lane] = *window;
            }
        }
        done
    }

    /// Open time of `left` from `at` on; notes the open stretch in which it ends.
    fn advance(&mut self, lane: usize, mut at: f64, mut left: f64) -> f64 {
        loop {
            let mut begins = f64::INFINITY;
            let mut closed_until = at;
            for (closure, window) in self.closures.iter().zip(&mut self.ahead) {
                while window.ends <= at {
                    *window = closure.after(lane, *window);
                }
                if window.begins <= at {
                    closed_until = window.ends;
                    break;
                }
                begins = begins.min(window.begins);
            }
            if closed_until > at {
                at = closed_until;
                continue;
            }
            self.open_from.0[lane] = at;
            self.open_until.0[lane] = begins;
            if at + left < begins {
                return at + left;
            }
            left -= begins - at;
            at = begins;
        }
    }
}
