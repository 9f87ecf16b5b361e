//! Is this log what it was? The first record that was edited, deleted, inserted, reordered, cut off or replaced.
//!
//! A log is read once, from its first record on. Its own chain finds changes by somebody without the node's key. Changes
//! by the owner of the key, who can chain and sign anew, are found by the checkpoint that a partner kept; if the partner
//! kept the leaf hashes too, the first changed record is named exactly, otherwise the stretch it lies in.

use crate::checkpoint::{Checkpoint, Head};
use crate::encode::decode;
use crate::event::RecordId;
use crate::hash::Hash;
use crate::name::Node;
use crate::record::Record;
use crate::tree::Frontier;

/// What happened to a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// A record says something else than it did.
    Edited,
    /// A record is gone and those after it moved up.
    Deleted,
    /// A record stands where there was none.
    Inserted,
    /// Records stand in another order.
    Reordered,
    /// The end is missing, against the node's own signed head.
    Truncated,
    /// From here on another history was written, chained and signed anew.
    Forked,
    /// The whole ledger is an earlier one, sound in itself, older than the checkpoint.
    RolledBack,
    /// The node's own signed head is missing, or not signed with its key.
    Unsigned,
    /// The projections do not follow from the log. Found by the store, which has them.
    Derived,
}

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What happened.
    pub harm: Harm,
    /// The first record it happened to.
    pub at: RecordId,
    /// When the exact record cannot be told: the harm lies at `at` or later, before this place.
    pub before: Option<u64>,
}

/// What a partner kept of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The checkpoint.
    pub checkpoint: Checkpoint,
    /// Leaf hashes of the records under it, when kept; they have been checked against the checkpoint's root.
    pub leaves: Option<Vec<Hash>>,
}

impl Kept {
    /// Takes leaf hashes along, if they are the ones under the checkpoint.
    #[must_use]
    pub fn with_leaves(checkpoint: Checkpoint, leaves: Vec<Hash>) -> Option<Self> {
        let fits = leaves.len() as u64 == checkpoint.head.size && crate::tree::root(&leaves) == checkpoint.head.root;
        fits.then_some(Self { checkpoint, leaves: Some(leaves) })
    }
}

/// Reads a log record by record and remembers the first thing wrong with it.
pub struct Auditor<'a> {
    node: Node,
    kept: &'a [Kept],
    frontier: Frontier,
    leaves: Option<Vec<Hash>>,
    /// Root at the size of each kept checkpoint, as far as reached.
    roots: Vec<Option<Hash>>,
    prev: Hash,
    /// The link before the last.
    before: Hash,
    clock: u64,
    broken: Option<Finding>,
}

impl<'a> Auditor<'a> {
    /// An auditor of a node's log, with what partners kept of it.
    #[must_use]
    pub fn new(node: Node, kept: &'a [Kept]) -> Self {
        let with_leaves = kept.iter().any(|one| one.leaves.is_some());
        Self {
            node,
            kept,
            frontier: Frontier::default(),
            leaves: with_leaves.then(Vec::new),
            roots: vec![None; kept.len()],
            prev: Hash::default(),
            before: Hash::default(),
            clock: 0,
            broken: None,
        }
    }

    fn id(&self, seq: u64) -> RecordId {
        RecordId { node: self.node.clone(), seq }
    }

    /// Takes the next row: the place it is stored under and its bytes. Gives the record when it can be read.
    pub fn row(&mut self, stored_seq: u64, bytes: &[u8]) -> Option<Record> {
        let leaf = Hash::leaf(bytes);
        let record: Option<Record> = decode(bytes).ok();
        let place = self.frontier.size();
        if self.broken.is_none() {
            self.broken = self.chain_fault(place, stored_seq, record.as_ref());
        } else {
            self.narrow(place, record.as_ref());
        }
        self.frontier.push(leaf, |_, _| ());
        self.leaves.iter_mut().for_each(|leaves| leaves.push(leaf));
        for (kept, root) in self.kept.iter().zip(&mut self.roots) {
            if kept.checkpoint.head.size == place + 1 {
                *root = Some(self.frontier.root());
            }
        }
        self.before = self.prev;
        self.prev = leaf;
        self.clock = record.as_ref().map_or(self.clock, |r| r.clock);
        record
    }

