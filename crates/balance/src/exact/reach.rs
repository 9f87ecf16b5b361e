//! Which sums of task times are still possible: no load is begun that cannot fill its station.
//!
//! Where little idle time is left for all stations together, most ways to begin a load end in one that wastes too much.
//! The sums of all subsets of the tasks that may still join say so at once, a bit for each sum.
//!
//! # Source
//! Bellman (1957), Dynamic Programming: subset sums; as in Dyckhoff's and other codes for bin packing without slack.
//! # Cost
//! `cycle time / 64` words for each task that may join, once for each state opened.

use crate::instance::Arcs;

/// Idle time of more than this share of the cycle time makes sums useless.
const IDLE_SHARE: u32 = 6;

/// Cycle times beyond which the sums take too long.
const TICKS_MAX: u32 = 1 << 16;

/// Sums that the eligible tasks from each position on, and those that they release, can reach.
#[derive(Debug, Default)]
pub(super) struct Reach {
    words: usize,
    /// Row `p`: sums of tasks from position `p` on; the last row: of tasks not yet eligible.
    rows: Vec<u64>,
    last: usize,
    idle_max: u32,
    needed: Vec<u32>,
}

/// What the tasks left look like.
pub(super) struct Left<'a> {
    pub(super) times: &'a [u32],
    pub(super) predecessors: &'a Arcs,
    /// All tasks, predecessors first.
    pub(super) order: &'a [u32],
    /// Unfinished direct predecessors; `u32::MAX` for finished tasks.
    pub(super) open: &'a [u32],
    pub(super) eligible: &'a [u32],
}

impl Reach {
    /// Prepares for loads that leave at most `idle_max` of `cycle_time` idle; false when it would not pay.
    pub(super) fn prepare(&mut self, left: &Left<'_>, cycle_time: u32, idle_max: u32) -> bool {
        if idle_max > cycle_time / IDLE_SHARE || !(32..=TICKS_MAX).contains(&cycle_time) {
            return false;
        }
        self.words = cycle_time as usize / 64 + 1;
        self.last = left.eligible.len();
        self.idle_max = idle_max;
        self.rows.clear();
        self.rows.resize((self.last + 1) * self.words, 0);
        self.rows[self.last * self.words] = 1;
        // Of the tasks not yet eligible only those count that fit with the longest way to them.
        self.needed.clear();
        self.needed.resize(left.times.len(), 0);
        for &task in left.order {
            let task = task as usize;
            if left.open[task] == u32::MAX {
                continue;
            }
            let before = left.predecessors.of(task).iter().map(|&p| self.needed[p as usize]).max().unwrap_or(0);
            let needed = before.saturating_add(left.times[task]);
            self.needed[task] = needed;
            if left.open[task] > 0 && needed <= cycle_time {
                let start = self.last * self.words;
                add(&mut self.rows[start..], left.times[task]);
            }
        }
        for position in (0..self.last).rev() {
            let (here, after) = self.rows[position * self.words..].split_at_mut(self.words);
            here.copy_from_slice(&after[..self.words]);
            add(here, left.times[left.eligible[position] as usize]);
        }
        true
    }

    /// True when tasks from `position` on may fill `room` but for the idle time allowed.
    pub(super) fn may_fill(&self, position: usize, room: u32) -> bool {
        let row = &self.rows[position.min(self.last) * self.words..][..self.words];
        let (low, high) = (room.saturating_sub(self.idle_max), room);
        let (first, last) = (low as usize / 64, high as usize / 64);
        let from = !0u64 << (low % 64);
        let to = !0u64 >> (63 - high % 64);
        if first == last {
            return row[first] & from & to != 0;
        }
        row[first] & from != 0 || row[first + 1..last].iter().any(|&w| w != 0) || row[last] & to != 0
    }
}

/// Adds to every sum the same with `time` more.
fn add(sums: &mut [u64], time: u32) {
    let (whole, part) = (time as usize / 64, time % 64);
    for at in (whole..sums.len()).rev() {
        let mut moved = sums[at - whole] << part;
        if part > 0 && at > whole {
            moved |= sums[at - whole - 1] >> (64 - part);
        }
        sums[at] |= moved;
    }
}

#[cfg(test)]
mod tests {
    use super::add;
    use crate::testing::Random;

    #[test]
    fn sums_are_those_of_all_subsets() {
        let mut random = Random::new(3);
        for _ in 0..200 {
            let times: Vec<u32> = (0..6).map(|_| random.below(90) as u32).collect();
            let mut sums = vec![0u64; 9];
            sums[0] = 1;
            times.iter().for_each(|&t| add(&mut sums, t));
            let mut plain = vec![0u64; 9];
            for subset in 0..64u32 {
                let sum: u32 = (0..6).filter(|i| subset >> i & 1 == 1).map(|i| times[i as usize]).sum();
                plain[sum as usize / 64] |= 1 << (sum % 64);
            }
            assert_eq!(sums, plain, "{times:?}");
        }
    }
}
