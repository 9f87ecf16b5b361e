//! Roots of complete subtrees of 256, 65,536, ... records, so that roots and proofs need a few hundred hashes.

use custody::hash::Hash;
use custody::tree::{Frontier, Ranges, root};
use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::schema::key;

/// A tile is a subtree whose height is a multiple of this.
pub(crate) const HEIGHT: u32 = 8;

/// Heights that are kept.
pub(crate) fn is_kept(height: u32) -> bool {
    height > 0 && height.is_multiple_of(HEIGHT)
}

/// Level in the table: node number above, height below.
pub(crate) fn level(no: i64, height: u32) -> i64 {
    no * 64 + i64::from(height)
}

/// One node's log as ranges of leaves.
pub(crate) struct Rows<'a> {
    pub(crate) connection: &'a Connection,
    pub(crate) no: i64,
}

impl Rows<'_> {
    /// The frontier of the first `size` records.
    pub(crate) fn frontier(&self, size: u64) -> Frontier {
        let mut from = 0;
        let mut peaks = Vec::new();
        for height in (0..63).rev() {
            if size >> height & 1 == 1 {
                peaks.push(self.range(from, from + (1 << height)));
                from += 1 << height;
            }
        }
        Frontier::new(size, peaks)
    }

    /// Leaf hashes of records `from..to`.
    pub(crate) fn leaves(&self, from: u64, to: u64) -> Result<Vec<Hash>> {
        let mut statement =
            self.connection.prepare_cached("select bytes from log where key >= ? and key < ? order by key")?;
        let rows = statement.query_map(params![key(self.no, from), key(self.no, to)], |row| {
            Ok(Hash::leaf(row.get_ref(0)?.as_blob()?))
        })?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    fn tile(&self, height: u32, place: u64) -> Option<Hash> {
        let sql = "select hash from tile where level = ? and place = ?";
        let mut statement = self.connection.prepare_cached(sql).ok()?;
        let found = statement.query_row(params![level(self.no, height), place.cast_signed()], |row| row.get(0));
        found.optional().ok()?.map(Hash)
    }
}

impl Ranges for Rows<'_> {
    fn range(&self, from: u64, to: u64) -> Hash {
        let n = to - from;
        if n.is_power_of_two() {
            let height = n.trailing_zeros();
            if is_kept(height)
                && let Some(hash) = self.tile(height, from >> height)
            {
                return hash;
            }
        }
        if n <= 1 << HEIGHT {
            // A record that cannot be read has no leaf, and the root that follows is not the signed one.
            return root(&self.leaves(from, to).unwrap_or_default());
        }
        let middle = from + (1 << (63 - (n - 1).leading_zeros()));
        Hash::node(self.range(from, middle), self.range(middle, to))
    }
}
