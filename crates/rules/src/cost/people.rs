//! Finding, training and paying people.

use crate::calendar::WorkTime;
use crate::training::{self, Way};
use model::Ring;
use model::ids::{SiteId, SkillId};

/// Finding one person, in the period hiring starts.
#[must_use]
pub fn hiring(ring: &Ring, skill: SkillId) -> f64 {
    ring.skills[skill].hire_cost.as_f64()
}

/// Training one person in the way taken, in the period training starts.
#[must_use]
pub fn training(way: Way) -> f64 {
    way.cost.as_f64()
}

/// Finding those who replace the leavers of one person at work, each period.
#[must_use]
pub fn replacement_hiring(ring: &Ring, skill: SkillId) -> f64 {
    training::leavers(ring, skill) * hiring(ring, skill)
}

/// Training those who replace the leavers of one person at work, each period.
#[must_use]
pub fn replacement_training(ring: &Ring, skill: SkillId) -> f64 {
    let way = training::cheapest(&ring.skills[skill]);
    training::leavers(ring, skill) * training(way)
}

/// Hours one person of a site is paid for in a period: its scheduled time shared among the crews.
#[must_use]
pub fn paid_hours(time: &WorkTime, site: SiteId, period: usize) -> f64 {
    let crews = time.crews[site].max(1) as f64;
    time.scheduled[site][period].as_f64() / crews / 60.0
}

/// One person at work or in training, in a period.
#[must_use]
pub fn wages(ring: &Ring, time: &WorkTime, site: SiteId, skill: SkillId, period: usize) -> f64 {
    let rate = ring.sites[site].wage_hour.as_f64() * ring.skills[skill].wage_factor;
    paid_hours(time, site, period) * rate
}
