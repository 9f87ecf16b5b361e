//! Values of versions of the ring that an earlier run found, and those found now.
//!
//! Versions are known by what differs from the ring, so that one more option, another range or another gate costs only the
//! values that nobody has seen, and a run that was stopped goes on where it ended.

use crate::cache::{Cache, Digest, Entry, Known};
use decide::Change;
use diag::Code;
use model::Ring;
use std::collections::BTreeMap;

/// Values kept at most; beyond that only those of this run.
const KEPT_MAX: usize = 200_000;
/// The planner's code for having been stopped, which says nothing about the version.
const STOPPED: Code = Code(503);

/// Values under one digest: that of the ring, its layouts, its sites and lines, and the limits of planning.
pub struct Memory<'a> {
    cache: &'a dyn Cache,
    key: Digest,
    /// What is known, and whether this run asked for it.
    known: BTreeMap<Digest, (Known, Asked)>,
    remembered: usize,
    learned: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Now,
    Before,
}

impl<'a> Memory<'a> {
    /// What earlier runs kept under a digest.
    pub fn of(cache: &'a dyn Cache, key: Digest, ring: &Ring) -> Self {
        let known = match cache.find(&key, ring) {
            Some(Entry::Values(values)) => {
                values.into_iter().map(|(digest, known)| (digest, (known, Asked::Before))).collect()
            }
            _ => BTreeMap::new(),
        };
        Self { cache, key, known, remembered: 0, learned: 0 }
    }

    /// The digest of a version: the sites and lines it keeps, in words, and its changes.
    pub(crate) fn digest(&self, kept: &str, changes: &[Change]) -> Digest {
        let texts: Vec<(String, &str)> = changes.iter().map(|(at, value)| (at.to_string(), value.as_str())).collect();
        let mut parts: Vec<&[u8]> = vec![kept.as_bytes()];
        parts.extend(texts.iter().flat_map(|(at, value)| [at.as_bytes(), value.as_bytes()]));
        self.cache.digest(&parts)
    }

    /// What is known about a version.
    pub(crate) fn recall(&mut self, digest: &Digest) -> Option<Known> {
        let (known, asked) = self.known.get_mut(digest)?;
        *asked = Asked::Now;
        self.remembered += 1;
        Some(known.clone())
    }

    /// Takes in what was found about a version.
    pub(crate) fn learn(&mut self, digest: Digest, known: Known) {
        let cut = |known: &Known| matches!(known, Known::Refused(faults) if faults.iter().any(|f| f.code == STOPPED));
        if !cut(&known) {
            self.known.insert(digest, (known, Asked::Now));
            self.learned += 1;
        }
    }

    /// Keeps everything for the next run; how many values were remembered in this one.
    pub fn close(mut self) -> usize {
        if self.known.len() > KEPT_MAX {
            self.known.retain(|_, (_, asked)| *asked == Asked::Now);
        }
        if self.learned > 0 {
            let values = self.known.into_iter().map(|(digest, (known, _))| (digest, known)).collect();
            self.cache.keep(&self.key, &Entry::Values(values));
        }
        self.remembered
    }
}
