//! What one run keeps for the next: results under a digest of everything they follow from.
//!
//! Nothing is invalidated by hand: a changed input gives another digest, and under that nothing is found. Whoever
//! implements [`Cache`] adds what a study cannot know, such as the version of the program, to every digest.

use diag::Diagnostic;
use model::Ring;
use model::results::decision::Value;
use model::results::{Decision, Evidence, LineDesign, Programme};

/// Names a result by all it follows from.
pub type Digest = [u8; 32];

/// Keeps results between runs. It may forget at any time, and must never hand out anything but what was kept.
pub trait Cache: Sync {
    /// The digest of a list of parts; lists that differ in any part, or in where a part ends, have different digests.
    fn digest(&self, parts: &[&[u8]]) -> Digest;

    /// What was kept; none when there is nothing, when it is damaged, or when it is not about a ring like this one.
    fn find(&self, key: &Digest, ring: &Ring) -> Option<Entry>;

    /// Keeps something. That it could not be kept is no fault of the study.
    fn keep(&self, key: &Digest, entry: &Entry);
}

/// Something kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Entry {
    /// Menus of lines, before any was balanced again.
    Menus(Vec<LineDesign>),
    /// A programme with the menus it was chosen from.
    Plan(Box<Planned>),
    /// What simulation saw.
    Evidence(Box<Evidence>),
    /// Values of versions of the ring, in rising order of their digests.
    Values(Vec<(Digest, Known)>),
    /// A whole decision.
    Decision(Box<Decision>),
}

/// A programme with the menus it was chosen from.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// Menus, the chosen options balanced harder.
    pub designs: Vec<LineDesign>,
    /// The programme.
    pub programme: Programme,
}

/// What is known about one version of the ring.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// Its value with sites and lines that were kept.
    Value(Value),
    /// Its value with the sites and lines that were found for it.
    Settled(decide::Settled, plan::FirstStage),
    /// Why it cannot be planned.
    Refused(Vec<Diagnostic>),
}

/// A cache that finds nothing, so that everything is worked out again and kept anew.
pub(crate) struct Afresh<'a>(pub(crate) &'a dyn Cache);

impl Cache for Afresh<'_> {
    fn digest(&self, parts: &[&[u8]]) -> Digest {
        self.0.digest(parts)
    }

    fn find(&self, _: &Digest, _: &Ring) -> Option<Entry> {
        None
    }

    fn keep(&self, key: &Digest, entry: &Entry) {
        self.0.keep(key, entry);
    }
}
