//! So many stations at a cycle time: what does not fit waits, and takes the place of others until nothing waits.
//!
//! The order of stations is left open (`partition`). So a task that waits may go wherever no circle comes of it,
//! and a station with idle time is, in effect, moved along the line to where it is of use.
//!
//! # Source
//! Nagata and Braysy (2009), Operations Research Letters 37(5), who make routes fewer: a pool of customers, each
//! put in where those that must leave for it have waited least often so far.
//! # Differs from the source
//! Stations instead of routes: what must hold is that groups of tasks contracted to one point leave no circle. At most
//! two leave for one. Random moves and swaps in between were tried and dropped: each costs as much as a task put in
//! and gains less.
//! # Cost
//! A step is two tasks or four stations looked at.

mod partition;
#[cfg(test)]
mod tests;

use crate::budget::Budget;
use crate::instance::Instance;
use crate::problem::Assignment;
use crate::random::Random;
use partition::Partition;

/// A line on its way to a number of stations and a cycle time.
#[derive(Debug)]
pub struct Eject<'a> {
    instance: &'a Instance,
    cycle_time: u32,
    partition: Partition<'a>,
    /// Tasks without a station; the last comes first.
    waiting: Vec<u32>,
    /// How often each task found no station with room, plus one.
    failed: Vec<u64>,
    random: Random,
}

impl<'a> Eject<'a> {
    /// Starts from a line: stations from `stations` on close, and those above `cycle_time` lose tasks until they fit.
    #[must_use]
    pub fn new(instance: &'a Instance, cycle_time: u32, line: &Assignment, stations: u32, seed: u64) -> Self {
        let mut partition = Partition::new(instance, line, stations);
        let mut waiting = partition.waiting();
        // The last task of a station in the order of the line stands between no others.
        for &task in instance.order().iter().rev() {
            let station = partition.group_of[task as usize];
            if station < stations && partition.loads[station as usize] > cycle_time {
                partition.take_out(task);
                waiting.push(task);
            }
        }
        Self {
            instance,
            cycle_time,
            partition,
            waiting,
            failed: vec![1; instance.n_tasks()],
            random: Random::new(seed),
        }
    }

    /// Stations sought.
    #[must_use]
    pub fn stations(&self) -> u32 {
        self.partition.stations
    }

    /// Goes on until nothing waits, which is the line sought, or until the budget is over.
    pub fn run(&mut self, budget: &mut Budget<'_, '_>) -> Option<Assignment> {
        while let Some(task) = self.waiting.pop() {
            self.partition.look(task);
            match self.place(task) {
                Some((station, out)) => {
                    for e in out {
                        self.partition.take_out(e);
                        self.waiting.push(e);
                    }
                    self.partition.put(task, station);
                }
                None => self.waiting.insert(0, task),
            }
            let looked = std::mem::take(&mut self.partition.looked);
            if !budget.step(looked / 2 + u64::from(self.partition.stations) / 4 + 1) {
                break;
            }
        }
        self.waiting.is_empty().then(|| self.partition.line())
    }

    /// Where the task looked at goes, and who must leave for it: nobody, or those who failed least.
    fn place(&mut self, task: u32) -> Option<(u32, Vec<u32>)> {
        if let Some(station) = self.with_room(task) {
            return Some((station, Vec::new()));
        }
        self.failed[task as usize] += 1;
        let mut least = Least { cost: u64::MAX, ties: 0, at: None };
        let (c, time) = (self.cycle_time, self.instance.time(task as usize));
        let (partition, failed, random) = (&self.partition, &self.failed, &mut self.random);
        let over = |s: u32| (partition.loads[s as usize] + time).saturating_sub(c);
        let long = |t: u32| self.instance.time(t as usize);
        for station in 0..partition.stations {
            for &e in &partition.tasks[station as usize] {
                let cost = failed[e as usize];
                if cost <= least.cost && long(e) >= over(station) && partition.may_join(station, &[e]) {
                    least.offer(cost, station, [e, e], random);
                }
            }
        }
        for station in 0..partition.stations {
            let members = &partition.tasks[station as usize];
            for (i, &e) in members.iter().enumerate() {
                if failed[e as usize] >= least.cost {
                    continue;
                }
                for &f in &members[i + 1..] {
                    let cost = failed[e as usize] + failed[f as usize];
                    let enough = long(e) + long(f) >= over(station);
                    if cost <= least.cost && enough && partition.may_join(station, &[e, f]) {
                        least.offer(cost, station, [e, f], random);
                    }
                }
            }
        }
        let (station, [e, f]) = least.at?;
        Some((station, if e == f { vec![e] } else { vec![e, f] }))
    }

    /// Some station that takes the task looked at beside those it has.
    fn with_room(&mut self, task: u32) -> Option<u32> {
        let partition = &self.partition;
        let room = self.cycle_time.checked_sub(self.instance.time(task as usize))?;
        let fits = |&s: &u32| partition.loads[s as usize] <= room && partition.may_join(s, &[]);
        let stations: Vec<u32> = (0..partition.stations).filter(fits).collect();
        (!stations.is_empty()).then(|| stations[self.random.below(stations.len() as u64) as usize])
    }
}

/// The cheapest place so far; of equals each with the same chance.
struct Least {
    cost: u64,
    ties: u64,
    at: Option<(u32, [u32; 2])>,
}

impl Least {
    fn offer(&mut self, cost: u64, station: u32, out: [u32; 2], random: &mut Random) {
        if cost < self.cost {
            (self.cost, self.ties) = (cost, 0);
        }
        self.ties += 1;
        if random.below(self.ties) == 0 {
            self.at = Some((station, out));
        }
    }
}
