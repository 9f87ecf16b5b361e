//! Line designs against the ring: every task placed, loads, heads, equipment, and what is proven.

pub(crate) mod bins;
mod bound;
mod equipment;
mod heads;
mod loads;
mod matching;
mod menu;
mod overflow;
mod placement;
mod precedence;
pub(crate) mod priced;
mod sheet;
mod subject;
mod zoning;

#[cfg(test)]
mod tests;

pub use sheet::line_sheet;

use crate::faults::Faults;
use diag::Diagnostic;
use model::Ring;
use model::results::LineDesign;
use model::results::line_design::Proof;
use subject::Subject;

/// What does not hold in the menus of a ring; empty when everything does.
///
/// Lines hold all tasks of their item and type; designs that leave tasks out are not for the plan.
#[must_use]
pub fn line_designs(ring: &Ring, designs: &[LineDesign]) -> Vec<Diagnostic> {
    let mut all = Vec::new();
    let mut faults = Faults::of("line designs");
    menu::check_all(ring, designs, &mut faults);
    let in_range = faults.is_empty();
    all.extend(faults.into_vec());
    if !in_range {
        return all;
    }
    for design in designs {
        let key = &ring.items[design.item].key;
        let mut faults = Faults::of(format!("line design of {key} ({})", design.line_type));
        menu::check(design, &mut faults);
        for (index, option) in design.options.iter().enumerate() {
            let subject = Subject::new(ring, design, option, index);
            placement::check(&subject, &mut faults);
            // Loads and bounds speak of the tasks placed.
            if faults.is_empty() {
                loads::check(&subject, &mut faults);
                heads::check(&subject, &mut faults);
                equipment::check(&subject, &mut faults);
                bound::check(&subject, &mut faults);
                zoning::check(&subject, &mut faults);
            }
        }
        all.extend(faults.into_vec());
    }
    all
}

/// How many options rest on a bound that is not re-checked: one proven by an exhaustive search or by heads and tails,
/// which neither counting, bin packing nor earliest and latest stations reach.
///
/// Designs must hold ([`line_designs`] is empty).
#[must_use]
pub fn not_rechecked(ring: &Ring, designs: &[LineDesign]) -> usize {
    let open = |design: &LineDesign| {
        let all = design.options.iter().enumerate();
        all.filter(|(index, option)| {
            let trusted = matches!(option.proof, Proof::Search { .. } | Proof::HeadsTails);
            trusted && bound::recomputed(&Subject::new(ring, design, option, *index)) < option.bound
        })
        .count()
    };
    designs.iter().map(open).sum()
}
