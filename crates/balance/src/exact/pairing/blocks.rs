//! Tasks bound to one station, contracted to blocks, and what precedence among blocks still allows.

use crate::exact::memory::Set;
use crate::instance::Instance;

/// A line in which some tasks are bound to one station.
///
/// Invariant: `after` is transitively closed; tasks that are after each other both ways are one block, represented by
/// its smallest task.
#[derive(Debug, Clone)]
pub(super) struct Blocks<const W: usize> {
    /// Tasks at the same or a later station, by task.
    after: Vec<Set<W>>,
    before: Vec<Set<W>>,
    /// Representatives that one station could still join, what that forces included; by representative.
    mates: Vec<Set<W>>,
    /// Representatives.
    pub(super) alive: Set<W>,
    /// Long tasks and ticks of each block, by representative.
    pub(super) longs: Vec<u8>,
    pub(super) time: Vec<u32>,
}

pub(super) fn has<const W: usize>(set: &Set<W>, task: usize) -> bool {
    crate::bits::is_set(set, task)
}

pub(super) fn put<const W: usize>(set: &mut Set<W>, task: usize) {
    set[task / 64] |= 1 << (task % 64);
}

fn drop<const W: usize>(set: &mut Set<W>, task: usize) {
    set[task / 64] &= !(1 << (task % 64));
}

pub(super) fn and<const W: usize>(a: &Set<W>, b: &Set<W>) -> Set<W> {
    std::array::from_fn(|w| a[w] & b[w])
}

fn or<const W: usize>(a: &Set<W>, b: &Set<W>) -> Set<W> {
    std::array::from_fn(|w| a[w] | b[w])
}

fn without<const W: usize>(a: &Set<W>, b: &Set<W>) -> Set<W> {
    std::array::from_fn(|w| a[w] & !b[w])
}

pub(super) fn count<const W: usize>(set: &Set<W>) -> u64 {
    set.iter().map(|w| u64::from(w.count_ones())).sum()
}

impl<const W: usize> Blocks<W> {
    /// Every task a block of its own; tasks longer than a third of the cycle time are long.
    pub(super) fn new(instance: &Instance, cycle_time: u32) -> Self {
        let n = instance.n_tasks();
        let row = |bits: &[u64]| -> Set<W> { std::array::from_fn(|w| bits.get(w).copied().unwrap_or(0)) };
        let mut blocks = Self {
            after: (0..n).map(|t| row(instance.after().row(t))).collect(),
            before: (0..n).map(|t| row(instance.before().row(t))).collect(),
            mates: vec![[0; W]; n],
            alive: [0; W],
            longs: instance.times().iter().map(|&t| u8::from(3 * u64::from(t) > u64::from(cycle_time))).collect(),
            time: instance.times().to_vec(),
        };
        (0..n).for_each(|t| put(&mut blocks.alive, t));
        for a in 0..n {
            for b in a + 1..n {
                if instance.time(a) + instance.time(b) <= cycle_time && blocks.may_join(a, b, cycle_time) {
                    put(&mut blocks.mates[a], b);
                    put(&mut blocks.mates[b], a);
                }
            }
        }
        blocks
    }

    /// Representatives that may still join that of `block`.
    pub(super) fn mates(&self, block: usize) -> &Set<W> {
        &self.mates[block]
    }

    /// From now on these two do not share a station.
    pub(super) fn part(&mut self, a: usize, b: usize) {
        drop(&mut self.mates[a], b);
        drop(&mut self.mates[b], a);
    }

    /// Blocks that precedence would put between two, and both.
    fn joined(&self, a: usize, b: usize) -> Set<W> {
        let mut set = or(&and(&self.after[a], &self.before[b]), &and(&self.after[b], &self.before[a]));
        set = and(&set, &self.alive);
        put(&mut set, a);
        put(&mut set, b);
        set
    }

