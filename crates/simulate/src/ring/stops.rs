//! Time to survive and time to recover: the same replications with one site, supplier or lane stopped.

use super::evidence::due;
use super::fates::{Forced, Stopped};
use super::plant::Plant;
use super::replication::{self, Which};
use super::summary::{mean, quantile};
use super::tally::Tally;
use super::{Options, Problem};
use crate::kernel::replicate_into;
use chance::Source;
use model::Ring;
use model::control::Control;
use model::ids::{PeriodId, SupplyId};
use model::results::answers::{Days, NodeStop, Sums};
use model::results::evidence::Replication;
use model::tables::outages::{Outage, Target, When};
use std::collections::{BTreeMap, BTreeSet};
use units::Id;

/// What to ask about stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stops {
    /// The period with whose first day they begin; the middle of the horizon unless given.
    pub from: Option<PeriodId>,
    /// Days of a stop that ends; unless given, what `outages.csv` says of the place, and nothing where it says nothing.
    pub days: Option<i64>,
}

/// Asks what happens when each site, supplier and lane that the programme uses stops.
///
/// Every stop is run against the same replications without it. Work is counted in station visits; a limit or a stop
/// cuts between places, so that every place listed has all its replications. Nothing where the programme cannot be run.
#[must_use]
pub fn stops(problem: &Problem<'_>, options: &Options, asked: &Stops, control: &Control<'_>) -> Vec<NodeStop> {
    let Ok(plant) = Plant::compile(problem.ring, problem.designs, problem.programme) else {
        return Vec::new();
    };
    let ring = problem.ring;
    let n_periods = ring.settings.n_periods;
    let from = asked.from.map_or(n_periods / 2, |p| p.index().min(n_periods - 1));
    let first = from as i64 * ring.settings.period_days;
    let run = |forced: Option<Forced>| samples(&plant, options, forced, control);
    let Some(base) = run(None) else {
        return Vec::new();
    };
    let goals: Vec<Vec<Vec<i64>>> = base.iter().map(|sample| goal(&plant, sample)).collect();
    let short = |samples: &[Replication]| -> Vec<Vec<usize>> {
        samples.iter().zip(&goals).map(|(sample, goal)| short_periods(sample, goal)).collect()
    };
    let mut all = Vec::new();
    for (done, (target, node)) in nodes(&plant).into_iter().enumerate() {
        let days = asked.days.or_else(|| known_days(ring, &target)).filter(|d| *d > 0);
        let endless = run(Some(Forced { node, days: (first, plant.n_days - 1) }));
        let ending = days.map(|days| run(Some(Forced { node, days: (first, (first + days).min(plant.n_days) - 1) })));
        let (Some(endless), Some(ending)) = (endless, ending.map_or(Some(None), |e| e.map(Some))) else {
            break;
        };
        let period = ring.settings.period_days;
        let survive = short(&endless).into_iter().map(|late| late.first().map(|t| (*t as i64 - from as i64) * period));
        let survive: Vec<Option<i64>> = survive.collect();
        let mut stop = NodeStop {
            node: target,
            from: PeriodId::from_index(from),
            survives: share(&survive, Option::is_none),
            survive: spread(&survive),
            days,
            recover: Days { p10: None, p50: None, p90: None },
            recovers: 0.0,
            lost: 0.0,
            half_width: 0.0,
        };
        if let (Some(ending), Some(days)) = (ending, days) {
            let end = first + days;
            let back = |late: Vec<usize>| match late.last() {
                None => Some(0),
                Some(t) if t + 1 >= n_periods => None,
                Some(t) => Some(((*t as i64 + 2) * period - end).max(0)),
            };
            let recover: Vec<Option<i64>> = short(&ending).into_iter().map(back).collect();
            stop.recovers = share(&recover, Option::is_some);
            stop.recover = spread(&recover);
            let mut lost = Sums::default();
            base.iter().zip(&ending).for_each(|(b, e)| lost.add(b.finished - e.finished));
            (stop.lost, stop.half_width) = mean(&lost, 1.0);
        }
        all.push(stop);
        control.tell("simulate", format!("{} places stopped", done + 1), None);
        if !control.work(0) {
            break;
        }
    }
    all
}

