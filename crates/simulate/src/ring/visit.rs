//! One visit of a piece to a station: how long it takes, and what of that is work.

use super::chain::Bucket;
use super::clock::{Moment, SiteClock};
use super::event;
use super::plant::{DAY, SeatSpec};
use super::state::{Doing, Run};

impl Run<'_> {
    /// Draws how long the visit takes and schedules its end.
    pub(super) fn work(&mut self, copy: usize, station: usize, line: usize, moment: Moment) {
        let plant = self.plant;
        let spec = &plant.seats[plant.stations[station].seat as usize];
        let now = &mut self.stations[station];
        let c = &mut self.copies[copy];
        let l = &mut self.lines[line];
        let piece = &l.pieces[c.piece as usize];
        let (factor, planned_factor) = (piece.factor, piece.planned_factor);
        let draw = plant.samplers[spec.sampler].draw(&mut now.service);
        let rework = rework(spec, &mut now.first_pass) * factor;
        let mature = spec.base * draw;
        let work = mature * factor + rework;
        // People: the skill's presence on the day work starts stretches it; with nobody there the piece waits.
        let mut people = 0.0;
        let s = &self.sites[plant.lines[line].site];
        if let Some((wait, present)) = present(&s.presence[spec.skill], &s.clock, self.now, l.hint, moment.worked) {
            people = wait as f64 + work / present - work;
        }
        let mut down = 0.0;
        if !spec.equipment.is_empty() {
            let station = &plant.stations[station];
            let wear = &mut self.wear[station.first_wear as usize + copy - station.first_copy as usize];
            for ((share, up, repair), to_failure) in spec.equipment.iter().zip(&mut wear.to_failure) {
                let mut busy = work * share;
                while busy > *to_failure {
                    busy -= *to_failure;
                    let repair = plant.unit.draw(&mut wear.stream) * repair;
                    *to_failure = plant.unit.draw(&mut wear.stream) * up;
                    if s.crews.is_some() {
                        self.broken.push((work - busy / share, repair));
                    } else {
                        down += repair;
                    }
                }
                *to_failure -= busy;
            }
        }
        (c.people, c.down) = (nearest(people) as u64, nearest(down) as u64);
        let total = (nearest(work) as u64).max(1) + c.people + c.down;
        c.doing = Doing::Busy;
        c.since = moment.worked;
        if plant.lines[line].is_product {
            // From here the split says how the open time until the end of the visit is spent.
            let nominal = spec.base * planned_factor + spec.rework_mean * planned_factor;
            let quality = rework - spec.rework_mean * planned_factor;
            let learning = mature * (factor - planned_factor);
            let mut left = total as i64;
            for (bucket, ticks) in [
                (Bucket::Breakdown, c.down as i64),
                (Bucket::Absence, c.people as i64),
                (Bucket::Learning, nearest(learning)),
                (Bucket::Quality, nearest(quality)),
                (Bucket::Nominal, nearest(nominal)),
            ] {
                c.split[bucket as usize] += ticks;
                left -= ticks;
            }
            c.split[Bucket::Variability as usize] += left;
        }
        if let Some(trace) = &mut self.trace {
            trace.begin(self.now, copy);
        }
        if !self.broken.is_empty() {
            return self.will_break_down(copy, line, moment.worked, total);
        }
        if let Some(end) = s.clock.after(moment.worked, total, l.hint)
            && end < plant.horizon
        {
            l.events.schedule(end, event::DONE | copy as u32);
        }
    }
}

/// The nearest whole number, halves away from zero, as `f64::round` below 2^52, without a call.
#[inline]
fn nearest(x: f64) -> i64 {
    let whole = x as i64;
    let rest = x - whole as f64;
    whole + i64::from(rest >= 0.5) - i64::from(rest <= -0.5)
}

/// Ticks of rework of one visit: each task passes or not; nothing fails twice.
fn rework(spec: &SeatSpec, stream: &mut chance::Stream) -> f64 {
    // One number decides whether anything fails; which tasks do is drawn only then.
    if spec.rework.is_empty() || stream.uniform() < spec.clean {
        return 0.0;
    }
    loop {
        let ticks: f64 =
            spec.rework.iter().map(|(chance, ticks)| if stream.chance(*chance) { *ticks } else { 0.0 }).sum();
        if ticks > 0.0 {
            return ticks;
        }
    }
}

/// Where not everybody needed is present when work starts: open ticks to wait for the first of them, and the share present.
fn present(days: &[f64], clock: &SiteClock, time: u64, hint: usize, worked: u64) -> Option<(u64, f64)> {
    let (start, mut window) = clock.next_open(time, hint)?;
    let mut at = start;
    let mut hint = hint;
    loop {
        let share = *days.get((at / DAY) as usize)?;
        if share > 0.0 {
            // Until the next open time passes no open time.
            let wait = if at == start { 0 } else { clock.moment(at, &mut hint).worked - worked };
            return (share < 1.0 || wait > 0).then_some((wait, share));
        }
        // Nobody today: the next day that has an open window.
        let tomorrow = (at / DAY + 1) * DAY;
        (at, window) = clock.next_open(tomorrow, window)?;
    }
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn whole_numbers_are_those_of_round() {
        for x in [0.0, 0.49999999999999994, 0.5, 1.5, 2.5, -0.5, -0.2, -1.5, 1e15 + 0.5, 123_456.499_999] {
            assert_eq!(nearest(x), x.round() as i64, "{x}");
        }
    }
}
