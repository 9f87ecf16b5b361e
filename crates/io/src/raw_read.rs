//! What reading yields before anything is believed.

use crate::hash::InputHash;
use crate::source::Sources;
use diag::Diagnostic;
use model::raw::RawRing;

/// The ring as written, its sources and the faults of reading.
#[derive(Debug, Default)]
pub(crate) struct RawRead {
    pub(crate) raw: RawRing,
    pub(crate) sources: Sources,
    pub(crate) faults: Vec<Diagnostic>,
    /// The files read, with the hash of their bytes as stored.
    pub(crate) hashes: Vec<InputHash>,
    /// Rows whose cells may stand in the wrong columns: their contents are not judged further.
    pub(crate) damaged: Vec<(String, usize)>,
    /// Whether whole tables or the rest of one are missing, so that checks across tables would mislead.
    pub(crate) incomplete: bool,
}

impl RawRead {
    /// A fault after which the ring as a whole cannot be judged.
    pub(crate) fn unreadable(&mut self, fault: Diagnostic) {
        self.incomplete = true;
        self.faults.push(fault);
    }
}
