//! What the tasks left can still do: who may share a station with whom, and how many pairs there are.

use super::memory::Set;
use crate::bounds::blossom::Matching;
use crate::bounds::matching::{long_tasks, pairable};
use crate::instance::Instance;

/// Sharing among the tasks left, for one line and cycle time.
#[derive(Debug)]
pub(crate) struct Residual<const W: usize> {
    /// Tasks that fit one station together with this one, forced tasks between included.
    mates: Vec<Set<W>>,
    long: Vec<u32>,
    adjacent: Vec<Vec<u32>>,
    /// Opening a state pays for a matching only where long tasks are many.
    worthwhile: bool,
    /// The pairs last found, by stations left.
    recent: Vec<Vec<u32>>,
}

impl<const W: usize> Residual<W> {
    pub(crate) fn new(instance: &Instance, cycle_time: u32) -> Self {
        Self { mates: mates(instance, cycle_time), ..Self::without_mates(instance, cycle_time) }
    }

    /// Where nobody asks for forced loads.
    pub(crate) fn without_mates(instance: &Instance, cycle_time: u32) -> Self {
        let n = instance.n_tasks();
        let long = long_tasks(instance, cycle_time);
        let adjacent = pairable(instance, cycle_time, &long);
        let worthwhile = long.len() * 2 > n;
        Self { mates: Vec::new(), long, adjacent, worthwhile, recent: Vec::new() }
    }

    /// Half stations per long task, such that no two that may share a station weigh more than two halves:
    /// the dual of the fractional matching, valid for every subset.
    ///
    /// # Source
    /// Half-integrality of the fractional matching: Balinski (1965); by matching the bipartite double
    /// cover and Koenig's theorem.
    pub(crate) fn half_weights(&self, instance: &Instance) -> Vec<u64> {
        let n = self.long.len();
        let mut left_mate = vec![usize::MAX; n];
        let mut right_mate = vec![usize::MAX; n];
        for root in 0..n {
            let mut seen = vec![false; n];
            try_match(&self.adjacent, root, &mut seen, &mut left_mate, &mut right_mate);
        }
        // Koenig: reach from free left vertices along alternating paths.
        let mut left_seen = vec![false; n];
        let mut right_seen = vec![false; n];
        let mut stack: Vec<usize> = (0..n).filter(|&v| left_mate[v] == usize::MAX).collect();
        for &v in &stack {
            left_seen[v] = true;
        }
        while let Some(v) = stack.pop() {
            for &w in &self.adjacent[v] {
                let w = w as usize;
                if !right_seen[w] {
                    right_seen[w] = true;
                    let mate = right_mate[w];
                    if mate != usize::MAX && !left_seen[mate] {
                        left_seen[mate] = true;
                        stack.push(mate);
                    }
                }
            }
        }
        let mut weights = vec![0; instance.n_tasks()];
        for v in 0..n {
            // In the cover: left vertices not seen, right vertices seen. A station's weight is what
            // the cover leaves of two halves.
            let cover = u64::from(!left_seen[v]) + u64::from(right_seen[v]);
            weights[self.long[v] as usize] = 2 - cover;
        }
        weights
    }

    /// False when the long tasks left need more than `stations_left` stations, however paired.
    ///
    /// Starts from the pairs of the last state with as many stations left: most of them still stand.
    pub(crate) fn may_fit(&mut self, done: &Set<W>, stations_left: u32) -> bool {
        if !self.worthwhile {
            return true;
        }
        let is_done = |t: u32| done[t as usize / 64] >> (t % 64) & 1 == 1;
        let removed: Vec<bool> = self.long.iter().map(|&t| is_done(t)).collect();
        let left = removed.iter().filter(|&&r| !r).count();
        let Some(enough) = left.checked_sub(stations_left as usize).filter(|&pairs| pairs > 0) else {
            return true;
        };
        let level = stations_left as usize;
        if self.recent.len() <= level {
            self.recent.resize(level + 1, Vec::new());
        }
        let mut mate = std::mem::take(&mut self.recent[level]);
        mate.resize(self.long.len(), u32::MAX);
        for v in 0..mate.len() {
            if mate[v] != u32::MAX && (removed[v] || removed[mate[v] as usize]) {
                mate[v] = u32::MAX;
            }
        }
        let grown = Matching::grown(&self.adjacent, mate, removed, enough);
        let fits = grown.size() >= enough;
        self.recent[level] = grown.into_mates();
        fits
    }

    /// A load that some best line starts with: a task nothing left can join, or such a task with the
    /// only one that can.
    ///
    /// Argument: let `i` be available. If no task left fits with it, its station holds `i` alone and may
    /// come first. If only `j` fits and `j` is available, a line with `i` alone and `j` elsewhere is no
    /// better than one that moves `j` to `i`; either way that station may come first.
    pub(crate) fn forced_load(&self, done: &Set<W>, eligible: &[u32], instance: &Instance) -> Option<Vec<u32>> {
        for &task in eligible {
            let mut count = 0;
            let mut only = 0;
            for (word, (mates, done)) in self.mates[task as usize].iter().zip(done).enumerate() {
                let bits = mates & !done;
                count += bits.count_ones();
                if bits != 0 {
                    only = word as u32 * 64 + bits.trailing_zeros();
                }
            }
            if count == 0 {
                return Some(vec![task]);
            }
            if count == 1 {
                let ready = instance
                    .predecessors()
                    .of(only as usize)
                    .iter()
                    .all(|&p| p == task || done[p as usize / 64] >> (p % 64) & 1 == 1);
                if ready {
                    return Some(vec![task, only]);
                }
            }
        }
        None
    }
}

/// For each task, those that fit one station together with it.
fn mates<const W: usize>(instance: &Instance, cycle_time: u32) -> Vec<Set<W>> {
    let n = instance.n_tasks();
    let mut mates = vec![[0; W]; n];
    for a in 0..n {
        for b in a + 1..n {
            if instance.time(a) + instance.time(b) <= cycle_time && instance.time_together(a, b) <= cycle_time {
                mates[a][b / 64] |= 1 << (b % 64);
                mates[b][a / 64] |= 1 << (a % 64);
            }
        }
    }
    mates
}

/// One augmenting step of bipartite matching (Kuhn 1955).
fn try_match(adjacent: &[Vec<u32>], v: usize, seen: &mut [bool], left: &mut [usize], right: &mut [usize]) -> bool {
    for &w in &adjacent[v] {
        let w = w as usize;
        if seen[w] {
            continue;
        }
        seen[w] = true;
        let holder = right[w];
        if holder == usize::MAX || try_match(adjacent, holder, seen, left, right) {
            left[v] = w;
            right[w] = v;
            return true;
        }
    }
    false
}