/// The samples of the replications asked for; none when somebody asked to stop. Counts the visits as work.
pub(super) fn samples(
    plant: &Plant<'_>,
    options: &Options,
    forced: Option<Forced>,
    control: &Control<'_>,
) -> Option<Vec<Replication>> {
    let source = Source::new(options.seed, 0);
    let one = |tally: &mut Tally, index: usize| {
        replication::replicate(
            plant,
            Which { source, index: index as u32, forced, engine: options.engine },
            tally,
            None,
            control,
        )
    };
    let (done, _) = replicate_into(options.replications.max(1), options.threads, || Tally::new(plant), one);
    let done = done.into_iter().collect::<Option<Vec<_>>>()?;
    let _ = control.work(done.iter().map(|r| r.visits).sum());
    Some(done.into_iter().map(|r| r.sample).collect())
}

/// Places that the programme uses, with their names in results, in order.
fn nodes(plant: &Plant<'_>) -> Vec<(Target, Stopped)> {
    let (ring, programme) = (plant.ring, plant.programme);
    let lanes: BTreeSet<_> = programme.shipments.iter().map(|s| s.lane).collect();
    let mut sites: BTreeSet<_> = plant.working_sites.iter().copied().collect();
    sites.extend(lanes.iter().map(|l| ring.lanes[*l].from));
    let supplier = |s: SupplyId| ring.supply[s].supplier;
    let suppliers: BTreeSet<_> = programme.orders.iter().map(|o| supplier(o.supply)).collect();
    let sites = sites.into_iter().map(|s| (Target::Site(s), Stopped::Site(s)));
    let suppliers = suppliers.into_iter().map(|s| (Target::Supplier(s), Stopped::Supplier(s)));
    let lanes = lanes.into_iter().map(|l| (Target::Lane(l), Stopped::Lane(l)));
    sites.chain(suppliers).chain(lanes).collect()
}

/// Days that the first outage of a place lasts by `outages.csv`.
fn known_days(ring: &Ring, node: &Target) -> Option<i64> {
    let days = |o: &Outage| match o.when {
        When::Dated(from, to) => to.days_since(from) + 1,
        When::Random { days, .. } => days.round() as i64,
    };
    match node {
        Target::Site(site) => rules::outage::of_site(ring, *site).map(|(_, o)| days(o)).next(),
        other => ring.outages.iter().find(|o| o.target == *other).map(days),
    }
}

/// Cumulative pieces by series and period that a customer would have had: what came without the stop, up to what is
/// asked for as replenishment or planned into the pool.
fn goal(plant: &Plant<'_>, base: &Replication) -> Vec<Vec<i64>> {
    let asked = due(plant).into_iter().zip(&plant.series).map(|(mut asked, (customer, item))| {
        let mut pool = 0;
        for (period, asked) in asked.iter_mut().enumerate() {
            let mine = plant.programme.deliveries.iter().filter(|d| (d.customer, d.item) == (*customer, *item));
            pool += mine.filter(|d| d.period.index() == period).map(|d| d.pool.ticks()).sum::<i64>();
            *asked += pool;
        }
        asked
    });
    let goal = asked.zip(&base.delivered).map(|(asked, delivered)| {
        let mut sum = 0;
        let had = delivered.iter().map(|pieces| {
            sum += pieces;
            sum
        });
        had.zip(asked).map(|(had, asked)| had.min(asked / 1_000)).collect()
    });
    goal.collect()
}

/// The periods at whose end some customer has fewer pieces than the goal.
fn short_periods(sample: &Replication, goal: &[Vec<i64>]) -> Vec<usize> {
    let mut late = BTreeSet::new();
    for (delivered, goal) in sample.delivered.iter().zip(goal) {
        let mut sum = 0;
        for (period, (pieces, goal)) in delivered.iter().zip(goal).enumerate() {
            sum += pieces;
            if sum < *goal {
                late.insert(period);
            }
        }
    }
    late.into_iter().collect()
}

fn share(all: &[Option<i64>], of: fn(&Option<i64>) -> bool) -> f64 {
    all.iter().filter(|d| of(d)).count() as f64 / all.len() as f64
}

/// Quantiles of days; what never happens comes last.
fn spread(all: &[Option<i64>]) -> Days {
    let mut counts: BTreeMap<i64, u64> = BTreeMap::new();
    all.iter().flatten().for_each(|days| *counts.entry(*days).or_default() += 1);
    let at = |percent| quantile(counts.iter().map(|(d, n)| (*d, *n)), all.len() as u64, percent);
    Days { p10: at(10), p50: at(50), p90: at(90) }
}
