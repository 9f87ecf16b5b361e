//! Two searches share the lines that are left: one begins at the first station with those that waste little in their first
//! half, the other at the last station with those that waste little in their second half.
//!
//! With `m` stations at cycle time `c` a line of work `t` leaves `m c - t` idle. Whatever part of it the first `k` stations
//! waste, the others waste the rest; so a line wastes at most `a` before station `k`, or less than `m c - t - a` after it.
//! Of the sets of tasks that `k` stations can do, those that waste at most half of what may be wasted are few beside all, the
//! fewer the greater `k` is. Both searches exhausted refute what one search would have to exhaust alone.
//!
//! # Source
//! The argument of the meet in the middle: Horowitz and Sahni (1974), Journal of the ACM 21(2), there for knapsacks; that
//! one of two halves keeps within its half of a budget is the pigeonhole principle. For assembly lines it is ours.
//!
//! # Not handled
//! Dominance that moves a wasteful load to the front, or a full one to the end, would move lines from one half to the other;
//! so in the half that is counted, no load is put off for having no successors, and none forced for having no mates.

use crate::certificate::SearchEngine;
use crate::instance::Instance;

/// The lines a search begins with: those whose first stations, seen from its end, waste little.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Half {
    /// How many stations count.
    pub stations: u32,
    /// Ticks that they may leave idle together.
    pub idle_max: u64,
}

/// Fewer stations are not worth it.
const STATIONS_MIN: u32 = 4;

impl Half {
    /// The half of the search from one end for `target` stations.
    ///
    /// None where fewer stations might do as far as counting goes (the search could then be asked for fewer, which would
    /// part the lines otherwise), where nothing may be wasted, and for the search by pairs.
    #[must_use]
    pub fn of(kind: SearchEngine, instance: &Instance, cycle_time: u32, target: u32) -> Option<Self> {
        let idle = (u64::from(target) * u64::from(cycle_time)).checked_sub(u64::from(instance.time_sum()))?;
        if target < STATIONS_MIN || idle == 0 || idle >= u64::from(cycle_time) {
            return None;
        }
        let (stations, idle_max) = (target / 2, idle / 2);
        match kind {
            SearchEngine::Forward => Some(Self { stations, idle_max }),
            SearchEngine::Backward => Some(Self { stations: target - stations, idle_max: idle - idle_max - 1 }),
            SearchEngine::Pairing => None,
        }
    }
}
