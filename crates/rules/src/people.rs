//! People a line needs, from when, and who of them is already there.

use crate::calendar;
use model::Ring;
use model::ids::{SiteId, SkillId};
use model::results::LineOption;
use model::tables::opening::Opening;

/// People on the books for `heads` of a skill at work in each of a site's crews: absence is covered.
#[must_use]
pub fn on_the_books(ring: &Ring, site: SiteId, skill: SkillId, heads: i64) -> i64 {
    let present = ring.skills[skill].absence.rest().get();
    let needed = (heads * calendar::crews(ring, site)) as f64 / present;
    (needed - 1e-9).ceil() as i64
}

/// People one line needs by skill, all crews together, in skill order; skills without heads are left out.
#[must_use]
pub fn of_line(ring: &Ring, site: SiteId, option: &LineOption) -> Vec<(SkillId, i64)> {
    let needed = option.heads.iter().filter(|(_, heads)| *heads > 0);
    needed.map(|(skill, heads)| (*skill, on_the_books(ring, site, *skill, *heads))).collect()
}

/// Period by which the people of a line must be ready, from 0.
#[must_use]
pub fn due(ring: &Ring, first_piece: usize) -> usize {
    let before = ring.settings.wages_until_line_days as f64;
    first_piece.saturating_sub(ring.settings.periods_of_days(before))
}

/// Trained people of a skill at a site on the first day by the opening table, whole people.
#[must_use]
pub fn opening(ring: &Ring, site: SiteId, skill: SkillId) -> i64 {
    let there = |o: &Opening| match o {
        Opening::People(at, of, n) if (*at, *of) == (site, skill) => n.ticks(),
        _ => 0,
    };
    ring.opening.iter().map(there).sum::<i64>() / 1_000
}

/// Named people at a site who are at work in a period: each with the skills it can be counted under, main one first.
pub fn named(ring: &Ring, site: SiteId, period: usize) -> impl Iterator<Item = &[SkillId]> {
    let day = ring.settings.first_day(period);
    ring.people
        .iter()
        .filter(move |p| p.site == site && p.from.is_none_or(|from| from <= day))
        .map(|p| p.skills.as_slice())
}
