//! Where two searches meet: what one has done from the first station is just what the other has left.
//!
//! # Source
//! Bidirectional search: Pohl (1971), Machine Intelligence 6. Here each end is searched best first and the two only look
//! into each other's memory, so that neither proves more than before, but a line is found as soon as both halves of it are known.
//! # Cost
//! One look into a table for each state.

use crate::problem::Assignment;

/// The states that a search remembers, in order of discovery; sets of tasks as words of bits.
pub trait Reached {
    /// How many.
    fn count(&self) -> usize;
    /// The tasks done.
    fn set(&self, state: usize) -> &[u64];
    /// The stations that took.
    fn stations(&self, state: usize) -> u32;
    /// The state with just these tasks done.
    fn find(&self, set: &[u64]) -> Option<usize>;
    /// The station of each task, counted from the end where the search began; none for those not done.
    fn places(&self, state: usize) -> Vec<Option<u32>>;
}

/// A line of at most `target` stations made of a state of `here` from number `first` on and one of `there`, which began at the other end;
/// stations are counted from the end of `here`.
#[must_use]
pub fn meet(here: &dyn Reached, first: usize, there: &dyn Reached, n_tasks: usize, target: u32) -> Option<Assignment> {
    let mut rest = vec![0u64; if here.count() > 0 { here.set(0).len() } else { return None }];
    for state in first..here.count() {
        for (at, (rest, done)) in rest.iter_mut().zip(here.set(state)).enumerate() {
            let inside = n_tasks.saturating_sub(at * 64).min(64);
            let all = if inside == 64 { u64::MAX } else { (1 << inside) - 1 };
            *rest = all & !done;
        }
        let Some(other) = there.find(&rest) else { continue };
        let stations = here.stations(state) + there.stations(other);
        if stations > target {
            continue;
        }
        let (near, far) = (here.places(state), there.places(other));
        let place = |(near, far): (Option<u32>, Option<u32>)| near.or(far.map(|f| stations - 1 - f)).unwrap_or(0);
        return Some(Assignment::new(near.into_iter().zip(far).map(place).collect()));
    }
    None
}
