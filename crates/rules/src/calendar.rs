//! Working time: what is scheduled, and what outages, alarms and power leave of it.

use crate::{outage, recovery};
use model::Ring;
use model::ids::SiteId;
use model::tables::calendars::{CalendarEntry, EntryKind};
use model::tables::outages::When;
use units::{Date, IdVec, Minutes};

/// True when a dated row covers a day; a missing end is open.
fn covers(entry: &CalendarEntry, day: Date) -> bool {
    entry.from.is_none_or(|from| from <= day) && entry.to.is_none_or(|to| day <= to)
}

/// Rows of a site's calendar, in table order; none for a site without one.
fn entries(ring: &Ring, site: SiteId) -> impl Iterator<Item = &CalendarEntry> {
    let calendar = ring.sites[site].calendar;
    ring.calendar_entries.iter().filter(move |e| Some(e.calendar) == calendar)
}

/// Minutes of all shifts of a site on a day; zero on its holidays and at a site without a calendar.
#[must_use]
pub fn scheduled(ring: &Ring, site: SiteId, day: Date) -> Minutes {
    let holiday = |e: &CalendarEntry| e.kind == EntryKind::Holiday && covers(e, day);
    if entries(ring, site).any(holiday) {
        return Minutes::ZERO;
    }
    entries(ring, site)
        .filter(|e| e.kind == EntryKind::Shift && e.days.contains(day.weekday()))
        .map(|e| e.minutes)
        .sum()
}

/// Shift rows of a site's calendar; each needs a crew of its own.
#[must_use]
pub fn crews(ring: &Ring, site: SiteId) -> i64 {
    entries(ring, site).filter(|e| e.kind == EntryKind::Shift).count() as i64
}

/// Share of full output, `0..=1`, that dated outages of a site and of its zone leave on a day.
///
/// Zero inside a window, the recovery profile after it; the least of all outages counts.
#[must_use]
pub fn output(ring: &Ring, site: SiteId, day: Date) -> f64 {
    let mut least = 1.0_f64;
    for (_, stop) in outage::of_site(ring, site) {
        let When::Dated(from, to) = stop.when else {
            continue;
        };
        if day < from {
            continue;
        }
        let share = if day <= to {
            0.0
        } else {
            let after = day.days_since(to) - 1;
            recovery::share(ring, recovery::profile(ring, stop, site), after)
        };
        least = least.min(share);
    }
    least
}

/// Share of working time, `0..=1`, that alarms and power leave on a day.
///
/// Dated rows count on their days, undated rows on all; interruptions are taken as independent.
#[must_use]
pub fn open(ring: &Ring, site: SiteId, day: Date) -> f64 {
    entries(ring, site)
        .filter(|e| matches!(e.kind, EntryKind::Alarm | EntryKind::Power) && covers(e, day))
        .map(|e| 1.0 - e.share.get() * e.stop_share.get())
        .product()
}

/// Days of a period, `0..T`, first to last.
pub fn days(ring: &Ring, period: usize) -> impl Iterator<Item = Date> + use<> {
    let first = ring.settings.first_day(period);
    (0..ring.settings.period_days).map(move |d| first.plus_days(d))
}

/// Planned minutes of a period: scheduled time less dated outages, alarms and power; at least zero.
#[must_use]
pub fn planned(ring: &Ring, site: SiteId, period: usize) -> f64 {
    days(ring, period)
        .map(|d| {
            let minutes = scheduled(ring, site, d).as_f64();
            if minutes == 0.0 { 0.0 } else { minutes * output(ring, site, d) * open(ring, site, d) }
        })
        .sum()
}

/// The working time of all sites and periods, computed once.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkTime {
    /// Scheduled minutes, `sites x periods`, without outages and alarms.
    pub scheduled: IdVec<SiteId, Vec<Minutes>>,
    /// Planned minutes, `sites x periods`.
    pub planned: IdVec<SiteId, Vec<f64>>,
    /// Crews by site.
    pub crews: IdVec<SiteId, i64>,
}

impl WorkTime {
    /// The working time of a ring.
    #[must_use]
    pub fn new(ring: &Ring) -> Self {
        let periods = 0..ring.settings.n_periods;
        let all = |site| {
            let minutes = |t| days(ring, t).map(|d| scheduled(ring, site, d)).sum();
            periods.clone().map(minutes).collect()
        };
        let left = |site| periods.clone().map(|t| planned(ring, site, t)).collect();
        Self {
            scheduled: ring.sites.ids().map(all).collect(),
            planned: ring.sites.ids().map(left).collect(),
            crews: ring.sites.ids().map(|s| crews(ring, s)).collect(),
        }
    }
}
