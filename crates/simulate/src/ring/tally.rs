//! What replications are counted into: whole numbers only, so that neither order nor threads matter.

use super::clock::N_STOPS;
use super::plant::Plant;
use model::results::answers::Sums;
use model::results::evidence::{Cause, Replication};
use std::collections::BTreeMap;
use units::Id;

/// Ticks that the copies of a station spent, by state, and the visits that ended.
///
/// What every visit touches comes first.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C)]
pub(super) struct Use {
    pub(super) working: u64,
    pub(super) starved: u64,
    pub(super) visits: u64,
    pub(super) blocked: u64,
    pub(super) parts: u64,
    pub(super) people: u64,
    pub(super) down: u64,
    /// Scheduled but not open, by [`super::clock::Stop`].
    pub(super) stops: [u64; N_STOPS],
}

impl Use {
    pub(super) fn add(&mut self, other: &Self) {
        self.working += other.working;
        self.blocked += other.blocked;
        self.starved += other.starved;
        self.parts += other.parts;
        self.people += other.people;
        self.down += other.down;
        self.stops.iter_mut().zip(other.stops).for_each(|(s, o)| *s += o);
        self.visits += other.visits;
    }

    pub(super) fn total(&self) -> u64 {
        let open = self.working + self.blocked + self.starved + self.parts + self.people + self.down;
        open + self.stops.iter().sum::<u64>()
    }

    /// Share of the time it waits for its neighbours.
    pub(super) fn idle(&self) -> f64 {
        (self.blocked + self.starved) as f64 / self.total().max(1) as f64
    }

    /// Books the open time of a visit: first missing people, then repairs, and the rest as work.
    #[inline]
    pub(super) fn visit(&mut self, spent: u64, people: &mut u64, down: &mut u64) {
        if *people | *down == 0 {
            self.working += spent;
            return;
        }
        let missing = (*people).min(spent);
        let repairs = (*down).min(spent - missing);
        *people -= missing;
        *down -= repairs;
        self.people += missing;
        self.down += repairs;
        self.working += spent - missing - repairs;
    }
}

/// The station of a kind's lines that waits for its neighbours least; none where no time is scheduled.
pub(super) fn narrowest(uses: &[Use]) -> Option<usize> {
    let some = uses.iter().enumerate().filter(|(_, u)| u.total() > 0);
    some.min_by(|a, b| a.1.idle().total_cmp(&b.1.idle())).map(|(station, _)| station)
}

/// Sums over replications.
#[derive(Debug)]
pub(super) struct Tally {
    n_seats: usize,
    pub(super) runs: u64,
    /// Cumulative deliveries by series and period.
    pub(super) deliveries: Vec<BTreeMap<i64, u64>>,
    /// Lost thousandths by cause.
    pub(super) lost: Vec<Sums>,
    /// By period, and at last never.
    pub(super) rate: Vec<u64>,
    /// By period and seat.
    pub(super) used: Vec<Use>,
    /// By period and seat: runs in which it was the narrowest of its kind.
    pub(super) narrowest: Vec<u64>,
    /// Piece-ticks on the lines, by kind, and pieces started.
    pub(super) area: Vec<Sums>,
    pub(super) started: Vec<u64>,
    /// How often a station waited for a thing, by site and thing.
    pub(super) lacked: Vec<u64>,
    /// Thousandths written off past their shelf life, and ordered beyond the programme, by thing.
    pub(super) expired: Vec<i64>,
    pub(super) again: Vec<i64>,
    /// Pieces made at other sites than planned.
    pub(super) moved: u64,
    /// What the present period took, by seat; empty between periods.
    period: Vec<Use>,
}

impl Tally {
    pub(super) fn new(plant: &Plant<'_>) -> Self {
        let n_periods = plant.ring.settings.n_periods;
        let seats = plant.seats.len();
        Self {
            n_seats: seats,
            runs: 0,
            deliveries: vec![BTreeMap::new(); plant.series.len() * n_periods],
            lost: vec![Sums::default(); Cause::ALL.len()],
            rate: vec![0; n_periods + 1],
            used: vec![Use::default(); n_periods * seats],
            narrowest: vec![0; n_periods * seats],
            area: vec![Sums::default(); plant.kinds.len()],
            started: vec![0; plant.kinds.len()],
            lacked: vec![0; plant.ring.sites.len() * plant.n_things],
            expired: vec![0; plant.n_things],
            again: vec![0; plant.n_things],
            moved: 0,
            period: vec![Use::default(); seats],
        }
    }

    /// Books what a station did in the present period.
    pub(super) fn book(&mut self, seat: usize, used: &Use) {
        self.period[seat].add(used);
    }

    /// The present period is over.
    pub(super) fn end_period(&mut self, plant: &Plant<'_>, period: usize) {
        let at = period * self.n_seats;
        for kind in &plant.kinds {
            if let Some(station) = narrowest(&self.period[kind.seats()]) {
                self.narrowest[at + kind.first_seat + station] += 1;
            }
        }
        for (sum, used) in self.used[at..].iter_mut().zip(&mut self.period) {
            sum.add(used);
            *used = Use::default();
        }
    }

    /// Counts what a replication gave.
    pub(super) fn count(&mut self, sample: &Replication) {
        self.runs += 1;
        let n_periods = self.rate.len() - 1;
        for (series, delivered) in sample.delivered.iter().enumerate() {
            let mut sum = 0;
            for (period, pieces) in delivered.iter().enumerate() {
                sum += pieces;
                *self.deliveries[series * n_periods + period].entry(sum).or_default() += 1;
            }
        }
        self.lost.iter_mut().zip(&sample.lost).for_each(|(sums, lost)| sums.add(lost.ticks()));
        self.rate[sample.rate_reached.map_or(n_periods, |p| p.index())] += 1;
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.runs += other.runs;
        for (mine, theirs) in self.deliveries.iter_mut().zip(&other.deliveries) {
            theirs.iter().for_each(|(value, n)| *mine.entry(*value).or_default() += n);
        }
        self.lost.iter_mut().zip(&other.lost).for_each(|(a, b)| a.merge(b));
        self.rate.iter_mut().zip(&other.rate).for_each(|(a, b)| *a += b);
        self.used.iter_mut().zip(&other.used).for_each(|(a, b)| a.add(b));
        self.narrowest.iter_mut().zip(&other.narrowest).for_each(|(a, b)| *a += b);
        self.area.iter_mut().zip(&other.area).for_each(|(a, b)| a.merge(b));
        self.started.iter_mut().zip(&other.started).for_each(|(a, b)| *a += b);
        self.lacked.iter_mut().zip(&other.lacked).for_each(|(a, b)| *a += b);
        self.expired.iter_mut().zip(&other.expired).for_each(|(a, b)| *a += b);
        self.again.iter_mut().zip(&other.again).for_each(|(a, b)| *a += b);
        self.moved += other.moved;
    }
}
