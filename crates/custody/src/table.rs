//! A table from names to values: found by hash, shown in the order of names, so that nothing depends on the hashing.
//!
//! A ledger asks for the same few serials many times an event; a tree of a hundred thousand names costs a walk each time.

use std::cell::Cell;

use crate::name::Named;

/// Rows under names. Rows are never taken out.
///
/// # Cost
/// One hash of the name and, on average, one comparison; the name found last costs the comparison alone. Names that share slots are looked through one by one; whoever
/// wants `n` of them to do so has to try some `2 n²` names, and a look takes a nanosecond.
#[derive(Debug, Clone)]
pub struct Table<K, V> {
    /// Place in `rows` plus one; 0 is free. A power of two of them, at most half in use.
    slots: Vec<u32>,
    rows: Vec<(K, V)>,
    /// Place in `rows` of the name found last: rules ask for the same name one after the other.
    last: Cell<usize>,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Self { slots: Vec::new(), rows: Vec::new(), last: Cell::new(0) }
    }
}

impl<K: Named + Ord, V> Table<K, V> {
    /// Rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The value under a name.
    #[must_use]
    pub fn get(&self, name: &K) -> Option<&V> {
        self.place(name).ok().map(|place| &self.rows[place].1)
    }

    /// The same with the name as it is kept.
    #[must_use]
    pub fn get_key_value(&self, name: &K) -> Option<(&K, &V)> {
        let (name, value) = &self.rows[self.place(name).ok()?];
        Some((name, value))
    }

    /// The value under a name, to be changed.
    pub fn get_mut(&mut self, name: &K) -> Option<&mut V> {
        self.place(name).ok().map(|place| &mut self.rows[place].1)
    }

    /// Whether a name is there.
    #[must_use]
    pub fn contains_key(&self, name: &K) -> bool {
        self.place(name).is_ok()
    }

    /// Puts a value under a name and gives the one that was there.
    ///
    /// # Panics
    /// At 2^31 rows.
    pub fn insert(&mut self, name: K, value: V) -> Option<V> {
        match self.place(&name) {
            Ok(place) => Some(std::mem::replace(&mut self.rows[place].1, value)),
            Err(slot) => {
                self.add(slot, name, value);
                None
            }
        }
    }

    /// The value under a name, made if there is none.
    pub fn entry_or_default(&mut self, name: &K) -> &mut V
    where
        K: Clone,
        V: Default,
    {
        let place = match self.place(name) {
            Ok(place) => place,
            Err(slot) => {
                self.add(slot, name.clone(), V::default());
                self.rows.len() - 1
            }
        };
        &mut self.rows[place].1
    }

    /// All rows in the order of names.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let mut order: Vec<&(K, V)> = self.rows.iter().collect();
        order.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        order.into_iter().map(|(name, value)| (name, value))
    }

    /// All rows in the order they came in.
    pub fn rows(&self) -> &[(K, V)] {
        &self.rows
    }

    /// All values in the order of names.
    pub fn values(&self) -> impl Iterator<Item = &V> {
        self.iter().map(|(_, value)| value)
    }

    /// Reads what [`Table::get`] will read of these names, and of their values what `read` reads, and gives a number that
    /// depends on it: the memory answers for all of them beside each other instead of one after the other.
    #[must_use]
    pub fn warm<'a>(&self, names: impl Iterator<Item = &'a K>, read: impl Fn(&V) -> usize) -> usize
    where
        K: 'a,
    {
        let Some(mask) = self.slots.len().checked_sub(1) else { return 0 };
        let places: Vec<u32> = names.map(|name| self.slots[hash(name.text_bytes()) & mask]).collect();
        let rows = places.iter().filter_map(|place| self.rows.get((*place as usize).wrapping_sub(1)));
        rows.fold(0, |n, (name, value)| n ^ name.text_bytes().len() ^ read(value))
    }

    /// Where a name is, or the slot that is free for it.
    fn place(&self, name: &K) -> Result<usize, usize> {
        let last = self.last.get();
        if self.rows.get(last).is_some_and(|row| row.0 == *name) {
            return Ok(last);
        }
        if self.slots.is_empty() {
            return Err(0);
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash(name.text_bytes()) & mask;
        while let Some(place) = (self.slots[slot] as usize).checked_sub(1) {
            if self.rows[place].0 == *name {
                self.last.set(place);
                return Ok(place);
            }
            slot = (slot + 1) & mask;
        }
        Err(slot)
    }

    fn add(&mut self, slot: usize, name: K, value: V) {
        self.rows.push((name, value));
        let n = u32::try_from(self.rows.len()).expect("fewer than 2^32 rows");
        if self.rows.len() * 2 <= self.slots.len() {
            self.slots[slot] = n;
            return;
        }
        let size = (self.slots.len() * 2).max(16);
        self.slots = vec![0; size];
        for (row, (name, _)) in (1..).zip(&self.rows) {
            let mut slot = hash(name.text_bytes()) & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = row;
        }
    }
}

