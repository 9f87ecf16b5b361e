//! What follows from the plan and from the simulated runs: the sums and quantiles that the page names.

use crate::svg::count_f64;
use model::Ring;
use model::ids::{CustomerId, ItemId, SiteId};
use model::results::{Evidence, Programme};
use model::settings::CostKind;
use std::collections::BTreeMap;
use units::{Id, Money, Quantity};

/// Sums over the plan.
#[derive(Clone, Debug)]
pub(crate) struct PlanFacts {
    /// Pieces asked: replenishment and exercise draws.
    pub(crate) asked: Quantity,
    /// Of these, met by the end of the horizon.
    pub(crate) met: Quantity,
    /// Pieces handed to customers, pools included.
    pub(crate) delivered: Quantity,
    /// Product made per period.
    pub(crate) made: Vec<f64>,
    /// First period from which on the product made reaches the rate asked for.
    pub(crate) rate_period: Option<usize>,
    /// Costs without backlog and unmet draws.
    pub(crate) cash: Money,
    /// Backlog and unmet draws at the customers' rates; nobody pays them out.
    pub(crate) penalties: Money,
    /// People at work in each period.
    pub(crate) people: Vec<f64>,
    /// Labour hours of what each site makes, trained crew.
    pub(crate) hours: BTreeMap<SiteId, f64>,
    /// Replenishment late at the end of the horizon.
    pub(crate) late_at_end: Quantity,
}

/// What a penalty is: a rate for being late, not money spent.
pub(crate) fn is_penalty(kind: CostKind) -> bool {
    matches!(kind, CostKind::Backlog | CostKind::Unmet)
}

impl PlanFacts {
    pub(crate) fn of(ring: &Ring, plan: &Programme) -> Self {
        let n = ring.settings.n_periods;
        let sum = |q: &mut dyn Iterator<Item = Quantity>| q.fold(Quantity::ZERO, |a, b| a + b);
        let asked = sum(&mut ring.demand.iter().map(|d| d.quantity)) + sum(&mut ring.exercises.iter().map(|e| e.draw));
        let met =
            sum(&mut plan.deliveries.iter().map(|d| d.replenishment)) + sum(&mut plan.draws.iter().map(|d| d.met));
        let delivered = sum(&mut plan.deliveries.iter().map(|d| d.replenishment + d.pool));
        let mut made = vec![0.0; n];
        let mut hours: BTreeMap<SiteId, f64> = BTreeMap::new();
        for m in &plan.make {
            let c = &ring.capability[m.capability];
            if c.item == ring.settings.product
                && let Some(slot) = made.get_mut(m.period.index())
            {
                *slot += m.quantity.as_f64();
            }
            *hours.entry(c.site).or_default() +=
                m.quantity.as_f64() * rules::labour::per_piece(ring, c.item, c.line_type).as_f64() / 60.0;
        }
        let rate_period = rules::rate::reached(ring, &made);
        let total = |penalty: bool| {
            plan.costs.iter().filter(|c| is_penalty(c.kind) == penalty).fold(Money::ZERO, |a, c| a + c.amount)
        };
        let people = (0..n)
            .map(|t| {
                plan.people
                    .iter()
                    .filter(|s| s.ready.index() <= t)
                    .map(|s| count_f64(usize::try_from(s.people).unwrap_or(0)))
                    .sum()
            })
            .collect();
        let late_at_end = sum(&mut plan.backlog.iter().filter(|b| b.period.index() + 1 == n).map(|b| b.quantity));
        Self {
            asked,
            met,
            delivered,
            made,
            rate_period,
            cash: total(false),
            penalties: total(true),
            people,
            hours,
            late_at_end,
        }
    }

    /// Share of what is asked that the plan meets by the end; 1 when nothing is asked.
    pub(crate) fn served(&self) -> f64 {
        if self.asked.is_zero() { 1.0 } else { self.met.as_f64() / self.asked.as_f64() }
    }

