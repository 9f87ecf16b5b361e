//! Breakdowns at a site with few repair crews: who breaks down waits for a crew, first come, first served.
//!
//! Where crews are as many as anybody needs, the time of repairs is known when a visit begins, and nothing of this is used.

use super::chain::Bucket;
use super::event;
use super::state::Run;

/// What a copy's present visit has before it.
#[derive(Debug, Clone, Default)]
pub(super) struct Breakdowns {
    /// Open ticks to the next breakdown, and of repair; the last comes first.
    to_come: Vec<(u64, u64)>,
    /// Open ticks of work after the last.
    rest: u64,
    /// Ticks of the repair that it waits for or is under.
    repair: u64,
    /// Open time of the site when it broke down.
    since: u64,
}

impl Run<'_> {
    /// Takes over the breakdowns of a visit that begins and takes `total` open ticks without them.
    pub(super) fn will_break_down(&mut self, copy: usize, line: usize, worked: u64, total: u64) {
        let people = self.copies[copy].people;
        self.broken.sort_by(|a, b| a.0.total_cmp(&b.0));
        let now = &mut self.breakdowns[copy];
        now.to_come.clear();
        let mut before = 0;
        for (work, repair) in self.broken.drain(..) {
            let at = (people + work.round() as u64).clamp(before, total);
            now.to_come.push((at - before, repair.round() as u64));
            before = at;
        }
        now.to_come.reverse();
        now.rest = total - before;
        self.go_on(copy as u32, line, worked);
    }

    /// Work goes on until the next breakdown or the end of the visit.
    fn go_on(&mut self, copy: u32, line: usize, worked: u64) {
        let now = &mut self.breakdowns[copy as usize];
        let (ticks, what) = match now.to_come.pop() {
            Some((ticks, repair)) => {
                now.repair = repair;
                (ticks, event::BREAK)
            }
            None => (now.rest, event::DONE),
        };
        self.after(line, worked, ticks, what | copy);
    }

    /// A copy breaks down.
    pub(super) fn break_down(&mut self, copy: u32, line: usize) {
        let worked = self.moment(line).worked;
        self.breakdowns[copy as usize].since = worked;
        let s = &mut self.sites[self.plant.lines[line].site];
        match &mut s.crews {
            Some(0) => s.broken_down.push_back(copy),
            crews => {
                crews.iter_mut().for_each(|free| *free -= 1);
                self.after(line, worked, self.breakdowns[copy as usize].repair, event::REPAIRED | copy);
            }
        }
    }

    /// A copy is repaired: its work goes on, and the crew goes to whoever has waited longest.
    pub(super) fn repaired(&mut self, copy: u32, line: usize) {
        let plant = self.plant;
        let worked = self.moment(line).worked;
        let down = worked - self.breakdowns[copy as usize].since;
        self.copies[copy as usize].down += down;
        if plant.lines[line].is_product {
            self.accounts[copy as usize].split[Bucket::Breakdown as usize] += down as i64;
        }
        self.go_on(copy, line, worked);
        let s = &mut self.sites[plant.lines[line].site];
        match s.broken_down.pop_front() {
            None => s.crews.iter_mut().for_each(|free| *free += 1),
            Some(next) => {
                let line = plant.stations[self.copies[next as usize].station as usize].line as usize;
                let worked = self.moment(line).worked;
                self.after(line, worked, self.breakdowns[next as usize].repair, event::REPAIRED | next);
                self.woken.push(line as u32);
            }
        }
    }

    /// Something happens to a line after so much open time; nothing past the horizon.
    fn after(&mut self, line: usize, worked: u64, ticks: u64, payload: u32) {
        let plant = self.plant;
        let now = &mut self.lines[line];
        let time = self.sites[plant.lines[line].site].clock.after(worked, ticks, now.hint);
        if let Some(time) = time.filter(|time| *time < plant.horizon) {
            // Work of no length may lie at the end of a window that is over.
            now.events.schedule(time.max(self.now), payload);
        }
    }
}
