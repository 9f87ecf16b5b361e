//! Summaries of what was counted: everything here follows from a tally.

use super::plant::{DAY, Plant};
use super::summary::{mean, quantile};
use super::tally::{Tally, Use, narrowest};
use model::ids::PeriodId;
use model::results::answers::{BacklogFan, Bottleneck, Counted, InProcess, RateReached, Sums};
use model::results::evidence::{Cause, Fan, LostSummary, StationUse};
use units::{Id, Minutes, Quantity};

/// Thousandths of replenishment asked for by the end of each period, by series.
pub(super) fn due(plant: &Plant<'_>) -> Vec<Vec<i64>> {
    let ring = plant.ring;
    let of = |(customer, item): &(_, _)| {
        let mut due = vec![0i64; ring.settings.n_periods];
        for row in ring.demand.iter().filter(|d| (d.customer, d.item) == (*customer, *item)) {
            if let Some(period) = due.get_mut(row.period.index()) {
                *period += row.quantity.ticks();
            }
        }
        (1..due.len()).for_each(|t| due[t] += due[t - 1]);
        due
    };
    plant.series.iter().map(of).collect()
}

/// Cumulative deliveries and backlog by series and period.
pub(super) fn fans(plant: &Plant<'_>, tally: &Tally) -> (Vec<Fan>, Vec<BacklogFan>) {
    let n = tally.runs;
    let n_periods = plant.ring.settings.n_periods;
    let (mut fans, mut backlog) = (Vec::new(), Vec::new());
    for (index, ((customer, item), due)) in plant.series.iter().zip(due(plant)).enumerate() {
        for (period, due) in due.into_iter().enumerate() {
            let seen = &tally.deliveries[index * n_periods + period];
            let counts = || seen.iter().map(|(pieces, times)| (*pieces, *times));
            // The more was delivered, the less is late.
            let late = || counts().rev().map(|(pieces, times)| ((due - pieces * 1_000).max(0), times));
            let share = |percent| quantile(counts(), n, percent).unwrap_or(0);
            let late_share = |percent| Quantity::from_ticks(quantile(late(), n, percent).unwrap_or(0));
            let (middle, half_width) = mean(&sums(counts()), 1.0);
            let on_time: u64 = counts().filter(|(pieces, _)| pieces * 1_000 >= due).map(|(_, times)| times).sum();
            let (customer, item, period) = (*customer, *item, PeriodId::from_index(period));
            fans.push(Fan {
                customer,
                item,
                period,
                mean: middle,
                half_width,
                p10: share(10),
                p50: share(50),
                p90: share(90),
                on_time: on_time as f64 / n as f64,
            });
            let (middle, half_width) = mean(&sums(late()), 1e3);
            let (p10, p50, p90) = (late_share(10), late_share(50), late_share(90));
            backlog.push(BacklogFan { customer, item, period, mean: middle, half_width, p10, p50, p90 });
        }
    }
    (fans, backlog)
}

/// The sums of values seen so many times.
fn sums(counts: impl Iterator<Item = (i64, u64)>) -> Sums {
    let mut sums = Sums::default();
    for (value, times) in counts {
        sums.n += times;
        sums.sum += i128::from(value) * i128::from(times);
        sums.squares += i128::from(value) * i128::from(value) * i128::from(times);
    }
    sums
}

/// Lost pieces by cause.
pub(super) fn lost(tally: &Tally) -> Vec<LostSummary> {
    let summary = |(cause, sums): (&Cause, &Sums)| {
        let (mean, half_width) = mean(sums, 1e3);
        LostSummary { cause: *cause, mean, half_width }
    };
    Cause::ALL.iter().zip(&tally.lost).map(summary).collect()
}

/// When the rate asked for is reached.
pub(super) fn rate(tally: &Tally) -> RateReached {
    let periods = tally.rate.len() - 1;
    let counts = || tally.rate[..periods].iter().enumerate().map(|(t, n)| (PeriodId::from_index(t), *n));
    let share = |percent| quantile(counts(), tally.runs, percent);
    let reached: u64 = counts().map(|(_, n)| n).sum();
    RateReached { share: reached as f64 / tally.runs as f64, p10: share(10), p50: share(50), p90: share(90) }
}

/// What was counted, for readers of more replications than are kept.
pub(super) fn counted(tally: &Tally) -> Counted {
    let list = |seen: &std::collections::BTreeMap<i64, u64>| seen.iter().map(|(value, n)| (*value, *n)).collect();
    Counted {
        deliveries: tally.deliveries.iter().map(list).collect(),
        lost: tally.lost.clone(),
        rate: tally.rate.clone(),
    }
}

/// Where time goes, by capability, option and station; lines of one kind together.
pub(super) fn stations(plant: &Plant<'_>, tally: &Tally) -> Vec<StationUse> {
    let n = tally.runs as f64;
    let mut all = Vec::new();
    for kind in &plant.kinds {
        for (station, seat) in kind.seats().enumerate() {
            let mut sum = Use::default();
            tally.used.chunks(plant.seats.len()).for_each(|period| sum.add(&period[seat]));
            let total = sum.total() as f64;
            let share = |ticks: u64| if total > 0.0 { ticks as f64 / total } else { 0.0 };
            all.push(StationUse {
                capability: kind.capability,
                option: kind.option,
                station,
                pieces: sum.visits as f64 / n,
                working: share(sum.working),
                blocked: share(sum.blocked),
                starved: if total > 0.0 { share(sum.starved) } else { 1.0 },
                waiting_parts: share(sum.parts),
                waiting_people: share(sum.people),
                down: share(sum.down),
                stopped: share(sum.stops.iter().sum()),
                minutes: Minutes::from_ticks((total / n).round() as i64),
            });
        }
    }
    all
}

/// By kind of line and period: the station that waits for its neighbours least, all replications together.
pub(super) fn bottlenecks(plant: &Plant<'_>, tally: &Tally) -> Vec<Bottleneck> {
    let mut all = Vec::new();
    for kind in &plant.kinds {
        for (period, used) in tally.used.chunks(plant.seats.len()).enumerate() {
            let Some(station) = narrowest(&used[kind.seats()]) else {
                continue;
            };
            let seat = kind.first_seat + station;
            let sum = &used[seat];
            let share = |ticks: u64| ticks as f64 / sum.total() as f64;
            let [closed, outage, alarm, power] = sum.stops.map(share);
            all.push(Bottleneck {
                capability: kind.capability,
                option: kind.option,
                period: PeriodId::from_index(period),
                station,
                often: tally.narrowest[period * plant.seats.len() + seat] as f64 / tally.runs as f64,
                pieces: sum.visits as f64 / tally.runs as f64,
                working: share(sum.working),
                blocked: share(sum.blocked),
                starved: share(sum.starved),
                waiting_parts: share(sum.parts),
                waiting_people: share(sum.people),
                down: share(sum.down),
                alarm,
                power,
                outage,
                closed,
            });
        }
    }
    all
}

/// Work in process by kind of line.
pub(super) fn in_process(plant: &Plant<'_>, tally: &Tally) -> Vec<InProcess> {
    let n = tally.runs as f64;
    let kinds = plant.kinds.iter().zip(tally.area.iter().zip(&tally.started));
    kinds
        .map(|(kind, (area, started))| {
            let (pieces, half_width) = mean(area, plant.horizon as f64);
            let days = area.sum as f64 / (*started).max(1) as f64 / DAY as f64;
            InProcess {
                capability: kind.capability,
                option: kind.option,
                pieces,
                half_width,
                started_day: *started as f64 / n / plant.n_days as f64,
                days,
            }
        })
        .collect()
}
