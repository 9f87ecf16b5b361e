//! Sites and lines that stand on the first day: when they run, who supports them, who can be at them.

use crate::line::Timing;
use crate::{lag, people, training};
use model::Ring;
use model::ids::{SiteId, SkillId, StandingLineId};
use model::results::programme::Trained;
use model::tables::under_way::UnderWay;
use units::Date;

/// The period in which a site that is open already can take lines; none when it is not open.
#[must_use]
pub fn site_ready(ring: &Ring, site: SiteId) -> Option<usize> {
    let row = ring.standing_sites.iter().find(|s| s.site == site)?;
    let days = row.ready.map_or(0, |day| day.days_since(ring.settings.start).max(0));
    Some(ring.settings.periods_of_days(days as f64))
}

/// Periods from the first day to a day, below zero before it.
fn signed(ring: &Ring, day: Date) -> i64 {
    day.days_since(ring.settings.start).div_euclid(ring.settings.period_days)
}

fn from_first(period: i64) -> usize {
    usize::try_from(period).unwrap_or(0)
}

/// The first period in which the people of a standing line are due.
#[must_use]
pub fn due(ring: &Ring, line: StandingLineId) -> usize {
    people::due(ring, from_first(signed(ring, ring.standing_lines[line].first_piece)))
}

/// When a standing line makes its first piece and its output counts, its people being there from `manned` on.
///
/// What has not happened by the first day is late by as many periods as its people are.
#[must_use]
pub fn timing(ring: &Ring, line: StandingLineId, manned: usize) -> Timing {
    let row = &ring.standing_lines[line];
    let late = manned.saturating_sub(due(ring, line));
    let after = |day| from_first(signed(ring, day)) + late;
    Timing { first_piece: after(row.first_piece), output_from: after(row.output_from) }
}

/// The period from which a standing line takes remote support, below zero when it has done so before the first day.
#[must_use]
pub fn support_from(ring: &Ring, line: StandingLineId, manned: usize) -> i64 {
    let begun = signed(ring, ring.standing_lines[line].first_piece);
    if begun < 0 { begun } else { timing(ring, line, manned).first_piece as i64 }
}

/// True when the first article of a standing line is still to be made.
#[must_use]
pub fn article_is_due(ring: &Ring, line: StandingLineId) -> bool {
    signed(ring, ring.standing_lines[line].first_piece) >= 0
}

/// People of a skill in training for a site by `under_way.csv`: where, how many, and the first period at work.
pub fn trainees(ring: &Ring, site: SiteId) -> impl Iterator<Item = (SkillId, Trained, i64, usize)> + '_ {
    ring.under_way.iter().filter_map(move |row| match row {
        UnderWay::Training(at, skill, trained, people, due) if *at == site => {
            let ready = lag::period_from_start(ring, *due)?;
            Some((*skill, *trained, people.ticks() / 1_000, ready))
        }
        _ => None,
    })
}

/// The period in which the training of somebody on the way began or begins, below zero before the first day.
#[must_use]
pub fn trained_from(ring: &Ring, skill: SkillId, trained: Trained, ready: usize) -> i64 {
    let way = training::ways(&ring.skills[skill]).into_iter().find(|w| w.trained == trained);
    ready as i64 - way.map_or(0, |w| w.periods) as i64
}

/// True when somebody of a skill can be at work at a site in a period: there already, or hired and trained by then.
#[must_use]
pub fn can_be_there(ring: &Ring, site: SiteId, skill: SkillId, period: usize) -> bool {
    let row = &ring.skills[skill];
    training::ways(row).into_iter().any(|way| training::start(row, way, period).is_some())
        || people::opening(ring, site, skill) > 0
        || people::named(ring, site, period).any(|skills| skills.contains(&skill))
        || trainees(ring, site).any(|(of, _, people, ready)| of == skill && people > 0 && ready <= period)
}
