//! The matching bound: long tasks share a station at most in pairs, so pair as many as possible.
//!
//! Of the tasks longer than a third of the cycle time, no three fit one station, and two fit only if
//! they and all tasks that precedence forces between them do. Every line therefore pairs long tasks
//! along edges of that graph and needs at least `long tasks - maximum matching` stations. The
//! Tutte-Berge witness makes the bound checkable without repeating the search.
//!
//! # Source
//! Our own finding for SALBP-1; under this form we found no name for it. Its relatives: optimal
//! sequencing of two processors by maximum matching of incomparable unit tasks (Fujii, Kasami and
//! Ninomiya 1969, SIAM Journal on Applied Mathematics 17), matching of items longer than a third of
//! the bin in bin packing with conflicts (Gendreau, Laporte and Semet 2004, Computers & Operations
//! Research 31) and LB3 of Johnson (1988), which counts the same tasks without pairing them.

use super::blossom::{Matching, pairs_allowed};
use crate::instance::Instance;

/// A matching bound with its dual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchingProof {
    /// Tasks longer than a third of the cycle time, ascending.
    pub long: Vec<u32>,
    /// The Tutte-Berge witness, as task numbers, ascending.
    pub witness: Vec<u32>,
    /// The most pairs possible.
    pub pairs: u32,
}

impl MatchingProof {
    /// Stations needed at least.
    #[must_use]
    pub fn stations_min(&self) -> u32 {
        self.long.len() as u32 - self.pairs
    }

    /// Repeats the counting argument from the instance; true when it holds.
    #[must_use]
    pub fn holds(&self, instance: &Instance, cycle_time: u32) -> bool {
        let increasing = |list: &[u32]| list.windows(2).all(|w| w[0] < w[1]);
        let known = |&t: &u32| (t as usize) < instance.n_tasks();
        if !increasing(&self.long) || !self.long.iter().all(known) {
            return false;
        }
        let third = |&t: &u32| 3 * u64::from(instance.time(t as usize)) > u64::from(cycle_time);
        if !self.long.iter().all(third) {
            return false;
        }
        let Some(witness) =
            self.witness.iter().map(|t| self.long.binary_search(t).ok().map(|v| v as u32)).collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let adjacent = pairable(instance, cycle_time, &self.long);
        pairs_allowed(&adjacent, &witness) <= self.pairs as usize
    }
}

/// The tasks of which no three fit one station, ascending.
#[must_use]
pub fn long_tasks(instance: &Instance, cycle_time: u32) -> Vec<u32> {
    (0..instance.n_tasks() as u32)
        .filter(|&t| 3 * u64::from(instance.time(t as usize)) > u64::from(cycle_time))
        .collect()
}

/// Neighbour lists over positions in `long`: which two may share a station.
#[must_use]
pub fn pairable(instance: &Instance, cycle_time: u32, long: &[u32]) -> Vec<Vec<u32>> {
    let mut adjacent = vec![Vec::new(); long.len()];
    for (i, &a) in long.iter().enumerate() {
        for (j, &b) in long.iter().enumerate().skip(i + 1) {
            let (a, b) = (a as usize, b as usize);
            if instance.time(a) + instance.time(b) <= cycle_time && instance.time_together(a, b) <= cycle_time {
                adjacent[i].push(j as u32);
                adjacent[j].push(i as u32);
            }
        }
    }
    adjacent
}

/// The bound at one cycle time, in ticks.
#[must_use]
pub fn bound(instance: &Instance, cycle_time: u32) -> MatchingProof {
    let long = long_tasks(instance, cycle_time);
    let adjacent = pairable(instance, cycle_time, &long);
    let matching = Matching::of(&adjacent);
    let witness = matching.witness().into_iter().map(|v| long[v as usize]).collect();
    MatchingProof { witness, pairs: matching.size() as u32, long }
}
