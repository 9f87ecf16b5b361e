//! What happens to the ring from outside in one replication: outages, alarms, power, absence.
//!
//! All of it is drawn before the first piece starts, each from its own stream, so that two designs under
//! one seed meet the same fate.

use super::clock::{ClockBuilder, SiteClock, Stop};
use super::plant::{DAY, MINUTE, Plant};
use super::purpose;
use chance::Source;
use model::Ring;
use model::ids::{LaneId, RecoveryId, SiteId, SupplierId};
use model::settings::OnStop;
use model::tables::calendars::{CalendarEntry, EntryKind};
use model::tables::outages::{Target, When};
use rules::{calendar, outage, recovery};
use units::Id;

/// A stop that somebody asks about: what stops, and the first and last day at zero output.
#[derive(Debug, Clone, Copy)]
pub(super) struct Forced {
    pub(super) node: Stopped,
    pub(super) days: (i64, i64),
}

/// What a forced stop stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    Site(SiteId),
    Supplier(SupplierId),
    Lane(LaneId),
}

/// Days of no output.
pub(super) struct Strikes {
    /// First and last day, from 0, in order; by outage.
    random: Vec<Vec<(i64, i64)>>,
    forced: Option<Forced>,
}

impl Strikes {
    /// The forced stop of a node.
    fn forced(&self, node: Stopped) -> Option<(i64, i64)> {
        self.forced.filter(|f| f.node == node).map(|f| f.days)
    }
}

/// Draws when the outages with a rate strike.
///
/// Strikes come at random at the stated rate (Poisson); the days at zero output are exponential with the
/// stated mean, rounded to whole days, at least one. Outages of one common cause strike together, at the
/// rate of the first of them; each lasts its own time.
pub(super) fn strikes(plant: &Plant<'_>, source: Source, replication: u32, forced: Option<Forced>) -> Strikes {
    let (ring, n_days, unit) = (plant.ring, plant.n_days, &plant.unit);
    let mut random = vec![Vec::new(); ring.outages.len()];
    for (id, row) in ring.outages.enumerate() {
        let When::Random { rate_year, days } = row.when else {
            continue;
        };
        let leader = row.common_cause.as_ref().and_then(|cause| {
            let mates = ring.outages.enumerate().filter(|(_, o)| o.common_cause.as_ref() == Some(cause));
            mates
                .filter_map(|(mate, o)| match o.when {
                    When::Random { rate_year, .. } => Some((mate, rate_year)),
                    When::Dated(..) => None,
                })
                .next()
        });
        let (leader, rate_year) = leader.unwrap_or((id, rate_year));
        if rate_year <= 0.0 {
            continue;
        }
        let mut when = source.stream(replication, leader.index() as u32, purpose::OUTAGE);
        let mut length = source.stream(replication, id.index() as u32, purpose::OUTAGE_DAYS);
        let mut at = unit.draw(&mut when) * 365.0 / rate_year;
        while at < n_days as f64 {
            let zero = (unit.draw(&mut length) * days).round().max(1.0) as i64;
            let first = at as i64;
            random[id.index()].push((first, first + zero - 1));
            at += unit.draw(&mut when) * 365.0 / rate_year;
        }
    }
    Strikes { random, forced }
}

/// Share of full output that random outages leave a site on each day.
fn random_output(ring: &Ring, site: SiteId, strikes: &Strikes, n_days: i64) -> Vec<f64> {
    let mut output = vec![1.0f64; usize::try_from(n_days).unwrap_or(0)];
    let mut strike = |(first, last): (i64, i64), profile: Option<RecoveryId>| {
        for day in first..n_days {
            let share = if day <= last { 0.0 } else { recovery::share(ring, profile, day - last - 1) };
            if share >= 1.0 {
                break;
            }
            output[day as usize] = output[day as usize].min(share);
        }
    };
    for (id, row) in outage::of_site(ring, site) {
        let profile = recovery::profile(ring, row, site);
        strikes.random[id.index()].iter().for_each(|days| strike(*days, profile));
    }
    if let Some(days) = strikes.forced(Stopped::Site(site)) {
        strike(days, ring.sites[site].recovery);
    }
    output
}

