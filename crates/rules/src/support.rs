//! Remote support that young lines take from the home plant.

use model::Ring;
use model::ids::SiteId;

/// Hours one line at a site takes in a period; none at the home plant.
///
/// A line takes them in the `support_periods` periods from its first piece on, which may lie before the first day.
#[must_use]
pub fn hours(ring: &Ring, site: SiteId, first_piece: i64, period: usize) -> f64 {
    let young = first_piece..first_piece + ring.settings.support_periods as i64;
    if ring.home() != Some(site) && young.contains(&(period as i64)) {
        ring.settings.support_hours_per_line
    } else {
        0.0
    }
}
