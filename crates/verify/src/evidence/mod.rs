//! Evidence against itself and its programme: every piece counted once, summaries that follow from samples.

mod balance;
mod fans;
mod losses;
mod shape;
mod stations;
mod statistics;

#[cfg(test)]
mod tests;

use crate::faults::Faults;
use diag::Diagnostic;
use model::Ring;
use model::results::{Evidence, LineDesign, Programme};

/// What does not follow in a simulation's evidence; empty when everything does.
///
/// The samples themselves are taken as seen: only a second simulation could question them.
#[must_use]
pub fn evidence(ring: &Ring, designs: &[LineDesign], programme: &Programme, evidence: &Evidence) -> Vec<Diagnostic> {
    let mut faults = Faults::of("evidence");
    shape::check(ring, evidence, &mut faults);
    if faults.is_empty() {
        balance::check(ring, evidence, &mut faults);
        losses::check(ring, programme, evidence, &mut faults);
        fans::check(ring, evidence, &mut faults);
        stations::check(ring, designs, programme, evidence, &mut faults);
    }
    faults.into_vec()
}