/// Days on which a site gives no output because of something that was not planned; none where nobody asks.
pub(super) fn still_days(plant: &Plant<'_>, site: SiteId, strikes: &Strikes) -> Vec<bool> {
    if plant.ring.settings.on_stop == OnStop::Wait {
        return Vec::new();
    }
    random_output(plant.ring, site, strikes, plant.n_days).into_iter().map(|share| share <= 0.0).collect()
}

/// The clock of a site in one replication.
pub(super) fn site_clock(
    plant: &Plant<'_>,
    site: SiteId,
    strikes: &Strikes,
    source: Source,
    replication: u32,
) -> SiteClock {
    let ring = plant.ring;
    let alarms = interruptions(plant, site, EntryKind::Alarm, source, replication);
    let power = interruptions(plant, site, EntryKind::Power, source, replication);
    let random = random_output(ring, site, strikes, plant.n_days);
    let mut builder = ClockBuilder::new();
    let (mut alarm_at, mut power_at) = (0, 0);
    let (mut after_alarm, mut after_power) = (Vec::new(), Vec::new());
    for shift in &plant.shifts[site.index()] {
        let planned = plant.dated_output[site.index()][shift.day];
        let left = planned.min(random[shift.day]);
        let length = (shift.end - shift.start) as f64;
        // A site that recovers works the first part of each shift.
        let open = (length * left).round() as u64;
        let planned_open = (length * planned).round() as u64;
        after_alarm.clear();
        cut(shift.start, shift.start + open, &alarms, &mut alarm_at, &mut after_alarm);
        for piece in &after_alarm {
            match *piece {
                Piece::Lost(ticks) => builder.lose(Stop::Alarm, ticks),
                Piece::Open(start, end) => {
                    after_power.clear();
                    cut(start, end, &power, &mut power_at, &mut after_power);
                    for piece in &after_power {
                        match *piece {
                            Piece::Lost(ticks) => builder.lose(Stop::Power, ticks),
                            Piece::Open(start, end) => builder.open(start, end),
                        }
                    }
                }
            }
        }
        builder.lose(Stop::Outage, planned_open - open);
        builder.lose(Stop::Planned, shift.end - shift.start - planned_open);
    }
    builder.finish(plant.horizon)
}

/// A part of a window: open from a time to a time, or so much lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece {
    Open(u64, u64),
    Lost(u64),
}

/// Cuts stops (sorted, apart from each other) out of a window. Windows come in rising order; `hint` follows.
fn cut(start: u64, end: u64, stops: &[(u64, u64)], hint: &mut usize, pieces: &mut Vec<Piece>) {
    while stops.get(*hint).is_some_and(|stop| stop.1 <= start) {
        *hint += 1;
    }
    let mut at = start;
    for (from, to) in stops[*hint..].iter().take_while(|stop| stop.0 < end) {
        if *from > at {
            pieces.push(Piece::Open(at, *from));
        }
        let (from, to) = ((*from).max(at), (*to).min(end));
        if to > from {
            pieces.push(Piece::Lost(to - from));
        }
        at = to.max(at);
    }
    if at < end {
        pieces.push(Piece::Open(at, end));
    }
}

