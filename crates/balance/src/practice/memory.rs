//! The states a search remembers: sets of finished tasks with what it cost to finish them.

use super::job::AIMS_MAX;
use super::rule::{Taken, no_more};

const NONE: u32 = u32::MAX;

/// Costs of all aims, first the most important.
pub(super) type Costs = [u64; AIMS_MAX];

/// Tasks done, by stations up to a place.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Stations so far.
    pub(super) number: u32,
    /// One more than the last of today's stations that is kept; 0 when none is.
    pub(super) kept: u32,
    pub(super) costs: Costs,
    pub(super) taken: Taken,
    /// The state before the last station, and whether this one is beaten by another.
    pub(super) parent: u32,
    pub(super) beaten: bool,
    /// The next state with the same tasks done.
    next: u32,
}

impl State {
    /// Nothing done.
    pub(super) fn start() -> Self {
        Self { number: 0, kept: 0, costs: [0; AIMS_MAX], taken: Taken::new(), parent: NONE, beaten: false, next: NONE }
    }

    /// One station after another state.
    pub(super) fn after(parent: u32, number: u32, kept: u32, costs: Costs, taken: Taken) -> Self {
        Self { number, kept, costs, taken, parent, beaten: false, next: NONE }
    }

    /// True when whatever follows the other state may follow this one, at no higher cost.
    fn beats(&self, other: &State, counts_to: u32, stations_bound: bool) -> bool {
        let placed = self.number.min(counts_to) == other.number.min(counts_to);
        placed
            && (!stations_bound || self.number <= other.number)
            && self.kept <= other.kept
            && self.costs <= other.costs
            && no_more(&self.taken, &other.taken)
    }
}

/// States in order of discovery and a table that finds them by the tasks done.
#[derive(Debug)]
pub(super) struct Memory {
    words: usize,
    sets: Vec<u64>,
    pub(super) states: Vec<State>,
    table: Vec<u32>,
    distinct: usize,
    /// Station numbers beyond this one are all alike.
    counts_to: u32,
    /// True when the number of stations is limited.
    stations_bound: bool,
}

impl Memory {
    pub(super) fn new(words: usize, counts_to: u32, stations_bound: bool) -> Self {
        let table = vec![NONE; 1 << 10];
        Self { words, sets: Vec::new(), states: Vec::new(), table, distinct: 0, counts_to, stations_bound }
    }

    pub(super) fn set(&self, state: u32) -> &[u64] {
        &self.sets[state as usize * self.words..(state as usize + 1) * self.words]
    }

    /// About the bytes in use.
    pub(super) fn bytes(&self) -> usize {
        self.states.len() * (size_of::<State>() + 8 * self.words + 48) + self.table.len() * 4
    }

    /// Keeps a state unless one with the same tasks done beats it; marks those it beats. Its number, when kept.
    pub(super) fn offer(&mut self, set: &[u64], mut state: State) -> Option<u32> {
        if self.distinct * 3 >= self.table.len() * 2 {
            self.grow();
        }
        let slot = self.slot(set);
        let mut at = self.table[slot];
        if at == NONE {
            self.distinct += 1;
        }
        while at != NONE {
            let other = &mut self.states[at as usize];
            if !other.beaten && other.beats(&state, self.counts_to, self.stations_bound) {
                return None;
            }
            if state.beats(other, self.counts_to, self.stations_bound) {
                other.beaten = true;
            }
            at = other.next;
        }
        let index = self.states.len() as u32;
        state.next = self.table[slot];
        self.table[slot] = index;
        self.sets.extend_from_slice(set);
        self.states.push(state);
        Some(index)
    }

    /// Where the set stands or may be put.
    fn slot(&self, set: &[u64]) -> usize {
        let mask = self.table.len() - 1;
        let mut slot = crate::bits::hash(set) as usize & mask;
        while self.table[slot] != NONE && self.set(self.table[slot]) != set {
            slot = (slot + 1) & mask;
        }
        slot
    }

    fn grow(&mut self) {
        let heads: Vec<u32> = self.table.iter().copied().filter(|&head| head != NONE).collect();
        self.table = vec![NONE; self.table.len() * 2];
        for head in heads {
            let slot = self.slot(self.set(head));
            self.table[slot] = head;
        }
    }
}
