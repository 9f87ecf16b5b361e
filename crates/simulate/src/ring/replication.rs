//! One replication from the first day to the last, and what is kept of it.

use super::chain::{Bucket, N_BUCKETS, apportion};
use super::event;
use super::plant::{DAY, Plant};
use super::state::{Run, Times};
use chance::Source;
use model::control::Control;
use model::ids::PeriodId;
use model::results::evidence::{Cause, Replication};
use units::{Id, Quantity};

/// What a replication leaves behind.
pub(super) struct Outturn {
    pub(super) sample: Replication,
    /// Open ticks by station of the plant.
    pub(super) times: Vec<Times>,
    /// Visits by station of the plant.
    pub(super) finished: Vec<u64>,
    pub(super) visits: u64,
    pub(super) events: u64,
}

/// Events between two looks at the stop flag.
const LOOK: u64 = 1 << 16;

/// Runs one replication; none when somebody asked to stop.
pub(super) fn replicate(plant: &Plant<'_>, source: Source, index: u32, control: &Control<'_>) -> Option<Outturn> {
    let mut run = Run::new(plant, source, index);
    run.expect_goods();
    for (line, spec) in plant.lines.iter().enumerate() {
        run.events.schedule(spec.opens, event::OPEN | line as u32);
        if spec.counts_from < plant.horizon {
            run.events.schedule(spec.counts_from, event::COUNT | line as u32);
        }
    }
    for (line, time) in &plant.release_times {
        run.events.schedule(*time, event::RELEASE | *line as u32);
    }
    run.events.schedule(0, event::DAY);
    while let Some(next) = run.events.pop() {
        run.now = next.time;
        run.handled += 1;
        if run.handled.is_multiple_of(LOOK) && control.is_stopped() {
            return None;
        }
        let who = next.payload & event::WHO;
        match next.payload & !event::WHO {
            event::DONE => run.done(who as usize),
            event::RACK => run.off_the_rack(who),
            event::OPEN => run.open_line(who as usize),
            event::COUNT => run.count_from_now(who as usize),
            event::ARRIVAL => run.arrival(who),
            event::RELEASE => run.release(who as usize),
            _ => {
                run.begin_day(i64::from(who));
                let tomorrow = u64::from(who) + 1;
                if tomorrow * DAY < plant.horizon {
                    run.events.schedule(tomorrow * DAY, event::DAY | tomorrow as u32);
                }
            }
        }
    }
    run.now = plant.horizon;
    run.settle();
    Some(run.into_result(index))
}

impl Run<'_> {
    fn into_result(mut self, index: u32) -> Outturn {
        let plant = self.plant;
        let product = |l: &&usize| plant.lines[**l].is_product;
        let all: Vec<usize> = (0..plant.lines.len()).collect();
        let sum = |f: &dyn Fn(&super::state::LineNow) -> u64| -> i64 {
            all.iter().filter(product).map(|l| f(&self.lines[*l]) as i64).sum()
        };
        let (started, finished) = (sum(&|l| l.started), sum(&|l| l.finished));
        let (first_articles, in_process) = (sum(&|l| l.first_articles), sum(&|l| l.in_process));
        let lost = self.lost();
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
            lost,
            rate_reached: self.rate_reached(),
        };
        Outturn {
            sample,
            times: self.stations.iter().map(|s| s.times).collect(),
            finished: self.stations.iter().map(|s| s.finished).collect(),
            visits: self.visits,
            events: self.handled,
        }
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
    fn lost(&mut self) -> Vec<Quantity> {
        let plant = self.plant;
        let mut total = vec![0i64; Cause::ALL.len()];
        for (index, group) in plant.groups.iter().enumerate() {
            let row = &plant.ring.capability[group.capability];
            if row.item != plant.ring.settings.product {
                continue;
            }
            let mine: Vec<usize> = (0..plant.lines.len()).filter(|l| plant.lines[*l].group == index).collect();
            let finished: i64 = mine.iter().map(|l| self.lines[*l].finished as i64).sum();
            let mut weights = vec![0.0f64; Cause::ALL.len()];
            for line in mine {
                let split = self.final_split(line);
                let spec = &plant.lines[line];
                let taken = beyond_plan(plant, spec.site, spec.opens, &split);
                for (cause, ticks) in taken.into_iter().enumerate() {
                    weights[cause] += ticks / spec.cycle;
                }
            }
            let shares = apportion(group.planned_ticks - finished * 1_000, &weights, Cause::ALL.len() - 1);
            total.iter_mut().zip(shares).for_each(|(t, s)| *t += s);
        }
        total.into_iter().map(Quantity::from_ticks).collect()
    }
}

/// Ticks that each cause took beyond what the plan allows for, in the order of [`Cause::ALL`].
fn beyond_plan(plant: &Plant<'_>, site: usize, opens: u64, split: &[i64; N_BUCKETS]) -> Vec<f64> {
    let ring = plant.ring;
    let took = |b: Bucket| split[b as usize] as f64;
    // What alarms and power are expected to take of the scheduled time since the line opened.
    let (mut alarm, mut power, mut scheduled) = (0.0, 0.0, 0.0);
    for shift in plant.shifts[site].iter().filter(|s| s.start >= opens) {
        let length = (shift.end - shift.start) as f64 * plant.dated_output[site][shift.day];
        let (a, p) = plant.expected_stops[site][shift.day];
        alarm += length * a;
        power += length * (1.0 - a) * p;
        scheduled += length;
    }
    let allowed = (1.0 - ring.settings.line_efficiency).max(0.0) * (scheduled - alarm - power);
    let covered = [Bucket::Breakdown, Bucket::Absence, Bucket::Variability];
    let spent: f64 = covered.iter().map(|b| took(*b).max(0.0)).sum();
    let rest = if spent > 0.0 { ((spent - allowed) / spent).max(0.0) } else { 0.0 };
    Cause::ALL
        .iter()
        .map(|cause| match cause {
            Cause::Outage => took(Bucket::Outage),
            Cause::Alarm => took(Bucket::Alarm) - alarm,
            Cause::Power => took(Bucket::Power) - power,
            Cause::Breakdown => took(Bucket::Breakdown) * rest,
            Cause::Absence => took(Bucket::Absence) * rest,
            Cause::Parts => took(Bucket::Parts),
            Cause::SubAssembly => took(Bucket::SubAssembly),
            Cause::Learning => took(Bucket::Learning),
            Cause::Quality => took(Bucket::Quality),
            Cause::Variability => took(Bucket::Variability) * rest,
        })
        .collect()
}
