//! One replication from the first day to the last, and what is kept of it.

use super::Engine;
use super::chain::{Bucket, Split, apportion};
use super::clock::{N_STOPS, Stop};
use super::fates::Forced;
use super::plant::{Expected, Plant};
use super::state::{LineNow, Run};
use super::tally::Tally;
use super::trace::Trace;
use chance::Source;
use model::control::Control;
use model::ids::PeriodId;
use model::results::evidence::{Cause, Replication};
use units::{Id, Quantity};

/// What a replication leaves behind, besides what it adds to a tally.
pub(super) struct Outturn {
    pub(super) sample: Replication,
    pub(super) visits: u64,
    pub(super) visits_alone: u64,
    pub(super) events: u64,
}

/// Which replication to run.
#[derive(Clone, Copy)]
pub(super) struct Which {
    pub(super) source: Source,
    pub(super) index: u32,
    pub(super) forced: Option<Forced>,
    pub(super) engine: Engine,
}

/// Runs one replication and adds it to a tally; none when somebody asked to stop, and the tally is then spoilt.
pub(super) fn replicate(
    plant: &Plant<'_>,
    which: Which,
    tally: &mut Tally,
    trace: Option<&mut Trace>,
    control: &Control<'_>,
) -> Option<Outturn> {
    let mut run = Run::new(plant, which.source, which.index, which.forced, tally, trace);
    if !run.live(which.engine, control) {
        return None;
    }
    run.now = plant.horizon;
    Some(run.into_result(which.index))
}

impl Run<'_> {
    /// A day begins, and with some a period.
    pub(super) fn day(&mut self, day: u32) {
        let period = self.plant.period_at(self.now);
        if day > 0 && self.now.is_multiple_of(self.plant.period) {
            self.end_period(period - 1);
        }
        self.take_in(u64::from(day));
        self.begin_day(i64::from(day));
    }

    fn into_result(mut self, index: u32) -> Outturn {
        let plant = self.plant;
        self.end_period(plant.ring.settings.n_periods - 1);
        self.settle_lines();
        self.check_stock();
        self.check_consignments();
        let product = || plant.lines.iter().zip(&self.lines).filter(|(l, _)| l.is_product).map(|(_, now)| now);
        let sum = |f: fn(&LineNow) -> u64| product().map(|now| f(now) as i64).sum::<i64>();
        let (started, finished) = (sum(|l| l.started), sum(|l| l.finished));
        let (first_articles, in_process) = (sum(|l| l.first_articles), sum(|l| l.in_process));
        assert_eq!(started, finished + first_articles + in_process, "every piece is in one state");
        let sample = Replication {
            index: u64::from(index),
            started,
            finished,
            // No task scraps a piece: what fails is put right.
            scrapped: 0,
            in_process,
            first_articles,
            delivered: self.flows.delivered(),
            draws_met: self.flows.draws_met.clone(),
            lost: self.lost(finished),
            rate_reached: self.rate_reached(),
        };
        self.tally.count(&sample);
        self.tally.moved += self.moved;
        for s in &self.sites {
            self.tally.expired.iter_mut().zip(&s.expired).for_each(|(sum, n)| *sum += n);
            self.tally.again.iter_mut().zip(&s.again).for_each(|(sum, n)| *sum += n);
        }
        Outturn { sample, visits: self.visits, visits_alone: self.visits_alone, events: self.handled }
    }

    /// First period from which on the finished product pieces reach the rate asked for.
    fn rate_reached(&self) -> Option<PeriodId> {
        let made: Vec<f64> = self.product_by_period.iter().map(|pieces| *pieces as f64).collect();
        rules::rate::reached(self.plant.ring, &made).map(PeriodId::from_index)
    }

    /// Product pieces planned and not finished, by cause in the order of [`Cause::ALL`].
    ///
    /// Each capability's shortage is shared out in proportion to the pieces' worth of time that each cause took
    /// on the pacing chain of its lines, beyond what the plan allows for: expected alarm and power time, and the
    /// share of time that `line_efficiency` leaves for breakdowns, absence and variability.
    fn lost(&self, product_finished: i64) -> Vec<Quantity> {
        let plant = self.plant;
        let mut total = vec![0i64; Cause::ALL.len()];
        let mut planned = 0;
        for (index, group) in plant.groups.iter().enumerate() {
            let row = &plant.ring.capability[group.capability];
            if row.item != plant.ring.settings.product {
                continue;
            }
            planned += self.planned_ticks[index];
            let mine: Vec<usize> = (0..plant.lines.len()).filter(|l| plant.lines[*l].group == index).collect();
            let finished: i64 = mine.iter().map(|l| self.lines[*l].finished as i64).sum();
            let mut weights = vec![0.0f64; Cause::ALL.len()];
            for line in mine.into_iter().filter(|l| self.lines[*l].open) {
                let taken = self.beyond_plan(line);
                for (cause, ticks) in taken.into_iter().enumerate() {
                    weights[cause] += ticks / plant.lines[line].cycle;
                }
            }
            let shares = apportion(self.planned_ticks[index] - finished * 1_000, &weights, Cause::ALL.len() - 1);
            total.iter_mut().zip(shares).for_each(|(t, s)| *t += s);
        }
        assert_eq!(total.iter().sum::<i64>(), planned - product_finished * 1_000, "lost pieces add up");
        total.into_iter().map(Quantity::from_ticks).collect()
    }

    /// Ticks that each cause took of a line beyond what the plan allows for, in the order of [`Cause::ALL`].
    fn beyond_plan(&self, line: usize) -> Vec<f64> {
        let plant = self.plant;
        let (spec, now) = (&plant.lines[line], &self.lines[line]);
        let split: Split = self.final_split(line);
        let took = |b: Bucket| split[b as usize] as f64;
        let end = self.sites[spec.site].clock.lost_in_all();
        let stops: [u64; N_STOPS] = std::array::from_fn(|stop| end[stop] - now.lost_before[stop]);
        let stopped = |stop: Stop| stops[stop as usize] as f64;
        // What alarms and power are expected to take of the scheduled time since the line opened.
        let Expected { alarm, power, scheduled } = spec.expected;
        let allowed = (1.0 - plant.ring.settings.line_efficiency).max(0.0) * (scheduled - alarm - power);
        let covered = [Bucket::Breakdown, Bucket::Absence, Bucket::Variability];
        let spent: f64 = covered.iter().map(|b| took(*b).max(0.0)).sum();
        let rest = if spent > 0.0 { ((spent - allowed) / spent).max(0.0) } else { 0.0 };
        let cause = |cause: &Cause| match cause {
            Cause::Outage => stopped(Stop::Outage),
            Cause::Alarm => stopped(Stop::Alarm) - alarm,
            Cause::Power => stopped(Stop::Power) - power,
            Cause::Breakdown => took(Bucket::Breakdown) * rest,
            Cause::Absence => took(Bucket::Absence) * rest,
            Cause::Parts => took(Bucket::Parts),
            Cause::SubAssembly => took(Bucket::SubAssembly),
            Cause::Learning => took(Bucket::Learning),
            Cause::Quality => took(Bucket::Quality),
            Cause::Variability => took(Bucket::Variability) * rest,
        };
        Cause::ALL.iter().map(cause).collect()
    }
}
