//! How long something is out when it stops, by the ring's own tables.

use crate::{outage, recovery};
use model::Ring;
use model::ids::{RecoveryId, SiteId};
use model::tables::outages::{Outage, Target, When};

/// How long a stop lasts, and how much output it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TimeOut {
    /// Days until output is back in full, or as far as its profile ever comes back.
    pub recover_days: f64,
    /// Days of full output missed: days at zero, and what the staircase is short of full.
    pub missed_days: f64,
}

/// The longest stop of a target that `outages.csv` tells (a window, or the mean days at zero output), with recovery.
///
/// A site is out for the outages of its zone too; a zone as long as its slowest site. `asked_days` stands in where the
/// table tells nothing; without it there is none.
#[must_use]
pub fn of(ring: &Ring, target: &Target, asked_days: Option<f64>) -> Option<TimeOut> {
    let longest = |all: Vec<TimeOut>| all.into_iter().max_by(|a, b| a.recover_days.total_cmp(&b.recover_days));
    let asked = |profile: Option<RecoveryId>| asked_days.map(|days| with_recovery(ring, days, profile));
    match target {
        Target::Site(site) => of_site(ring, *site, outage::of_site(ring, *site).map(|(_, o)| o))
            .or_else(|| asked(ring.sites[*site].recovery)),
        Target::Zone(zone) => {
            let members = ring.sites.enumerate().filter(|(_, s)| s.zone.as_deref() == Some(zone.as_str()));
            let own = || ring.outages.iter().filter(|o| o.target == *target);
            longest(
                members
                    .filter_map(|(site, data)| of_site(ring, site, own()).or_else(|| asked(data.recovery)))
                    .collect(),
            )
        }
        Target::Supplier(_) | Target::Lane(_) => {
            let own = ring.outages.iter().filter(|o| o.target == *target);
            longest(own.map(|o| with_recovery(ring, zero_days(o), None)).collect()).or_else(|| asked(None))
        }
    }
}

fn of_site<'a>(ring: &Ring, site: SiteId, outages: impl Iterator<Item = &'a Outage>) -> Option<TimeOut> {
    let out = outages.map(|o| with_recovery(ring, zero_days(o), recovery::profile(ring, o, site)));
    out.max_by(|a, b| a.recover_days.total_cmp(&b.recover_days))
}

fn zero_days(outage: &Outage) -> f64 {
    match outage.when {
        When::Dated(from, to) => (to.days_since(from) + 1) as f64,
        When::Random { days, .. } => days,
    }
}

fn with_recovery(ring: &Ring, zero_days: f64, profile: Option<RecoveryId>) -> TimeOut {
    let last = ring.recovery_steps.iter().filter(|s| Some(s.profile) == profile).map(|s| s.day).max().unwrap_or(0);
    let short: f64 = (0..last).map(|day| 1.0 - recovery::share(ring, profile, day)).sum();
    TimeOut { recover_days: zero_days + last as f64, missed_days: zero_days + short }
}