impl<K: Named + Ord, V: PartialEq> PartialEq for Table<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.rows.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl<K: Named + Ord, V: Eq> Eq for Table<K, V> {}

impl<K: Named + Ord, V> std::ops::Index<&K> for Table<K, V> {
    type Output = V;
    fn index(&self, name: &K) -> &V {
        self.get(name).expect("a name that is there")
    }
}

impl<K: Named + Ord, V> FromIterator<(K, V)> for Table<K, V> {
    fn from_iter<T: IntoIterator<Item = (K, V)>>(rows: T) -> Self {
        let mut table = Self::default();
        for (name, value) in rows {
            table.insert(name, value);
        }
        table
    }
}

/// SipHash with one round a word and three at the end, under a key of zeros.
///
/// # Source
/// Aumasson, Bernstein 2012, *SipHash: a fast short-input PRF*, section 2.
fn hash(bytes: &[u8]) -> usize {
    let mut v = [0x736f_6d65_7073_6575_u64, 0x646f_7261_6e64_6f6d, 0x6c79_6765_6e65_7261, 0x7465_6462_7974_6573];
    let word = |m: u64, v: &mut [u64; 4]| {
        v[3] ^= m;
        round(v);
        v[0] ^= m;
    };
    let mut words = bytes.chunks_exact(8);
    for chunk in &mut words {
        word(u64::from_le_bytes(chunk.try_into().expect("eight bytes")), &mut v);
    }
    let mut last = (bytes.len() as u64) << 56;
    for (place, byte) in words.remainder().iter().enumerate() {
        last |= u64::from(*byte) << (8 * place);
    }
    word(last, &mut v);
    v[2] ^= 0xff;
    for _ in 0..3 {
        round(&mut v);
    }
    let [a, b, c, d, ..] = (v[0] ^ v[1] ^ v[2] ^ v[3]).to_le_bytes();
    u32::from_le_bytes([a, b, c, d]) as usize
}

fn round(v: &mut [u64; 4]) {
    v[0] = v[0].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(13) ^ v[0];
    v[0] = v[0].rotate_left(32);
    v[2] = v[2].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(16) ^ v[2];
    v[0] = v[0].wrapping_add(v[3]);
    v[3] = v[3].rotate_left(21) ^ v[0];
    v[2] = v[2].wrapping_add(v[1]);
    v[1] = v[1].rotate_left(17) ^ v[2];
    v[2] = v[2].rotate_left(32);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Serial;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn the_hash_is_the_published_one(bytes: Vec<u8>) {
            use std::hash::Hasher;
            #[allow(clippy::disallowed_types, reason = "an oracle: today's standard library hashes the same way")]
            let mut theirs = std::hash::DefaultHasher::new();
            theirs.write(&bytes);
            let low = u32::try_from(theirs.finish() & u64::from(u32::MAX)).unwrap();
            prop_assert_eq!(hash(&bytes), low as usize);
        }
    }

    proptest! {
        #[test]
        fn it_is_a_map(rows in prop::collection::vec(("[a-c]{1,3}", 0_u32..9), 0..200)) {
            let mut map = BTreeMap::new();
            let mut table = Table::default();
            for (name, value) in &rows {
                let name = Serial::new(name).unwrap();
                prop_assert_eq!(table.insert(name.clone(), *value), map.insert(name, *value));
            }
            prop_assert_eq!(table.len(), map.len());
            prop_assert!(table.iter().eq(map.iter()));
            for (name, value) in &map {
                prop_assert_eq!(table.get(name), Some(value));
            }
            let other: Table<Serial, u32> = map.iter().rev().map(|(n, v)| (n.clone(), *v)).collect();
            prop_assert!(other == table);
        }
    }
}