/// When alarms (or power cuts) stop work at a site, sorted and apart from each other.
///
/// Each row is an alternating process: interruptions with exponential lengths of the stated mean, and
/// exponential times between them such that they take the stated share; it starts as if it had always run.
/// Work stops during the first `stop_share` of each. Each site has its own process.
fn interruptions(
    plant: &Plant<'_>,
    site: SiteId,
    kind: EntryKind,
    source: Source,
    replication: u32,
) -> Vec<(u64, u64)> {
    let (ring, unit) = (plant.ring, &plant.unit);
    let mine = |e: &CalendarEntry| Some(e.calendar) == ring.sites[site].calendar && e.kind == kind;
    let mut stops = Vec::new();
    for (id, row) in ring.calendar_entries.enumerate().filter(|(_, e)| mine(e)) {
        let (share, stopped) = (row.share.get(), row.stop_share.get());
        if share <= 0.0 || stopped <= 0.0 || row.mean_minutes.is_zero() {
            continue;
        }
        let day = |d: units::Date| d.days_since(ring.settings.start).clamp(0, plant.n_days);
        let begin = row.from.map_or(0, day) as u64 * DAY;
        let end = row.to.map_or(plant.n_days, |d| (d.days_since(ring.settings.start) + 1).clamp(0, plant.n_days))
            as u64
            * DAY;
        let mean = row.mean_minutes.ticks() as f64;
        let gap = mean * (1.0 - share) / share;
        let entity = (site.index() * ring.calendar_entries.len() + id.index()) as u32;
        let mut stream = source.stream(replication, entity, purpose::INTERRUPTION);
        let mut at = begin as f64;
        if !stream.chance(share) {
            at += unit.draw(&mut stream) * gap;
        }
        while at < end as f64 {
            let length = unit.draw(&mut stream) * mean;
            let stop_end = (at + length * stopped).min(end as f64);
            stops.push((at as u64, stop_end as u64));
            at += length + unit.draw(&mut stream) * gap;
        }
    }
    stops.sort_unstable();
    let mut apart: Vec<(u64, u64)> = Vec::with_capacity(stops.len());
    for (from, to) in stops {
        match apart.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => apart.push((from, to)),
        }
    }
    apart
}

/// Share of the work of each skill that the people present can do: `skills` rows of days, 1 when all needed are there.
///
/// The people present on a day are binomial: each of those at work is absent with the skill's share.
pub(super) fn presence(plant: &Plant<'_>, site: SiteId, source: Source, replication: u32) -> Vec<Vec<f64>> {
    let ring = plant.ring;
    let n_days = plant.n_days as usize;
    ring.skills
        .ids()
        .map(|skill| {
            let people = &plant.people[site.index()][skill.index()];
            if people.iter().all(|(_, needed)| *needed == 0) {
                return vec![1.0; n_days];
            }
            let entity = (site.index() * ring.skills.len() + skill.index()) as u32;
            let mut stream = source.stream(replication, entity, purpose::ABSENCE);
            let mut days = Vec::with_capacity(n_days);
            for (period, (at_work, needed)) in people.iter().enumerate() {
                let first = period * ring.settings.period_days as usize;
                let last = (first + ring.settings.period_days as usize).min(n_days);
                let chances = plant.present.get(&(skill, *at_work)).filter(|_| *needed > 0);
                days.extend((first..last).map(|_| {
                    let u = stream.uniform();
                    chances.map_or(1.0, |chances| {
                        let present = chances.partition_point(|c| *c < u) as i64;
                        (present.min(*at_work) as f64 / *needed as f64).min(1.0)
                    })
                }));
            }
            days
        })
        .collect()
}

/// P(at most k of n) for k = 0..=n.
pub(super) fn binomial_cdf(n: i64, p: f64) -> Vec<f64> {
    if p >= 1.0 {
        return (0..=n).map(|k| f64::from(u8::from(k == n))).collect();
    }
    let logs = |k: i64| libm::lgamma(k as f64 + 1.0);
    let mut sum = 0.0;
    (0..=n)
        .map(|k| {
            let choose = logs(n) - logs(k) - logs(n - k);
            sum += libm::exp(choose + k as f64 * libm::log(p) + (n - k) as f64 * libm::log(1.0 - p));
            sum
        })
        .collect()
}

