//! A search that can be paused: what the portfolio needs to know of each exact engine.

use super::corridor::Corridor;
use super::halves::Half;
use super::meet::Reached;
use super::pairing::Pairing;
use super::remember::Remember;
use crate::bounds::prices::PriceProof;
use crate::budget::Budget;
use crate::certificate::SearchEngine;
use crate::instance::Instance;
use crate::problem::Assignment;

/// How a stretch of a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing within the target exists any more: every state was opened or refuted.
    Exhausted,
    /// As above, of the lines of its [`Half`]; it may go on with the others.
    Half,
    /// As above, but some states showed only part of their loads: no proof.
    Truncated,
    /// The slice of work is used up.
    Paused,
    /// The memory limit is reached.
    MemoryFull,
}

/// A resumable search for a line of at most a target number of stations.
pub trait Engine {
    /// Which one it is.
    fn kind(&self) -> SearchEngine;
    /// Goes on for about `work` steps, or until `budget` ends the run.
    fn run(&mut self, budget: &mut Budget<'_, '_>, work: u64) -> Ended;
    /// The best line found since last asked, in the order of the line itself.
    fn take_best(&mut self) -> Option<Assignment>;
    /// Seeks at most `target` stations from now on.
    fn lower_target(&mut self, target: u32);
    /// Bytes its states take.
    fn bytes(&self) -> usize;
    /// Lets its states take so many bytes from now on.
    fn allow(&mut self, memory_bytes_max: usize);
    /// States or nodes kept or opened.
    fn nodes(&self) -> u64;
    /// What it remembers, where it goes from station to station.
    fn reached(&self) -> Option<&dyn Reached> {
        None
    }
}

/// What the exact engines share.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// In ticks.
    pub cycle_time: u32,
    /// Stations sought.
    pub target: u32,
    /// Steps of load enumeration granted to one state.
    pub steps_per_state: u64,
    /// Bytes for states.
    pub memory_bytes_max: usize,
    /// Prices of tasks that bound what is left.
    pub prices: Option<&'a PriceProof>,
    /// The lines to begin with; all when none.
    pub half: Option<Half>,
    /// Only lines near this one, and then nothing is proven; all when none.
    pub corridor: Option<Corridor<'a>>,
}

/// The widest line the exact search takes, in tasks.
pub const TASKS_EXACT_MAX: usize = 2048;

/// Acyclic pairing of long tasks.
///
/// None when the line has more than [`TASKS_EXACT_MAX`] tasks.
#[must_use]
pub fn pairing(instance: &Instance, setup: Setup<'_>) -> Option<Box<dyn Engine + Send>> {
    Some(match instance.n_tasks().div_ceil(64) {
        0 | 1 => Box::new(Pairing::<1>::new(instance, setup)),
        2 => Box::new(Pairing::<2>::new(instance, setup)),
        3..=4 => Box::new(Pairing::<4>::new(instance, setup)),
        5..=8 => Box::new(Pairing::<8>::new(instance, setup)),
        9..=16 => Box::new(Pairing::<16>::new(instance, setup)),
        17..=32 => Box::new(Pairing::<32>::new(instance, setup)),
        _ => return None,
    })
}

/// Branch, bound and remember in one direction; `instance` already reversed for the backward one.
///
/// None when the line has more than [`TASKS_EXACT_MAX`] tasks.
#[must_use]
pub fn remember<'a>(
    instance: &'a Instance,
    setup: Setup<'_>,
    kind: SearchEngine,
) -> Option<Box<dyn Engine + Send + 'a>> {
    Some(match instance.n_tasks().div_ceil(64) {
        0 | 1 => Box::new(Remember::<1>::new(instance, setup, kind)),
        2 => Box::new(Remember::<2>::new(instance, setup, kind)),
        3 => Box::new(Remember::<3>::new(instance, setup, kind)),
        4 => Box::new(Remember::<4>::new(instance, setup, kind)),
        5 => Box::new(Remember::<5>::new(instance, setup, kind)),
        6..=8 => Box::new(Remember::<8>::new(instance, setup, kind)),
        9..=16 => Box::new(Remember::<16>::new(instance, setup, kind)),
        17..=32 => Box::new(Remember::<32>::new(instance, setup, kind)),
        _ => return None,
    })
}
