//! How output comes back after a stop: a staircase, not one number.

use model::Ring;
use model::ids::{RecoveryId, SiteId};
use model::tables::outages::Outage;

/// The profile by which a site recovers from an outage: the outage's own, else the site's, else none.
#[must_use]
pub fn profile(ring: &Ring, outage: &Outage, site: SiteId) -> Option<RecoveryId> {
    outage.recovery.or(ring.sites[site].recovery)
}

/// Share of full output, `0..=1`, so many days after a stop; 0 is the first day after its last.
///
/// Before the first step of a profile nothing is made. Without a profile output is full at once.
#[must_use]
pub fn share(ring: &Ring, profile: Option<RecoveryId>, days_after: i64) -> f64 {
    let Some(profile) = profile else {
        return 1.0;
    };
    let reached = |s: &&model::tables::recovery::RecoveryStep| s.profile == profile && s.day <= days_after;
    ring.recovery_steps.iter().filter(reached).max_by_key(|s| s.day).map_or(0.0, |s| s.share.get())
}