    fn may_join(&self, a: usize, b: usize, cycle_time: u32) -> bool {
        let mut room = cycle_time;
        for block in crate::bits::ones(&self.joined(a, b)) {
            match room.checked_sub(self.time[block]) {
                Some(left) => room = left,
                None => return false,
            }
        }
        true
    }

    /// How many pairs of blocks a join would order that are free now, by products of what each brings.
    pub(super) fn harm(&self, a: usize, b: usize) -> u64 {
        let fresh = |x: &Set<W>, y: &Set<W>| count(&and(&without(x, y), &self.alive));
        let one = fresh(&self.before[a], &self.before[b]) * fresh(&self.after[b], &self.after[a]);
        one + fresh(&self.before[b], &self.before[a]) * fresh(&self.after[a], &self.after[b])
    }

    /// Binds two blocks that may join, with all that precedence forces between them; returns the representative.
    pub(super) fn join(&mut self, a: usize, b: usize, cycle_time: u32) -> usize {
        debug_assert!(has(&self.mates[a], b), "only blocks that may join are joined");
        let inside = self.joined(a, b);
        let rep = crate::bits::ones(&inside).next().unwrap_or(a);
        let mut ahead = or(&self.before[a], &self.before[b]);
        let mut behind = or(&self.after[a], &self.after[b]);
        for set in [&mut ahead, &mut behind] {
            put(set, a);
            put(set, b);
        }
        for task in crate::bits::ones(&ahead) {
            self.after[task] = or(&self.after[task], &behind);
            drop(&mut self.after[task], task);
        }
        for task in crate::bits::ones(&behind) {
            self.before[task] = or(&self.before[task], &ahead);
            drop(&mut self.before[task], task);
        }
        let mut partners = [!0; W];
        let (mut time, mut longs) = (0, 0);
        for block in crate::bits::ones(&inside) {
            time += self.time[block];
            longs += self.longs[block];
            partners = and(&partners, &self.mates[block]);
            let row = self.mates[block];
            for other in crate::bits::ones(&row) {
                drop(&mut self.mates[other], block);
            }
            self.mates[block] = [0; W];
            drop(&mut self.alive, block);
        }
        put(&mut self.alive, rep);
        self.time[rep] = time;
        self.longs[rep] = longs;
        for other in crate::bits::ones(&and(&partners, &self.alive)) {
            if other != rep && self.may_join(rep, other, cycle_time) {
                put(&mut self.mates[rep], other);
                put(&mut self.mates[other], rep);
            }
        }
        // Only blocks ahead and behind have more between them than before.
        let ahead = without(&and(&ahead, &self.alive), &inside);
        let behind = without(&and(&behind, &self.alive), &inside);
        for first in crate::bits::ones(&ahead) {
            for last in crate::bits::ones(&and(&self.mates[first], &behind)) {
                let crowded = time + self.time[first] + self.time[last] > cycle_time;
                if crowded || !self.may_join(first, last, cycle_time) {
                    self.part(first, last);
                }
            }
        }
        rep
    }

    /// The tasks of a block.
    pub(super) fn tasks(&self, block: usize) -> Set<W> {
        let mut set = and(&self.after[block], &self.before[block]);
        put(&mut set, block);
        set
    }

    /// The stations: blocks in an order that precedence allows, by task.
    pub(super) fn stations(&self) -> Vec<u32> {
        let n = self.after.len();
        // A block with fewer tasks before it comes no later than one that must follow it.
        let mut order: Vec<usize> = crate::bits::ones(&self.alive).collect();
        order.sort_by_key(|&b| (count(&without(&self.before[b], &self.after[b])), b));
        let mut station_of = vec![0; n];
        for (station, &block) in order.iter().enumerate() {
            for task in crate::bits::ones(&self.tasks(block)) {
                station_of[task] = station as u32;
            }
        }
        station_of
    }

    /// Bytes of one copy.
    pub(super) fn bytes(&self) -> usize {
        self.after.len() * (3 * 8 * W + 5) + 8 * W
    }
}
