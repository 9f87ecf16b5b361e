//! The ways to train people: at the home plant, on site, or not at all.

use crate::standing;
use model::Ring;
use model::ids::{SiteId, SkillId};
use model::results::programme::Trained;
use model::tables::workforce::Skill;
use units::Money;

/// A way to train people of a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    /// Where.
    pub trained: Trained,
    /// How long, periods.
    pub periods: usize,
    /// Cost for each person.
    pub cost: Money,
}

/// When people who are ready in some period start, periods from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Hiring starts.
    pub hire_from: usize,
    /// Training starts; wages are paid from here.
    pub train_from: usize,
}

/// The ways of a skill, home first. A way exists when it takes time; when neither does, people need no training and
/// count as trained on site.
#[must_use]
pub fn ways(skill: &Skill) -> Vec<Way> {
    let way = |trained, periods: i64, cost| Way { trained, periods: usize::try_from(periods).unwrap_or(0), cost };
    let home = way(Trained::Home, skill.train_home_periods, skill.train_home_cost);
    let site = way(Trained::Site, skill.train_site_periods, skill.train_site_cost);
    let mut ways: Vec<Way> = [home, site].into_iter().filter(|w| w.periods > 0).collect();
    if ways.is_empty() {
        ways.push(site);
    }
    ways
}

/// The cheaper existing way, home when they cost the same; replacements take it.
#[must_use]
pub fn cheapest(skill: &Skill) -> Way {
    let all = ways(skill);
    let first = all[0];
    all.into_iter().fold(first, |best, way| if way.cost < best.cost { way } else { best })
}

/// When people ready in a period start; none when that is before the first period.
#[must_use]
pub fn start(skill: &Skill, way: Way, ready: usize) -> Option<Start> {
    let train_from = ready.checked_sub(way.periods)?;
    let hire_from = train_from.checked_sub(usize::try_from(skill.hire_periods).unwrap_or(0))?;
    Some(Start { hire_from, train_from })
}

/// True when a trainee takes one of the home plant's places; at the home site itself training counts as on site.
#[must_use]
pub fn takes_home_place(ring: &Ring, site: SiteId, trained: Trained) -> bool {
    trained == Trained::Home && ring.home() != Some(site)
}

/// True when a trainee takes one of the places on the site.
#[must_use]
pub fn takes_site_place(ring: &Ring, site: SiteId, trained: Trained) -> bool {
    trained == Trained::Site || trained == Trained::Home && ring.home() == Some(site)
}

/// Share of people who leave and are replaced in a period; may exceed 1.
#[must_use]
pub fn leavers(ring: &Ring, skill: SkillId) -> f64 {
    ring.skills[skill].turnover_year * ring.settings.period_days as f64 / 365.0
}

/// People of a site in training on the first day who still are in a period, among those trained where `takes` says.
pub fn places_taken(ring: &Ring, site: SiteId, period: usize, takes: impl Fn(Trained) -> bool) -> i64 {
    let here = standing::trainees(ring, site).filter(|(skill, trained, _, ready)| {
        let from = standing::trained_from(ring, *skill, *trained, *ready);
        takes(*trained) && from <= period as i64 && period < *ready
    });
    here.map(|(_, _, people, _)| people).sum()
}
