//! What the page is made of: the ring, the results, and what was found about them.

use crate::compare::Comparison;
use diag::Diagnostic;
use model::results::{Decision, Evidence, Hedge, LineDesign, Programme, Provenance, Why};
use model::{RawRing, Ring};

/// Everything the page and the tables are a function of.
#[derive(Clone, Copy, Debug)]
pub struct Dossier<'a> {
    /// The ring, checked.
    pub ring: &'a Ring,
    /// The ring as written, for the register of inputs.
    pub raw: &'a RawRing,
    /// Menus of lines.
    pub line_designs: &'a [LineDesign],
    /// The plan; none when there is none, `refusals` then say why.
    pub programme: Option<&'a Programme>,
    /// Why the plan is as it is; none when it was not asked.
    pub why: Option<&'a Why>,
    /// The plan chosen for what may stop; none when it was not asked.
    pub hedge: Option<&'a Hedge>,
    /// What simulation saw; none when it did not run.
    pub evidence: Option<&'a Evidence>,
    /// Gates, questions, options; none when not evaluated.
    pub decision: Option<&'a Decision>,
    /// What made the results.
    pub provenance: &'a Provenance,
    /// What the independent check found; none when it did not run, empty when it found nothing.
    pub findings: Option<&'a [Diagnostic]>,
    /// Why a stage gave no result, and other refusals of engines.
    pub refusals: &'a [Diagnostic],
    /// What moved since another dossier; none when none was named.
    pub moved: Option<&'a Comparison>,
}