    /// Cash over pieces delivered; none when nothing is.
    pub(crate) fn unit_cost(&self) -> Option<f64> {
        (self.delivered > Quantity::ZERO).then(|| self.cash.as_f64() / self.delivered.as_f64())
    }

    /// The most people at work, and the first period of it.
    pub(crate) fn people_peak(&self) -> (f64, usize) {
        let peak = self.people.iter().copied().fold(0.0, f64::max);
        (peak, self.people.iter().position(|p| *p >= peak).unwrap_or(0))
    }
}

/// A quantity seen over replications: 10 %, 50 % and 90 % quantiles.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Spread {
    pub(crate) p10: f64,
    pub(crate) p50: f64,
    pub(crate) p90: f64,
}

impl Spread {
    /// Quantiles by the rule of `Evidence`: the smallest sample with at least that share at or below it.
    pub(crate) fn of(mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        let n = samples.len();
        let at = |tenths: usize| samples.get((n * tenths).div_ceil(10).max(1) - 1).copied().unwrap_or(0.0);
        Self { p10: at(1), p50: at(5), p90: at(9) }
    }
}

/// What customers saw of one item, per period, over replications.
#[derive(Clone, Debug)]
pub(crate) struct SeriesRuns {
    pub(crate) customer: CustomerId,
    pub(crate) item: ItemId,
    /// Pieces reaching the customer in each stretch of `stretch()` periods.
    pub(crate) per_stretch: Vec<Spread>,
    /// The same, since the first day.
    pub(crate) cumulative: Vec<Spread>,
    /// Replenishment asked so far and not delivered, never below 0.
    pub(crate) late: Vec<Spread>,
}

/// What follows from the replications.
#[derive(Clone, Debug)]
pub(crate) struct RunFacts {
    /// Number of replications.
    pub(crate) n: usize,
    /// Pieces that reached customers by the end.
    pub(crate) delivered: Spread,
    /// Period in which the planned rate was reached, among the runs that did.
    pub(crate) rate_period: Option<Spread>,
    /// Share of runs that reached it.
    pub(crate) rate_share: f64,
    /// One entry per series of the evidence.
    pub(crate) series: Vec<SeriesRuns>,
    /// Exercise draws met, in exercise order.
    pub(crate) draws: Vec<Spread>,
    /// Share of runs in which no replenishment was late at the end and every draw was met; none where a customer gets an item
    /// both as replenishment and for exercises, since samples do not tell the two apart.
    pub(crate) all_met: Option<f64>,
}

