//! The Merkle tree of a log: its root, and proofs that a record is in it or that one tree continues another.
//!
//! # Source
//! RFC 6962 (Laurie, Langley, Kasper 2013), sections 2.1 to 2.1.3; the verification of proofs follows RFC 9162 (2021),
//! sections 2.1.3.2 and 2.1.4.2.

use crate::hash::Hash;

/// The root of no record: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Hash::of(&[])
}

/// The right edge of a tree: the roots of its complete subtrees, the largest first. All that is needed to go on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The frontier of a tree with these complete subtrees, the largest first.
    ///
    /// # Panics
    /// When there is not one peak for each bit of the size.
    #[must_use]
    pub fn new(size: u64, peaks: Vec<Hash>) -> Self {
        assert_eq!(peaks.len(), size.count_ones() as usize, "one peak for each bit of the size");
        Self { size, peaks }
    }

    /// Leaves so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, and tells every subtree that it completes: its height and root, the leaf itself first.
    ///
    /// # Cost
    /// Two hashes on average.
    pub fn push(&mut self, leaf: Hash, mut completed: impl FnMut(u32, Hash)) {
        let mut root = leaf;
        completed(0, root);
        for height in 1..=self.size.trailing_ones() {
            let left = self.peaks.pop().expect("a bit of the size is a peak");
            root = Hash::node(left, root);
            completed(height, root);
        }
        self.peaks.push(root);
        self.size += 1;
    }

    /// The root of the tree.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev().copied();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(last, |right, left| Hash::node(left, right))
    }
}

/// The root over leaf hashes.
#[must_use]
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    leaves.iter().for_each(|leaf| frontier.push(*leaf, |_, _| ()));
    frontier.root()
}

/// The largest power of two below `n`, `n` of two or more: where a tree of `n` leaves splits.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// Roots of ranges of leaves. A store that keeps complete subtrees answers without hashing every leaf.
pub trait Ranges {
    /// The root over the leaves `from..to`, which is not empty.
    fn range(&self, from: u64, to: u64) -> Hash;
}

impl Ranges for [Hash] {
    fn range(&self, from: u64, to: u64) -> Hash {
        let at = |i: u64| usize::try_from(i).expect("a leaf in memory");
        root(&self[at(from)..at(to)])
    }
}

/// Proof that leaf `index` is in the tree of the first `size` leaves: siblings from the leaf up.
///
/// # Panics
/// When `index` is not below `size`.
#[must_use]
pub fn inclusion(ranges: &(impl Ranges + ?Sized), index: u64, size: u64) -> Vec<Hash> {
    assert!(index < size, "the leaf is in the tree");
    let (mut from, mut to) = (0, size);
    let mut path = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            path.push(ranges.range(middle, to));
            to = middle;
        } else {
            path.push(ranges.range(from, middle));
            from = middle;
        }
    }
    path.reverse();
    path
}

/// Whether a proof shows that `leaf` is number `index` of the `size` leaves under `root`.
#[must_use]
pub fn includes(root: Hash, size: u64, index: u64, leaf: Hash, path: &[Hash]) -> bool {
    if index >= size {
        return false;
    }
    let (mut node, mut last, mut hash) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            hash = Hash::node(*sibling, hash);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            hash = Hash::node(hash, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && hash == root
}

/// Proof that the tree of the first `size` leaves continues the tree of the first `old`.
///
/// # Panics
/// When `old` is 0 or larger than `size`.
#[must_use]
pub fn consistency(ranges: &(impl Ranges + ?Sized), old: u64, size: u64) -> Vec<Hash> {
    assert!(old > 0 && old <= size, "the old tree is a part of the new one");
    let (mut from, mut to, mut whole) = (0, size, true);
    let mut path = Vec::new();
    while old < to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(ranges.range(middle, to));
            to = middle;
        } else {
            path.push(ranges.range(from, middle));
            from = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(ranges.range(from, to));
    }
    path.reverse();
    path
}

/// Whether a proof shows that the tree of `size` leaves under `root` continues the one of `old` leaves under `old_root`.
#[must_use]
pub fn continues(old: u64, old_root: Hash, size: u64, root: Hash, path: &[Hash]) -> bool {
    if old == 0 || old > size {
        return false;
    }
    if old == size {
        return path.is_empty() && old_root == root;
    }
    let mut path = path.iter();
    let first = if old.is_power_of_two() { Some(&old_root) } else { path.next() };
    let Some(first) = first.copied() else { return false };
    let (mut node, mut last) = (old - 1, size - 1);
    while node & 1 == 1 {
        node >>= 1;
        last >>= 1;
    }
    let (mut was, mut is) = (first, first);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if node & 1 == 1 || node == last {
            was = Hash::node(*sibling, was);
            is = Hash::node(*sibling, is);
            while node & 1 == 0 && node != 0 {
                node >>= 1;
                last >>= 1;
            }
        } else {
            is = Hash::node(is, *sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    last == 0 && was == old_root && is == root
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
