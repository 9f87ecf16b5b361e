//! The recursion with every feature it covers, station by station; what a station lacks costs a branch.

use super::count::Count;
use super::lanes::{BLOCK, Keys, Row, Times};
use super::pool::Pool;
use super::ring::Past;
use super::simd::Job;
use super::work::Clock;
use crate::line::{Blocking, LineOptions, Prepared, Supply, purpose, whole};
use chance::{Lookup, Source};

/// Sixteen replications of any line without [`super::reasons`].
pub(super) struct General<'a, S> {
    pub(super) prepared: &'a Prepared,
    pub(super) options: &'a LineOptions,
    pub(super) source: Source,
    /// The first of the replications.
    pub(super) first: u32,
    /// Told every departure.
    pub(super) sink: S,
}

/// Who is told the departures of each station, in order.
pub(super) trait Sink {
    fn departed(&mut self, station: usize, at: &Row);
}

/// Nobody.
pub(super) struct Nobody;

impl Sink for Nobody {
    #[inline(always)]
    fn departed(&mut self, _: usize, _: &Row) {}
}

/// Kits of a station, by number.
struct Kits<'a> {
    keys: Keys,
    table: &'a Lookup,
    /// When kits arrive that were ordered and not yet taken; for lots, the time of the last lot.
    coming: Past,
    last: Row,
    /// Kits in a lot; 0 for base stock.
    lot: usize,
    stock: usize,
}

impl Kits<'_> {
    fn draw(&self, index: usize) -> Row {
        Row(std::array::from_fn(|l| whole(self.table.draw(self.keys.of(l), index as u64))))
    }

    /// When kit `n` is taken by the part that is ready for it at `ready`.
    #[inline(always)]
    fn take(&mut self, n: usize, ready: Row) -> Row {
        if self.lot > 0 {
            if n.is_multiple_of(self.lot) {
                self.last = self.last.plus(&self.draw(n / self.lot));
            }
            return ready.max(&self.last);
        }
        // Kit n was ordered when kit n - stock was taken: `stock` rows ago.
        let taken = ready.max(self.coming.back(self.stock - 1));
        self.last = self.last.max(&taken.plus(&self.draw(n)));
        self.coming.push(self.last);
        taken
    }
}

struct Place<'a> {
    times: Times<'a>,
    clock: Option<Clock<'a>>,
    kits: Option<Kits<'a>>,
    pool: Pool,
    servers: usize,
    /// Departures.
    past: Past,
    /// How many departures before the last one the station before waits for; none when it never waits.
    lag: Option<usize>,
}

impl<'a> Place<'a> {
    fn new<S>(job: &General<'a, S>, j: usize) -> Self {
        let line = job.prepared.line();
        let station = &line.stations[j];
        let servers = station.servers as usize;
        let before = if j > 0 && line.blocking == Blocking::BeforeService { line.stations[j - 1].servers } else { 1 };
        let lag = station.buffer.filter(|_| j > 0).map(|b| (b + 1 - before) as usize);
        let release = if j + 1 == line.stations.len() { line.conwip.unwrap_or(0) as usize } else { 0 };
        let kits = station.supply.as_ref().zip(job.prepared.supply[j]).map(|(supply, table)| {
            let (stock, lot) = match supply {
                Supply::BaseStock { stock, .. } => (*stock as usize, 0),
                Supply::Deliveries { lot, .. } => (0, *lot as usize),
            };
            Kits {
                keys: Keys::new(job.source, job.first, j as u32, purpose::SUPPLY),
                table: &job.prepared.tables[table.0],
                coming: Past::new(stock),
                last: Row::ZERO,
                lot,
                stock,
            }
        });
        Self {
            times: job.prepared.times(j, job.source, job.first),
            clock: Clock::new(job.prepared, j, job.source, job.first),
            kits,
            pool: Pool::new(servers),
            servers,
            past: Past::new((lag.unwrap_or(0) + 1).max(release)),
            lag,
        }
    }
}

impl<S: Sink> Job for General<'_, S> {
    type Out = (Count, u64, S);

    /// In round `r` station `j` starts the part that is its predecessor's departure of this round, and finishes departure
    /// `r - sum (c - 1)` over the stations up to it: parts on `c` servers overtake each other, and the next of
    /// them to be finished is known once `c - 1` more have started.
    #[inline(always)]
    fn run(mut self) -> Self::Out {
        let line = self.prepared.line();
        let mut count = Count::new(self.options, line.ticks_per_unit);
        let mut places: Vec<Place<'_>> = (0..line.stations.len()).map(|j| Place::new(&self, j)).collect();
        let behind: usize = places.iter().map(|p| p.servers - 1).sum();
        let release = line.conwip.map(|most| most as usize - 1 - behind);
        let mut arrivals = self.prepared.arrival.map(|table| {
            let keys = Keys::new(self.source, self.first, 0, purpose::ARRIVAL);
            (Times::new(keys, &self.prepared.tables[table.0], &[]), Row::ZERO)
        });
        let after = line.blocking == Blocking::AfterService;
        let last = places.len() - 1;
        let (mut visits, mut round, mut over) = (0u64, 0usize, None);
        loop {
            let mut at = Row::ZERO;
            if let Some((times, now)) = &mut arrivals {
                *now = now.plus(&times.of(round));
                at = *now;
            }
            let mut enter = at;
            let mut n = round;
            let freed = release.map(|lag| *places[last].past.back(lag));
            for j in 0..=last {
                let (here, rest) = places[j..].split_at_mut(1);
                let here = &mut here[0];
                let room = rest.first().and_then(|next| next.lag.map(|lag| next.past.back(lag)));
                let mut ready = at.max(here.past.back(0));
                if j == 0 {
                    if let Some(freed) = &freed {
                        ready = ready.max(freed);
                    }
                    if arrivals.is_none() {
                        enter = ready;
                    }
                    count.entered(&enter, &ready);
                }
                if let Some(kits) = &mut here.kits {
                    ready = kits.take(n, ready);
                }
                if let Some(room) = room
                    && !after
                {
                    ready = ready.max(room);
                }
                let time = here.times.of(n);
                let done = match &mut here.clock {
                    None => ready.plus(&time),
                    Some(clock) => clock.done(&ready, &time),
                };
                visits += 1;
                if j == 0 {
                    count.finished_first(&done);
                }
                if n + 1 < here.servers {
                    here.pool.add(done);
                    break;
                }
                n -= here.servers - 1;
                let mut leave = here.pool.add_and_take(done);
                if let Some(room) = room
                    && after
                {
                    leave = leave.max(room);
                }
                here.past.push(leave);
                self.sink.departed(j, &leave);
                at = leave;
                if j == last {
                    count.departed(&at);
                }
            }
            round += 1;
            if round.is_multiple_of(BLOCK) && over.is_none() && count.is_done(&enter) {
                over = Some(round + behind);
            }
            if over.is_some_and(|end| round >= end) {
                return (count, visits, self.sink);
            }
        }
    }
}
