//! Opening sites and keeping them.

use crate::standing;
use model::Ring;
use model::ids::SiteId;

/// Opening a site, once, in the period of the decision; nothing for one that is open already.
#[must_use]
pub fn opening(ring: &Ring, site: SiteId) -> f64 {
    if standing::site_ready(ring, site).is_some() {
        return 0.0;
    }
    ring.sites[site].open_cost.as_f64()
}

/// Keeping a site, each period from the opening on.
#[must_use]
pub fn fixed(ring: &Ring, site: SiteId) -> f64 {
    ring.sites[site].fixed_cost.as_f64()
}

/// Keeping so many square metres for a line, each period from its order on.
#[must_use]
pub fn floor(ring: &Ring, site: SiteId, floor_m2: f64) -> f64 {
    ring.sites[site].floor_cost.as_f64() * floor_m2
}