impl RunFacts {
    pub(crate) fn of(ring: &Ring, evidence: &Evidence) -> Self {
        let runs = &evidence.replications;
        let n_periods = ring.settings.n_periods;
        let length = stretch(&ring.settings);
        let whole = |v: i64| crate::svg::count_f64(usize::try_from(v.max(0)).unwrap_or(0));
        let ids = Evidence::series(ring);
        let delivered_of = |r: &model::results::evidence::Replication, s: usize, t: usize| {
            r.delivered.get(s).and_then(|v| v.get(t)).copied().map_or(0.0, whole)
        };
        let mut late_end = vec![0.0; runs.len()];
        let series = ids
            .iter()
            .enumerate()
            .map(|(s, (customer, item))| {
                let asked = demand(ring, *customer, *item);
                let mut sums = vec![0.0; runs.len()];
                let mut asked_sum = 0.0;
                let mut of = SeriesRuns {
                    customer: *customer,
                    item: *item,
                    per_stretch: Vec::new(),
                    cumulative: Vec::new(),
                    late: Vec::new(),
                };
                let mut since = vec![0.0; runs.len()];
                for t in 0..n_periods {
                    asked_sum += asked.get(t).copied().unwrap_or(0.0);
                    let now: Vec<f64> = runs.iter().map(|r| delivered_of(r, s, t)).collect();
                    sums.iter_mut().zip(&now).for_each(|(sum, v)| *sum += v);
                    since.iter_mut().zip(&now).for_each(|(sum, v)| *sum += v);
                    if (t + 1).is_multiple_of(length) {
                        of.per_stretch.push(Spread::of(since.clone()));
                        since.fill(0.0);
                    }
                    of.late.push(Spread::of(sums.iter().map(|v| (asked_sum - v).max(0.0)).collect()));
                    of.cumulative.push(Spread::of(sums.clone()));
                }
                late_end.iter_mut().zip(&sums).for_each(|(late, v)| *late += (asked_sum - v).max(0.0));
                of
            })
            .collect();
        let totals = runs.iter().map(|r| r.delivered.iter().flatten().map(|v| whole(*v)).sum()).collect();
        let reached: Vec<f64> = runs.iter().filter_map(|r| r.rate_reached.map(|p| count_f64(p.index()))).collect();
        let share = |k: usize| count_f64(k) / count_f64(runs.len().max(1));
        let draws = ring
            .exercises
            .ids()
            .map(|e| Spread::of(runs.iter().map(|r| r.draws_met.get(e.index()).copied().map_or(0.0, whole)).collect()))
            .collect();
        let met = runs.iter().zip(&late_end).filter(|(r, late)| {
            **late <= 0.0
                && ring
                    .exercises
                    .enumerate()
                    .all(|(e, x)| r.draws_met.get(e.index()).copied().map_or(0.0, whole) >= x.draw.as_f64())
        });
        Self {
            n: runs.len(),
            delivered: Spread::of(totals),
            rate_share: share(reached.len()),
            rate_period: (!reached.is_empty()).then(|| Spread::of(reached)),
            all_met: (!ids.iter().any(|(c, i)| is_mixed(ring, *c, *i))).then(|| share(met.count())),
            series,
            draws,
        }
    }
}

/// Whether a customer gets an item both as replenishment and for exercises.
pub(crate) fn is_mixed(ring: &Ring, customer: CustomerId, item: ItemId) -> bool {
    ring.demand.iter().any(|d| d.customer == customer && d.item == item)
        && ring.exercises.iter().any(|e| e.customer == customer && e.item == item)
}

/// Replenishment asked per period.
pub(crate) fn demand(ring: &Ring, customer: CustomerId, item: ItemId) -> Vec<f64> {
    let mut asked = vec![0.0; ring.settings.n_periods];
    for d in ring.demand.iter().filter(|d| d.customer == customer && d.item == item) {
        if let Some(slot) = asked.get_mut(d.period.index()) {
            *slot += d.quantity.as_f64();
        }
    }
    asked
}

/// Periods that are counted together where single ones hold few pieces: about a month, and a divisor of the horizon.
pub(crate) fn stretch(settings: &model::settings::Settings) -> usize {
    let fits = |k: &&usize| settings.n_periods.is_multiple_of(**k);
    match settings.period_days {
        1 => [7, 5, 4].iter().find(fits).copied().unwrap_or(1),
        2..=10 => [4, 5, 3, 6, 2].iter().find(fits).copied().unwrap_or(1),
        _ => 1,
    }
}

/// Sums of each stretch of `length` values.
pub(crate) fn in_stretches(values: &[f64], length: usize) -> Vec<f64> {
    values.chunks(length.max(1)).map(|c| c.iter().sum()).collect()
}

/// Sums so far.
pub(crate) fn cumulate(values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .scan(0.0, |sum, v| {
            *sum += v;
            Some(*sum)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_follow_the_rule_of_the_evidence() {
        let ten = Spread::of((1..=10).map(f64::from).collect());
        assert_eq!((ten.p10, ten.p50, ten.p90), (1.0, 5.0, 9.0));
        let three = Spread::of(vec![3.0, 1.0, 2.0]);
        assert_eq!((three.p10, three.p50, three.p90), (1.0, 2.0, 3.0));
        assert_eq!(Spread::of(Vec::new()), Spread::default());
    }
}