    /// What the chain alone says about a row.
    fn chain_fault(&self, place: u64, stored_seq: u64, record: Option<&Record>) -> Option<Finding> {
        let at = |harm, seq, before| Some(Finding { harm, at: self.id(seq), before });
        let Some(record) = record.filter(|record| record.node == self.node) else {
            return at(Harm::Edited, place, None);
        };
        if record.seq != place && record.prev == self.prev {
            return at(Harm::Edited, place, None);
        }
        if record.seq > place || stored_seq > place {
            return at(Harm::Deleted, place, None);
        }
        if record.seq < place {
            // A record put in before this one and chained to its neighbour shows only here.
            let chained = record.seq + 1 == place && record.prev == self.before;
            return at(Harm::Inserted, if chained { place - 1 } else { place }, None);
        }
        if record.prev != self.prev {
            // The record before this one, or this one's link: the next link tells.
            return at(Harm::Edited, place.saturating_sub(1), Some(place + 1));
        }
        if record.clock <= self.clock && place > 0 {
            return at(Harm::Edited, place, None);
        }
        None
    }

    /// A later row can tell more about what broke the chain.
    fn narrow(&mut self, place: u64, record: Option<&Record>) {
        let (Some(broken), Some(record)) = (&mut self.broken, record) else { return };
        match broken.harm {
            Harm::Edited if broken.before == Some(place) && record.prev == self.prev => broken.before = None,
            Harm::Deleted if record.seq == broken.at.seq => broken.harm = Harm::Reordered,
            // Two records claim one place; the next one's link tells which of them is the stranger.
            Harm::Inserted if broken.at.seq + 2 == place && record.prev == self.before => broken.at.seq += 1,
            _ => {}
        }
    }

    /// The end of the log: what the node's own signed head says of its size and root, and its key.
    ///
    /// The findings are in order of severity for the reader: the first names the first record harmed.
    #[must_use]
    pub fn finish(mut self, own: Option<&Checkpoint>, key: Option<&[u8; 32]>) -> Vec<Finding> {
        let size = self.frontier.size();
        let signed = own.filter(|own| own.head.node == self.node && key.is_some_and(|key| own.is_signed_with(key)));
        if let (Some(broken), Some(own)) = (&mut self.broken, signed) {
            // A place that does not fit is a gap, a stranger or a swap: the count tells which.
            if matches!(broken.harm, Harm::Deleted | Harm::Inserted | Harm::Reordered) {
                broken.harm = match own.head.size.cmp(&size) {
                    std::cmp::Ordering::Greater => Harm::Deleted,
                    std::cmp::Ordering::Less => Harm::Inserted,
                    std::cmp::Ordering::Equal => Harm::Reordered,
                };
            }
        }
        let is_broken = self.broken.is_some();
        // Sound in itself: chained, and as long and with the root that its own node signed.
        let is_sound = !is_broken && signed.is_some_and(|own| self.against_own(&own.head).is_none());
        let mut findings: Vec<Finding> = self.broken.iter().cloned().collect();
        match signed {
            None => findings.push(Finding { harm: Harm::Unsigned, at: self.id(size), before: None }),
            // The head of a broken chain says nothing more.
            Some(_) if is_broken => {}
            Some(own) => findings.extend(self.against_own(&own.head)),
        }
        findings.sort_by_key(|f| (f.harm == Harm::Unsigned, f.at.seq));
        // What a partner kept with leaf hashes names record and harm best, so it comes first; the chain sees only where
        // it no longer fits, and a checkpoint alone gives a stretch.
        let (mut exact, mut loose) = (Vec::new(), Vec::new());
        for (kept, root) in self.kept.iter().zip(&self.roots) {
            let to = if kept.leaves.is_some() { &mut exact } else { &mut loose };
            to.extend(self.against(kept, *root, is_sound));
        }
        exact.extend(findings);
        exact.extend(loose);
        let mut seen = Vec::new();
        exact.retain(|finding| {
            let new = !seen.contains(finding);
            seen.push(finding.clone());
            new
        });
        exact
    }

