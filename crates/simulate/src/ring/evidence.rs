//! Summaries of the samples: everything here follows from the replications and can be recomputed.

use super::plant::Plant;
use super::replication::Outturn;
use super::state::Times;
use chance::stats::{Welford, mean_interval};
use model::ids::{CapabilityId, PeriodId};
use model::results::evidence::{Cause, Evidence, Fan, LostSummary, Replication, StationUse};
use units::{Id, Minutes};

/// Confidence of all intervals.
const CONFIDENCE: f64 = 0.95;

/// Half the width of the interval of a mean; zero for a single number.
fn half_width(sample: &Welford) -> f64 {
    let interval = mean_interval(sample, CONFIDENCE);
    if sample.n() < 2 { 0.0 } else { interval.high - interval.mean }
}

/// The smallest of the sorted numbers with at least a share `p` of all at or below it.
fn quantile(sorted: &[i64], p: f64) -> i64 {
    let rank = (p * sorted.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    sorted[rank.min(sorted.len()) - 1]
}

/// Cumulative deliveries by series and period.
pub(super) fn fans(plant: &Plant<'_>, samples: &[Replication]) -> Vec<Fan> {
    let ring = plant.ring;
    let mut fans = Vec::new();
    if samples.is_empty() {
        return fans;
    }
    for (index, (customer, item)) in Evidence::series(ring).into_iter().enumerate() {
        let mut sums = vec![0i64; samples.len()];
        let mut due = 0i64;
        for period in 0..ring.settings.n_periods {
            let demand = ring.demand.iter().filter(|d| d.customer == customer && d.item == item);
            due += demand.filter(|d| d.period.index() == period).map(|d| d.quantity.ticks()).sum::<i64>();
            sums.iter_mut().zip(samples).for_each(|(s, r)| *s += r.delivered[index][period]);
            let sample: Welford = sums.iter().map(|s| *s as f64).collect();
            let mut sorted = sums.clone();
            sorted.sort_unstable();
            let on_time = sums.iter().filter(|s| **s * 1_000 >= due).count();
            fans.push(Fan {
                customer,
                item,
                period: PeriodId::from_index(period),
                mean: sample.mean(),
                half_width: half_width(&sample),
                p10: quantile(&sorted, 0.1),
                p50: quantile(&sorted, 0.5),
                p90: quantile(&sorted, 0.9),
                on_time: on_time as f64 / samples.len() as f64,
            });
        }
    }
    fans
}

/// Lost pieces by cause.
pub(super) fn lost(samples: &[Replication]) -> Vec<LostSummary> {
    let summary = |(index, cause): (usize, &Cause)| {
        let sample: Welford = samples.iter().map(|r| r.lost[index].as_f64()).collect();
        LostSummary { cause: *cause, mean: sample.mean(), half_width: half_width(&sample) }
    };
    Cause::ALL.iter().enumerate().map(summary).collect()
}

/// Where time goes, by capability, option and station; lines of one kind together.
pub(super) fn stations(plant: &Plant<'_>, results: &[Outturn]) -> Vec<StationUse> {
    let mut kinds: Vec<(CapabilityId, usize)> =
        plant.lines.iter().zip(&plant.options).map(|(l, o)| (plant.groups[l.group].capability, *o)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let mut all = Vec::new();
    for (capability, option) in kinds {
        let lines = || {
            plant
                .lines
                .iter()
                .zip(&plant.options)
                .filter(move |(l, o)| plant.groups[l.group].capability == capability && **o == option)
        };
        let n_stations = lines().map(|(l, _)| l.n_stations).max().unwrap_or(0);
        for station in 0..n_stations {
            let mut sum = Times::default();
            let mut finished = 0u64;
            for result in results {
                for (line, _) in lines() {
                    sum.add(&result.times[line.first_station + station]);
                    finished += result.finished[line.first_station + station];
                }
            }
            let n = results.len().max(1) as f64;
            let total = sum.total() as f64;
            let share = |ticks: u64| if total > 0.0 { ticks as f64 / total } else { 0.0 };
            all.push(StationUse {
                capability,
                option,
                station,
                pieces: finished as f64 / n,
                working: share(sum.working),
                blocked: share(sum.blocked),
                starved: if total > 0.0 { share(sum.starved) } else { 1.0 },
                waiting_parts: share(sum.waiting_parts),
                waiting_people: share(sum.waiting_people),
                down: share(sum.down),
                stopped: share(sum.stopped),
                minutes: Minutes::from_ticks((total / n).round() as i64),
            });
        }
    }
    all
}

impl Times {
    fn add(&mut self, other: &Self) {
        self.working += other.working;
        self.blocked += other.blocked;
        self.starved += other.starved;
        self.waiting_parts += other.waiting_parts;
        self.waiting_people += other.waiting_people;
        self.down += other.down;
        self.stopped += other.stopped;
    }

    fn total(&self) -> u64 {
        self.working + self.blocked + self.starved + self.waiting_parts + self.waiting_people + self.down + self.stopped
    }
}

#[cfg(test)]
mod tests {
    use super::quantile;

    #[test]
    fn quantiles_are_samples_with_enough_below() {
        let ten: Vec<i64> = (1..=10).collect();
        assert_eq!((quantile(&ten, 0.1), quantile(&ten, 0.5), quantile(&ten, 0.9)), (1, 5, 9));
        assert_eq!((quantile(&[7], 0.1), quantile(&[1, 2, 3], 0.5)), (7, 2));
    }
}
