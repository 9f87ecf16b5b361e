//! Evidence against itself and its programme: every piece counted once, summaries that follow from samples.

mod backlog;
mod balance;
mod bottlenecks;
mod counts;
mod fans;
mod in_process;
mod losses;
mod rate;
mod shape;
mod stations;
mod statistics;
mod what_ifs;

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
        backlog::check(ring, evidence, &mut faults);
        rate::check(ring, evidence, &mut faults);
        bottlenecks::check(ring, designs, programme, evidence, &mut faults);
        in_process::check(programme, evidence, &mut faults);
        what_ifs::check(ring, designs, programme, evidence, &mut faults);
        stations::check(ring, designs, programme, evidence, &mut faults);
    }
    faults.into_vec()
}
