//! Lines and first articles.

use model::Ring;
use model::ids::CapabilityId;
use model::results::LineOption;

/// One line with its equipment, in the period it is ordered.
#[must_use]
pub fn line(ring: &Ring, capability: CapabilityId, option: &LineOption) -> f64 {
    (option.equipment_cost + ring.capability[capability].line_cost).as_f64()
}

/// The first article of one line, in the period of its first piece.
#[must_use]
pub fn first_article(ring: &Ring, capability: CapabilityId) -> f64 {
    ring.capability[capability].first_article_cost.as_f64()
}
