//! The station whose tasks cost most, whatever the prices: the one question behind every bound by prices.

use crate::instance::Instance;

/// Who fits one station with whom, forced tasks between included.
#[derive(Debug)]
pub struct Stations<'a> {
    times: &'a [u32],
    cycle_time: u32,
    words: usize,
    /// Row `i`: the tasks that may share a station with `i`, bit by bit.
    mates: Vec<u64>,
}

impl<'a> Stations<'a> {
    /// `cycle_time` in ticks, at least the longest task.
    #[must_use]
    pub fn new(instance: &'a Instance, cycle_time: u32) -> Self {
        let n = instance.n_tasks();
        let words = n.div_ceil(64).max(1);
        let mut mates = vec![0u64; n * words];
        for a in 0..n {
            for b in a + 1..n {
                if instance.time(a) + instance.time(b) <= cycle_time && instance.time_together(a, b) <= cycle_time {
                    mates[a * words + b / 64] |= 1 << (b % 64);
                    mates[b * words + a / 64] |= 1 << (a % 64);
                }
            }
        }
        Self { times: instance.times(), cycle_time, words, mates }
    }

    fn may_share(&self, a: u32, b: u32) -> bool {
        self.mates[a as usize * self.words + b as usize / 64] >> (b % 64) & 1 == 1
    }

    /// Loads that cost more than `floor`, each more than the one before; the last costs most of all. None when more
    /// than `steps_left` steps would be needed.
    ///
    /// # Source
    /// Branch and bound by falling price per tick, with the bound of Dantzig (1957), Operations Research 5(2).
    /// # Cost
    /// Exponential in the tasks per station; `steps_left` counts tasks looked at and is used up.
    pub fn dearest(&self, prices: &[u64], floor: u64, steps_left: &mut u64) -> Option<Vec<(u64, Vec<u32>)>> {
        let mut order: Vec<u32> = (0..self.times.len() as u32).filter(|&t| prices[t as usize] > 0).collect();
        // Tasks of no time come first: they cost room nothing.
        order.sort_by(|&a, &b| {
            let (a_time, b_time) = (u128::from(self.times[a as usize]), u128::from(self.times[b as usize]));
            let (a_price, b_price) = (u128::from(prices[a as usize]), u128::from(prices[b as usize]));
            (b_price * a_time).cmp(&(a_price * b_time)).then(a.cmp(&b))
        });
        let mut dive = Dive { stations: self, prices, best: floor, found: Vec::new(), load: Vec::new(), steps_left };
        let mut levels = vec![order];
        dive.grow(&mut levels, 0, self.cycle_time, 0).then_some(dive.found)
    }
}

struct Dive<'d, 'a> {
    stations: &'d Stations<'a>,
    prices: &'d [u64],
    best: u64,
    found: Vec<(u64, Vec<u32>)>,
    load: Vec<u32>,
    steps_left: &'d mut u64,
}

impl Dive<'_, '_> {
    /// Adds tasks of `levels[depth]` to the load; false when the steps ran out.
    fn grow(&mut self, levels: &mut Vec<Vec<u32>>, depth: usize, room: u32, value: u64) -> bool {
        if value > self.best {
            self.best = value;
            self.found.push((value, self.load.clone()));
        }
        if levels.len() == depth + 1 {
            levels.push(Vec::new());
        }
        for at in 0..levels[depth].len() {
            if value + self.most(&levels[depth][at..], room) <= self.best {
                return true;
            }
            let task = levels[depth][at];
            let left = room - self.stations.times[task as usize];
            let mut next = std::mem::take(&mut levels[depth + 1]);
            next.clear();
            let fits = |&&t: &&u32| self.stations.times[t as usize] <= left && self.stations.may_share(task, t);
            next.extend(levels[depth][at + 1..].iter().filter(fits));
            let steps = (levels[depth].len() - at) as u64 / 4 + 1;
            levels[depth + 1] = next;
            if *self.steps_left < steps {
                *self.steps_left = 0;
                return false;
            }
            *self.steps_left -= steps;
            self.load.push(task);
            let whole = self.grow(levels, depth + 1, left, value + self.prices[task as usize]);
            self.load.pop();
            if !whole {
                return false;
            }
        }
        true
    }

    /// No part of `tasks`, dearest per tick first, costs more in so much room.
    fn most(&self, tasks: &[u32], room: u32) -> u64 {
        let (mut room, mut sum) = (u64::from(room), 0);
        for &task in tasks {
            let (time, price) = (u64::from(self.stations.times[task as usize]), self.prices[task as usize]);
            if time > room {
                // Prices are below 2^34 and room below 2^30: no overflow.
                return sum + price * room / time;
            }
            room -= time;
            sum += price;
        }
        sum
    }
}
