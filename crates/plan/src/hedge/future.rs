//! Futures: what stops when. Sampled at the rates the user states, or stop by stop as the user asks.

use chance::{Distribution, Sampler, Source};
use model::Ring;
use model::ids::SupplierId;
use model::results::hedge::{Future, Stop};
use model::tables::outages::{Outage, Target, When};
use std::collections::BTreeMap;
use units::{Date, Id};

/// Purposes of random streams of this module, apart from those of simulation.
const WHEN: u16 = 0x7001;
const LENGTH: u16 = 0x7002;

/// Draws futures from the outages with a rate, each of the same weight.
///
/// Strikes come at random at the stated rate (Poisson); days at zero output are exponential with the stated mean,
/// rounded to whole days, at least one. Outages of one common cause strike together, at the rate of the first of them.
/// Future `k` of a seed is the same however many are drawn: common random numbers.
#[must_use]
pub fn sampled(ring: &Ring, seed: u64, first: u32, count: u32) -> Vec<Future> {
    let source = Source::new(seed, 0);
    let days = ring.settings.period_days * ring.settings.n_periods as i64;
    let unit = Sampler::new(&Distribution::exponential(1.0).expect("a mean of 1 is allowed"));
    (first..first + count)
        .map(|k| Future { stops: strikes(ring, source, k, days, &unit), weight: 1.0 / f64::from(count) })
        .collect()
}

fn strikes(ring: &Ring, source: Source, replication: u32, n_days: i64, unit: &Sampler) -> Vec<Stop> {
    let mut stops = Vec::new();
    for (id, row) in ring.outages.enumerate() {
        let When::Random { days, .. } = row.when else {
            continue;
        };
        let (leader, rate) = leader(ring, row).unwrap_or((id.index(), 0.0));
        if rate <= 0.0 {
            continue;
        }
        let mut when = source.stream(replication, leader as u32, WHEN);
        let mut length = source.stream(replication, id.index() as u32, LENGTH);
        let mut at = unit.draw(&mut when) * 365.0 / rate;
        while at < n_days as f64 {
            let zero = (unit.draw(&mut length) * days).round().max(1.0) as i64;
            stops.push(Stop { target: row.target.clone(), from: at as i64, days: zero, recovery: row.recovery });
            at += unit.draw(&mut when) * 365.0 / rate;
        }
    }
    stops
}

/// The first random outage of the same common cause, by index, and its stops in a year.
fn leader(ring: &Ring, row: &Outage) -> Option<(usize, f64)> {
    let same = |o: &Outage| o.key == row.key || row.common_cause.is_some() && o.common_cause == row.common_cause;
    ring.outages.enumerate().filter(|(_, o)| same(o)).find_map(|(id, o)| match o.when {
        When::Random { rate_year, .. } => Some((id.index(), rate_year)),
        When::Dated(..) => None,
    })
}

/// Everything that can stop on its own: sites that may make, suppliers, lanes and shared-risk zones.
#[must_use]
pub fn targets(ring: &Ring) -> Vec<Target> {
    let mut all: Vec<Target> = ring.capability.iter().map(|c| Target::Site(c.site)).collect();
    all.extend((0..ring.suppliers.len()).map(|at| Target::Supplier(SupplierId::from_index(at))));
    all.extend(ring.lanes.ids().map(Target::Lane));
    all.extend(ring.sites.iter().filter_map(|s| s.zone.clone()).map(Target::Zone));
    all.sort();
    all.dedup();
    all
}

/// What `outages.csv` gives a rate, with the longest days at zero output stated for it and its recovery; sorted.
#[must_use]
pub fn stated(ring: &Ring) -> Vec<(Target, i64)> {
    let mut days: BTreeMap<Target, i64> = BTreeMap::new();
    for row in &ring.outages {
        if let When::Random { rate_year, days: mean } = row.when
            && rate_year > 0.0
        {
            let most = days.entry(row.target.clone()).or_insert(1);
            *most = (*most).max(mean.round() as i64);
        }
    }
    days.into_iter().collect()
}

/// One future for each target that stops alone from day `from` on for its days, and with `pairs` one for each two together.
///
/// All have the same weight, so that the worst of them can be read off the tail: no likelihood is meant.
#[must_use]
pub fn enumerated(targets: &[(Target, i64)], from: i64, pairs: bool) -> Vec<Future> {
    let stop = |(target, days): &(Target, i64)| Stop { target: target.clone(), from, days: *days, recovery: None };
    let mut stops: Vec<Vec<Stop>> = targets.iter().map(|t| vec![stop(t)]).collect();
    if pairs {
        for (at, one) in targets.iter().enumerate() {
            stops.extend(targets[at + 1..].iter().map(|other| vec![stop(one), stop(other)]));
        }
    }
    let weight = 1.0 / stops.len().max(1) as f64;
    stops.into_iter().map(|stops| Future { stops, weight }).collect()
}

/// The ring as it is in a future: its stops are dated outages, and nothing else is left to chance.
pub(crate) fn ring_in(ring: &Ring, future: &Future) -> Ring {
    let mut changed = ring.clone();
    changed.outages = ring.outages.iter().filter(|o| matches!(o.when, When::Dated(..))).cloned().collect();
    for (at, stop) in future.stops.iter().enumerate() {
        changed.outages.push(Outage {
            key: format!("stop {}", at + 1),
            target: stop.target.clone(),
            cause: "future".to_owned(),
            when: When::Dated(day(ring, stop.from), day(ring, stop.from + stop.days.max(1) - 1)),
            recovery: stop.recovery,
            common_cause: None,
        });
    }
    changed
}

fn day(ring: &Ring, number: i64) -> Date {
    ring.settings.start.plus_days(number)
}