    fn against_own(&self, own: &Head) -> Option<Finding> {
        let size = self.frontier.size();
        let (harm, seq) = match own.size.cmp(&size) {
            std::cmp::Ordering::Greater => (Harm::Truncated, size),
            std::cmp::Ordering::Less => (Harm::Inserted, own.size),
            std::cmp::Ordering::Equal if own.root != self.frontier.root() => (Harm::Edited, size.saturating_sub(1)),
            std::cmp::Ordering::Equal => return None,
        };
        Some(Finding { harm, at: self.id(seq), before: None })
    }

    fn against(&self, kept: &Kept, root: Option<Hash>, is_sound: bool) -> Option<Finding> {
        let head = &kept.checkpoint.head;
        if root == Some(head.root) || head.size == 0 {
            return None;
        }
        let size = self.frontier.size();
        if let (Some(was), Some(is)) = (&kept.leaves, &self.leaves) {
            let (mut harm, seq) = compare(was, is, is_sound);
            // What came after the last kept record is not known from the leaves, so whether it moved up only the chain says.
            let chain = self.broken.as_ref().filter(|broken| broken.at.seq == seq && broken.before.is_none());
            if harm == Harm::Edited
                && let Some(broken) = chain
            {
                harm = broken.harm;
            }
            return Some(Finding { harm, at: self.id(seq), before: None });
        }
        // Of the checkpoints that agree, the latest bounds the stretch from below.
        let agreeing = self.kept.iter().zip(&self.roots).filter(|(k, r)| **r == Some(k.checkpoint.head.root));
        let sound = agreeing.map(|(k, _)| k.checkpoint.head.size).filter(|s| *s < head.size).max().unwrap_or(0);
        if root.is_none() {
            // Shorter than the checkpoint. Whether its beginning is the old one cannot be told without leaves.
            return Some(Finding { harm: Harm::RolledBack, at: self.id(size), before: None });
        }
        Some(Finding { harm: Harm::Forked, at: self.id(sound), before: Some(head.size) })
    }
}

/// The first difference of two logs by their leaves, and what made it. `sound`: the chain of `is` holds and is signed.
fn compare(was: &[Hash], is: &[Hash], sound: bool) -> (Harm, u64) {
    let first = was.iter().zip(is).take_while(|(a, b)| a == b).count();
    let at = first as u64;
    if first == is.len() {
        return (if sound { Harm::RolledBack } else { Harm::Truncated }, at);
    }
    let here = |list: &[Hash], i: usize| list.get(i).copied();
    if sound {
        // A sound chain has new hashes from the first change on: another history.
        return (Harm::Forked, at);
    }
    let (old, new) = (here(was, first), here(is, first));
    if here(is, first + 1) == old && old.is_some() {
        // The old record follows the new one: put in between, unless the new one is an old one from further on.
        let moved = new.is_some_and(|new| was[first..].contains(&new) && is.iter().filter(|l| **l == new).count() == 1);
        return (if moved { Harm::Reordered } else { Harm::Inserted }, at);
    }
    let old_comes_later = old.is_some_and(|old| is[first..].contains(&old));
    if old_comes_later {
        return (Harm::Reordered, at);
    }
    // The old record is nowhere: deleted if what stands here came later in the old log, or is new but its neighbours
    // moved up; edited otherwise.
    let moved_up = new.is_some_and(|new| was[first..].contains(&new));
    (if moved_up { Harm::Deleted } else { Harm::Edited }, at)
}
