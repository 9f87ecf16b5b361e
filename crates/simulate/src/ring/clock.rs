//! The working time of one site: its open windows, and what was lost between them and why.

/// Why scheduled working time is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// Dated outages: part of the plan.
    Planned,
    /// Outages drawn at the user's rate, recovery included.
    Outage,
    /// Alarms.
    Alarm,
    /// Power.
    Power,
}

pub(super) const N_STOPS: usize = 4;

/// One stretch of open working time, `start..end` in ticks.
#[derive(Debug, Clone, Copy)]
struct Window {
    start: u64,
    end: u64,
    /// Open time before `start`.
    worked: u64,
    /// Scheduled time before `start`: open and lost.
    scheduled: u64,
}

/// Maps calendar time to open working time and back. Times are ticks from the start of the horizon.
#[derive(Debug, Clone)]
pub(super) struct SiteClock {
    /// In rising order; the first and the last are empty, at 0 and at the end of the horizon.
    windows: Vec<Window>,
    /// Scheduled time lost before each window, by [`Stop`].
    lost: Vec<[u64; N_STOPS]>,
}

/// A moment as a site counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Moment {
    /// Open time so far.
    pub(super) worked: u64,
    /// Scheduled time so far, open and lost; a loss counts from the end of the gap it lies in.
    pub(super) scheduled: u64,
}

/// Collects windows in rising order.
pub(super) struct ClockBuilder {
    windows: Vec<Window>,
    before: Vec<[u64; N_STOPS]>,
    worked: u64,
    lost: [u64; N_STOPS],
}

impl ClockBuilder {
    pub(super) fn new() -> Self {
        let mut empty = Self { windows: Vec::new(), before: Vec::new(), worked: 0, lost: [0; N_STOPS] };
        empty.push(0, 0);
        empty
    }

    /// Scheduled time lost after the last window.
    pub(super) fn lose(&mut self, stop: Stop, ticks: u64) {
        self.lost[stop as usize] += ticks;
    }

    /// An open window after all before it; empty ones are left out.
    pub(super) fn open(&mut self, start: u64, end: u64) {
        if end > start {
            self.push(start, end);
            self.worked += end - start;
        }
    }

    pub(super) fn finish(mut self, horizon: u64) -> SiteClock {
        self.push(horizon, horizon);
        SiteClock { windows: self.windows, lost: self.before }
    }

    fn push(&mut self, start: u64, end: u64) {
        let scheduled = self.worked + self.lost.iter().sum::<u64>();
        self.windows.push(Window { start, end, worked: self.worked, scheduled });
        self.before.push(self.lost);
    }
}

impl SiteClock {
    /// The moment at a time. `hint` is a window at or before it and is moved up to it: time runs forward.
    #[inline]
    pub(super) fn moment(&self, time: u64, hint: &mut usize) -> Moment {
        while *hint + 1 < self.windows.len() && self.windows[*hint + 1].start <= time {
            *hint += 1;
        }
        let w = &self.windows[*hint];
        let inside = time.clamp(w.start, w.end) - w.start;
        Moment { worked: w.worked + inside, scheduled: w.scheduled + inside }
    }

    /// When it is open, by time.
    pub(super) fn open(&self) -> impl Iterator<Item = (u64, u64)> {
        self.windows.iter().filter(|w| w.end > w.start).map(|w| (w.start, w.end))
    }

    /// The window that a time lies in or after.
    pub(super) fn window_at(&self, time: u64) -> usize {
        self.windows.partition_point(|w| w.start <= time).saturating_sub(1)
    }

    /// Scheduled time lost before a window, by [`Stop`].
    #[inline]
    pub(super) fn lost_before(&self, window: usize) -> &[u64; N_STOPS] {
        &self.lost[window]
    }

    /// The time at which `work` ticks of open time have passed since the moment `worked` near window
    /// `hint`; none when the horizon ends before.
    #[inline]
    pub(super) fn after(&self, worked: u64, work: u64, hint: usize) -> Option<u64> {
        let goal = worked + work;
        let mut at = hint;
        loop {
            let w = self.windows.get(at)?;
            if w.worked + (w.end - w.start) >= goal && w.worked <= goal {
                // Work of no length starts where it is; else it ends inside this window.
                return Some(w.start + (goal - w.worked));
            }
            at += 1;
        }
    }

    /// The first open time at or after `time`, and the window it lies in; none past the last.
    #[inline]
    pub(super) fn next_open(&self, time: u64, hint: usize) -> Option<(u64, usize)> {
        let mut at = hint;
        loop {
            let w = self.windows.get(at)?;
            if w.end > time && w.end > w.start {
                return Some((w.start.max(time), at));
            }
            at += 1;
        }
    }

    /// The moment at the end of the horizon.
    pub(super) fn end(&self) -> Moment {
        let w = &self.windows[self.windows.len() - 1];
        Moment { worked: w.worked, scheduled: w.scheduled }
    }

    /// Scheduled time lost over the whole horizon, by [`Stop`].
    pub(super) fn lost_in_all(&self) -> &[u64; N_STOPS] {
        &self.lost[self.lost.len() - 1]
    }

    /// Open time of the whole horizon.
    #[cfg(test)]
    pub(super) fn total(&self) -> u64 {
        self.end().worked
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> SiteClock {
        let mut b = ClockBuilder::new();
        b.open(10, 20);
        b.lose(Stop::Alarm, 5);
        b.open(25, 30);
        b.open(40, 45);
        b.finish(100)
    }

    #[test]
    fn work_runs_in_windows_only_and_losses_are_booked_between_them() {
        let c = clock();
        let mut hint = 0;
        let worked: Vec<u64> = (0..50).map(|t| c.moment(t, &mut hint).worked).collect();
        assert_eq!((worked[5], worked[15], worked[22], worked[27], worked[35], worked[42]), (0, 5, 10, 12, 15, 17));
        let mut hint = 0;
        assert_eq!((c.moment(24, &mut hint).scheduled, c.lost_before(hint)[Stop::Alarm as usize]), (10, 0));
        assert_eq!((c.moment(25, &mut hint).scheduled, c.lost_before(hint)[Stop::Alarm as usize]), (15, 5));
        assert_eq!((c.end().scheduled, c.lost_in_all()[Stop::Alarm as usize]), (25, 5));
        assert_eq!(c.total(), 20);
    }

    #[test]
    fn finishing_times_undo_the_count() {
        let c = clock();
        for start in 0..45 {
            let mut hint = 0;
            let m = c.moment(start, &mut hint);
            for work in 1..=(20 - m.worked) {
                let end = c.after(m.worked, work, hint).expect("inside the horizon");
                let mut h = 0;
                assert_eq!(c.moment(end, &mut h).worked, m.worked + work, "{start} {work}");
            }
            assert_eq!(c.after(m.worked, 21 - m.worked, hint), None);
        }
    }

    #[test]
    fn the_next_open_time_is_found() {
        let c = clock();
        assert_eq!(c.next_open(0, 0).map(|o| o.0), Some(10));
        assert_eq!(c.next_open(15, 0).map(|o| o.0), Some(15));
        assert_eq!(c.next_open(20, 0).map(|o| o.0), Some(25));
        assert_eq!(c.next_open(45, 0), None);
    }
}
