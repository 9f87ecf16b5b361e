//! From when, and in which revision, a site may make an item.

use crate::effectivity;
use model::Ring;
use model::ids::CapabilityId;
use model::tables::capability::Licence;

/// The first period, from 0, whose first day is on or after the licence's; may lie past the horizon.
///
/// None when there is no licence to be had, or no day for it.
#[must_use]
pub fn first_period(ring: &Ring, capability: CapabilityId) -> Option<usize> {
    let row = &ring.capability[capability];
    if row.licence == Licence::None {
        return None;
    }
    let days = row.licence_from?.days_since(ring.settings.start);
    Some(ring.settings.periods_of_days(days.max(0) as f64))
}

/// True when the revision built in a period is the one licensed, or the licence names none.
#[must_use]
pub fn holds_revision(ring: &Ring, capability: CapabilityId, period: usize) -> bool {
    let row = &ring.capability[capability];
    let day = ring.settings.first_day(period);
    row.revision.is_none() || row.revision.as_deref() == effectivity::revision_name(ring, row.item, day)
}