/// Days on which a lane carries nothing: dated and random outages of it and of the sites at its ends.
pub(super) fn lane_stopped(plant: &Plant<'_>, lane: LaneId, strikes: &Strikes) -> Vec<bool> {
    let ring = plant.ring;
    let row = &ring.lanes[lane];
    let mut stopped = plant.lane_stopped[lane.index()].clone();
    let ends = [
        Some(row.from),
        match row.to {
            model::ids::Node::Site(to) => Some(to),
            model::ids::Node::Customer(_) => None,
        },
    ];
    let mut mark = |days: &[(i64, i64)]| {
        for (first, last) in days {
            for day in *first..=(*last).min(plant.n_days - 1) {
                stopped[day as usize] = true;
            }
        }
    };
    for (id, o) in ring.outages.enumerate() {
        if o.target == Target::Lane(lane) {
            mark(&strikes.random[id.index()]);
        }
    }
    mark(strikes.forced(Stopped::Lane(lane)).as_slice());
    for site in ends.into_iter().flatten() {
        outage::of_site(ring, site).for_each(|(id, _)| mark(&strikes.random[id.index()]));
        mark(strikes.forced(Stopped::Site(site)).as_slice());
    }
    stopped
}

/// Days, first and last, on which random outages stop a supplier, in order.
pub(super) fn supplier_stopped(ring: &Ring, supplier: SupplierId, strikes: &Strikes) -> Vec<(i64, i64)> {
    let mut days: Vec<(i64, i64)> = ring
        .outages
        .enumerate()
        .filter(|(_, o)| o.target == Target::Supplier(supplier))
        .flat_map(|(id, _)| strikes.random[id.index()].iter().copied())
        .chain(strikes.forced(Stopped::Supplier(supplier)))
        .collect();
    days.sort_unstable();
    days
}

/// Shifts of a site over the horizon, in order; one that would overlap the one before starts after it.
pub(super) fn shifts(ring: &Ring, site: SiteId, n_days: i64) -> Vec<Shift> {
    let calendar = ring.sites[site].calendar;
    let mut rows: Vec<&CalendarEntry> =
        ring.calendar_entries.iter().filter(|e| Some(e.calendar) == calendar && e.kind == EntryKind::Shift).collect();
    rows.sort_by_key(|e| e.start);
    let mut all: Vec<Shift> = Vec::new();
    for day in 0..n_days {
        let date = ring.settings.start.plus_days(day);
        if calendar::scheduled(ring, site, date).is_zero() {
            continue;
        }
        for row in rows.iter().filter(|e| e.days.contains(date.weekday())) {
            let start = day as u64 * DAY + row.start as u64 * MINUTE;
            let start = all.last().map_or(start, |before| start.max(before.end));
            all.push(Shift { day: day as usize, start, end: start + row.minutes.ticks() as u64 });
        }
    }
    all
}

/// One shift.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shift {
    /// The day it belongs to, from 0.
    pub(super) day: usize,
    pub(super) start: u64,
    pub(super) end: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cutting_keeps_every_tick_once() {
        let stops = [(5, 8), (12, 40), (42, 42), (60, 61)];
        let (mut hint, mut pieces) = (0, Vec::new());
        cut(0, 10, &stops, &mut hint, &mut pieces);
        cut(20, 30, &stops, &mut hint, &mut pieces);
        cut(35, 50, &stops, &mut hint, &mut pieces);
        let expected = [
            Piece::Open(0, 5),
            Piece::Lost(3),
            Piece::Open(8, 10),
            Piece::Lost(10),
            Piece::Lost(5),
            Piece::Open(40, 42),
            Piece::Open(42, 50),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn binomial_shares_sum_to_one() {
        let cdf = binomial_cdf(20, 0.95);
        assert!((cdf[20] - 1.0).abs() < 1e-12 && (cdf[19] - (1.0 - libm::pow(0.95, 20.0))).abs() < 1e-12);
        assert_eq!(binomial_cdf(2, 1.0), [0.0, 0.0, 1.0]);
    }
}
