//! Working time: what is scheduled, and what outages, alarms and power leave of it.

use crate::{outage, recovery};
use model::Ring;
use model::ids::SiteId;
use model::tables::calendars::{CalendarEntry, EntryKind};
use model::tables::outages::{Outage, When};
use units::{Date, IdVec, Minutes};

/// True when a dated row covers a day; a missing end is open.
fn covers(entry: &CalendarEntry, day: Date) -> bool {
    entry.from.is_none_or(|from| from <= day) && entry.to.is_none_or(|to| day <= to)
}

/// What a site's working time follows from, found once: rows of its calendar and its outages, in table order.
struct SiteTime<'a> {
    ring: &'a Ring,
    site: SiteId,
    entries: Vec<&'a CalendarEntry>,
    outages: Vec<&'a Outage>,
}

impl<'a> SiteTime<'a> {
    fn new(ring: &'a Ring, site: SiteId) -> Self {
        let calendar = ring.sites[site].calendar;
        let entries = ring.calendar_entries.iter().filter(|e| Some(e.calendar) == calendar).collect();
        let outages = outage::of_site(ring, site).map(|(_, o)| o).collect();
        Self { ring, site, entries, outages }
    }

    fn scheduled(&self, day: Date) -> Minutes {
        if self.entries.iter().any(|e| e.kind == EntryKind::Holiday && covers(e, day)) {
            return Minutes::ZERO;
        }
        let worked = |e: &&&CalendarEntry| e.kind == EntryKind::Shift && e.days.contains(day.weekday());
        self.entries.iter().filter(worked).map(|e| e.minutes).sum()
    }

    fn crews(&self) -> i64 {
        self.entries.iter().filter(|e| e.kind == EntryKind::Shift).count() as i64
    }

    fn output(&self, day: Date) -> f64 {
        let mut least = 1.0_f64;
        for stop in &self.outages {
            let When::Dated(from, to) = stop.when else {
                continue;
            };
            if day < from {
                continue;
            }
            let share = if day <= to {
                0.0
            } else {
                let profile = recovery::profile(self.ring, stop, self.site);
                recovery::share(self.ring, profile, day.days_since(to) - 1)
            };
            least = least.min(share);
        }
        least
    }

    fn open(&self, day: Date) -> f64 {
        let interrupts = |e: &&&CalendarEntry| matches!(e.kind, EntryKind::Alarm | EntryKind::Power) && covers(e, day);
        self.entries.iter().filter(interrupts).map(|e| 1.0 - e.share.get() * e.stop_share.get()).product()
    }

    fn planned(&self, period: usize) -> f64 {
        let of_day = |day| match self.scheduled(day).as_f64() {
            0.0 => 0.0,
            minutes => minutes * self.output(day) * self.open(day),
        };
        days(self.ring, period).map(of_day).sum()
    }
}

/// Minutes of all shifts of a site on a day; zero on its holidays and at a site without a calendar.
#[must_use]
pub fn scheduled(ring: &Ring, site: SiteId, day: Date) -> Minutes {
    SiteTime::new(ring, site).scheduled(day)
}

/// Shift rows of a site's calendar; each needs a crew of its own.
#[must_use]
pub fn crews(ring: &Ring, site: SiteId) -> i64 {
    SiteTime::new(ring, site).crews()
}

/// Share of full output, `0..=1`, that dated outages of a site and of its zone leave on a day.
///
/// Zero inside a window, the recovery profile after it; the least of all outages counts.
#[must_use]
pub fn output(ring: &Ring, site: SiteId, day: Date) -> f64 {
    SiteTime::new(ring, site).output(day)
}

/// Share of working time, `0..=1`, that alarms and power leave on a day.
///
/// Dated rows count on their days, undated rows on all; interruptions are taken as independent.
#[must_use]
pub fn open(ring: &Ring, site: SiteId, day: Date) -> f64 {
    SiteTime::new(ring, site).open(day)
}

/// Days of a period, `0..T`, first to last.
pub fn days(ring: &Ring, period: usize) -> impl Iterator<Item = Date> + use<> {
    let first = ring.settings.first_day(period);
    (0..ring.settings.period_days).map(move |d| first.plus_days(d))
}

/// Planned minutes of a period: scheduled time less dated outages, alarms and power; at least zero.
#[must_use]
pub fn planned(ring: &Ring, site: SiteId, period: usize) -> f64 {
    SiteTime::new(ring, site).planned(period)
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
        let times: Vec<SiteTime<'_>> = ring.sites.ids().map(|site| SiteTime::new(ring, site)).collect();
        let periods = 0..ring.settings.n_periods;
        let scheduled = |s: &SiteTime<'_>| {
            let minutes = |t| days(ring, t).map(|d| s.scheduled(d)).sum();
            periods.clone().map(minutes).collect()
        };
        let planned = |s: &SiteTime<'_>| periods.clone().map(|t| s.planned(t)).collect();
        Self {
            scheduled: times.iter().map(scheduled).collect(),
            planned: times.iter().map(planned).collect(),
            crews: times.iter().map(SiteTime::crews).collect(),
        }
    }
}
