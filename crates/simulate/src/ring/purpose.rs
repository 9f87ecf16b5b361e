//! What each random stream of the ring is for; the entity is named beside it.

/// Time of a visit, and which of its tasks pass at the first try (station; one pair a visit).
pub(super) const VISIT: u16 = 11;
/// Minutes to breakdown and to repair (station copy).
pub(super) const BREAKDOWN: u16 = 13;
/// Strikes of an outage (outage).
pub(super) const OUTAGE: u16 = 14;
/// Days of each strike (outage).
pub(super) const OUTAGE_DAYS: u16 = 15;
/// Alarms and power cuts (site and calendar row).
pub(super) const INTERRUPTION: u16 = 16;
/// People present (site and skill).
pub(super) const ABSENCE: u16 = 17;
/// Lead times (order).
pub(super) const LEAD: u16 = 18;
/// Travel times (lane).
pub(super) const TRAVEL: u16 = 19;
