//! Which outages concern a site, a lane or a supplier, and on which days a dated one stops it.

use model::Ring;
use model::ids::{LaneId, Node, OutageId, SiteId, SupplierId};
use model::tables::outages::{Outage, Target, When};
use units::Date;

/// Outages, dated and random, of a site and of its shared-risk zone, in table order.
pub fn of_site(ring: &Ring, site: SiteId) -> impl Iterator<Item = (OutageId, &Outage)> {
    let zone = ring.sites[site].zone.as_deref();
    ring.outages.enumerate().filter(move |(_, o)| match &o.target {
        Target::Site(stopped) => *stopped == site,
        Target::Zone(name) => zone == Some(name.as_str()),
        Target::Lane(_) | Target::Supplier(_) => false,
    })
}

/// True when a dated outage stops something on a day, recovery apart.
#[must_use]
pub fn stops(outage: &Outage, day: Date) -> bool {
    matches!(outage.when, When::Dated(from, to) if from <= day && day <= to)
}

/// True when a dated outage of a site or its zone covers a day.
#[must_use]
pub fn site_is_stopped(ring: &Ring, site: SiteId, day: Date) -> bool {
    of_site(ring, site).any(|(_, o)| stops(o, day))
}

/// True when a dated outage of a lane, or of a site at one of its ends, covers a day.
#[must_use]
pub fn lane_is_stopped(ring: &Ring, lane: LaneId, day: Date) -> bool {
    let ends = &ring.lanes[lane];
    let own = |o: &Outage| o.target == Target::Lane(lane) && stops(o, day);
    let to_stopped = match ends.to {
        Node::Site(to) => site_is_stopped(ring, to, day),
        Node::Customer(_) => false,
    };
    ring.outages.iter().any(own) || site_is_stopped(ring, ends.from, day) || to_stopped
}

/// True when a dated outage of a supplier covers a day.
#[must_use]
pub fn supplier_is_stopped(ring: &Ring, supplier: SupplierId, day: Date) -> bool {
    let own = |o: &Outage| o.target == Target::Supplier(supplier) && stops(o, day);
    ring.outages.iter().any(own)
}
