//! The states a search remembers: each set of finished tasks once, with the fewest stations that reach it.

const EMPTY: u32 = u32::MAX;

/// A set of tasks.
pub(crate) type Set<const W: usize> = [u64; W];

/// States in order of discovery and a table that finds them by their set.
#[derive(Debug)]
pub(crate) struct Memory<const W: usize> {
    pub(crate) sets: Vec<Set<W>>,
    /// Stations used, and the state this one was reached from.
    pub(crate) stations: Vec<u32>,
    pub(crate) parent: Vec<u32>,
    table: Vec<u32>,
}

/// What the memory knew about a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// Nothing: it is state number this now.
    New(u32),
    /// It was known with more stations and is corrected.
    Better(u32),
    /// It was known with as few stations or fewer.
    Known,
}

impl<const W: usize> Memory<W> {
    pub(crate) fn new() -> Self {
        Self { sets: Vec::new(), stations: Vec::new(), parent: Vec::new(), table: vec![EMPTY; 1 << 10] }
    }

    pub(crate) fn len(&self) -> usize {
        self.sets.len()
    }

    /// Bytes in use, heap entries of the search included, before the next growth of the table.
    pub(crate) fn bytes(&self) -> usize {
        // set, stations, parent and one queue entry of 16 bytes
        self.sets.capacity() * (8 * W + 8 + 16) + self.table.len() * 4
    }

    /// Keeps the better way to a set.
    pub(crate) fn offer(&mut self, set: &Set<W>, stations: u32, parent: u32) -> Seen {
        if self.sets.len() * 3 >= self.table.len() * 2 {
            self.grow();
        }
        let mask = self.table.len() - 1;
        let mut slot = crate::bits::hash(set) as usize & mask;
        loop {
            let index = self.table[slot];
            if index == EMPTY {
                let index = self.sets.len() as u32;
                self.table[slot] = index;
                self.sets.push(*set);
                self.stations.push(stations);
                self.parent.push(parent);
                return Seen::New(index);
            }
            let i = index as usize;
            if self.sets[i] == *set {
                if self.stations[i] <= stations {
                    return Seen::Known;
                }
                self.stations[i] = stations;
                self.parent[i] = parent;
                return Seen::Better(index);
            }
            slot = (slot + 1) & mask;
        }
    }

    /// True when the set is known with at most so many stations.
    pub(crate) fn knows(&self, set: &Set<W>, stations: u32) -> bool {
        self.find(set).is_some_and(|state| self.stations[state] <= stations)
    }

    /// The state with this set.
    pub(crate) fn find(&self, set: &Set<W>) -> Option<usize> {
        let mask = self.table.len() - 1;
        let mut slot = crate::bits::hash(set) as usize & mask;
        loop {
            match self.table[slot] {
                EMPTY => return None,
                index if self.sets[index as usize] == *set => return Some(index as usize),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// The station of each of `n` tasks on the way to a state; none for those not done.
    pub(crate) fn places(&self, state: usize, n: usize) -> Vec<Option<u32>> {
        let mut places = vec![None; n];
        let mut state = state;
        while self.stations[state] > 0 {
            let parent = self.parent[state] as usize;
            let new: Vec<u64> = self.sets[state].iter().zip(&self.sets[parent]).map(|(a, b)| a & !b).collect();
            for task in crate::bits::ones(&new) {
                places[task] = Some(self.stations[parent]);
            }
            state = parent;
        }
        places
    }

    fn grow(&mut self) {
        let size = self.table.len() * 2;
        self.table.clear();
        self.table.resize(size, EMPTY);
        for (index, set) in self.sets.iter().enumerate() {
            let mut slot = crate::bits::hash(set) as usize & (size - 1);
            while self.table[slot] != EMPTY {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = index as u32;
        }
    }
}
