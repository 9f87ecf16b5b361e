//! One visit of a piece to a station: how long it takes, and what of that is work.

use super::chain::Bucket;
use super::clock::{Moment, SiteClock};
use super::event;
use super::plant::{DAY, SeatSpec};
use super::purpose;
use super::state::{Doing, Run};

impl Run<'_> {
    /// Draws how long the visit takes and schedules its end.
    pub(super) fn work(&mut self, copy: usize, station: usize, line: usize, moment: Moment) {
        let plant = self.plant;
        let spec = &plant.seats[plant.stations[station].seat as usize];
        let now = &mut self.stations[station];
        let c = &mut self.copies[copy];
        let l = &mut self.lines[line];
        let factor = l.pieces[c.piece as usize].factor;
        let (visit, name) = (u64::from(now.begun), station as u32);
        now.begun += 1;
        let [time, pass] = self.source.pair(self.replication, name, purpose::VISIT, visit);
        let draw = plant.samplers[spec.sampler].value(time);
        let rework = rework(spec, chance::open_unit(pass)) * factor;
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
            let planned_factor = l.accounts[c.piece as usize].planned_factor;
            let split = &mut self.accounts[copy].split;
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
                split[bucket as usize] += ticks;
                left -= ticks;
            }
            split[Bucket::Variability as usize] += left;
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

/// Ticks of rework of one visit from one uniform number: each task passes or not; nothing fails twice.
///
/// Task by task the number says whether it passes, and what is left of it, stretched to the whole interval again, is
/// uniform and decides about the next; below the product of all yields every task passes.
#[inline]
fn rework(spec: &SeatSpec, uniform: f64) -> f64 {
    if uniform < spec.clean {
        return 0.0;
    }
    let (mut left, mut ticks) = (uniform, 0.0);
    for (chance, once) in &spec.rework {
        let passes = 1.0 - chance;
        if left < passes {
            left /= passes;
        } else {
            left = (left - passes) / chance;
            ticks += once;
        }
    }
    ticks
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
    use super::{SeatSpec, nearest, rework};

    #[test]
    fn whole_numbers_are_those_of_round() {
        for x in [0.0, 0.49999999999999994, 0.5, 1.5, 2.5, -0.5, -0.2, -1.5, 1e15 + 0.5, 123_456.499_999] {
            assert_eq!(nearest(x), x.round() as i64, "{x}");
        }
    }

    #[test]
    fn each_task_fails_as_often_as_it_should_and_whatever_the_others_do() {
        let chances = [0.1, 0.02, 0.3, 0.1];
        // The ticks of each task say which have failed.
        let tasks: Vec<(f64, f64)> = chances.iter().zip([1.0, 2.0, 4.0, 8.0]).map(|(p, ticks)| (*p, ticks)).collect();
        let spec = SeatSpec { clean: tasks.iter().map(|t| 1.0 - t.0).product(), rework: tasks, ..SeatSpec::default() };
        let n = 1 << 20;
        let mut seen = [0u32; 16];
        (0..n).for_each(|i| seen[rework(&spec, (f64::from(i) + 0.5) / f64::from(n)) as usize] += 1);
        for (set, count) in seen.iter().enumerate() {
            let of = |(task, p): (usize, &f64)| if set >> task & 1 == 1 { *p } else { 1.0 - p };
            let expected = chances.iter().enumerate().map(of).product::<f64>();
            // Evenly spread numbers: each set is an interval, and its share is exact but for its two ends.
            assert!((f64::from(*count) / f64::from(n) - expected).abs() < 2.5 / f64::from(n), "{set:b}: {count}");
        }
    }
}
