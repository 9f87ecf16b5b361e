//! The inner loop for lines of single servers that are always up: two or three maxima and a sum per visit.

use super::count::Count;
use super::lanes::{BLOCK, Keys, LANES, Row, Times};
use super::simd::Job;
use crate::line::{Blocking, LineOptions, Prepared, purpose};
use chance::Source;

/// Sixteen replications of a plain line.
pub(super) struct Plain<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) options: &'a LineOptions,
    pub(super) source: Source,
    /// The first of the replications.
    pub(super) first: u32,
}

/// One station: its times, and its last departures.
struct Place<'a> {
    times: Times<'a>,
    /// Departures, oldest overwritten first: exactly as many as parts may be past the station before and not past this
    /// one, so that the one to be overwritten next is the one the station before waits for.
    past: Vec<Row>,
    next: usize,
    /// Whether the station before ever waits for this one.
    limited: bool,
}

impl Job for Plain<'_> {
    type Out = (Count, u64);

    /// # Source
    /// D_j\[n\] = max(max(D_(j-1)\[n\], D_j\[n-1\]) + S_j\[n\], D_(j+1)\[n-b-1\]): J. A. Buzacott, J. G. Shanthikumar
    /// (1993), Stochastic models of manufacturing systems, section 5.2.
    #[inline(always)]
    fn run(self) -> Self::Out {
        let line = self.prepared.line();
        let mut count = Count::new(self.options, line.ticks_per_unit);
        let mut places: Vec<Place<'_>> = line
            .stations
            .iter()
            .enumerate()
            .map(|(j, station)| Place {
                times: self.prepared.times(j, self.source, self.first),
                past: vec![Row::ZERO; station.buffer.filter(|_| j > 0).map_or(1, |b| b as usize + 1)],
                next: 0,
                limited: j > 0 && station.buffer.is_some(),
            })
            .collect();
        let mut arrivals = self.prepared.arrival.map(|table| {
            let keys = Keys::new(self.source, self.first, 0, purpose::ARRIVAL);
            (Times::new(keys, &self.prepared.tables[table.0], &[]), Row::ZERO)
        });
        let after = line.blocking == Blocking::AfterService;
        let last = places.len() - 1;
        let mut parts = 0;
        loop {
            for place in &mut places {
                place.times.make(parts);
            }
            if let Some((times, _)) = &mut arrivals {
                times.make(parts);
            }
            let mut enter = Row::ZERO;
            for k in 0..BLOCK {
                let mut at = Row::ZERO;
                if let Some((times, now)) = &mut arrivals {
                    *now = now.plus(&times.rows[k]);
                    at = *now;
                    enter = at;
                }
                for j in 0..=last {
                    let (here, rest) = places[j..].split_at_mut(1);
                    let here = &mut here[0];
                    let previous = if here.next == 0 { here.past.len() } else { here.next } - 1;
                    let start = at.max(&here.past[previous]);
                    if j == 0 {
                        if arrivals.is_none() {
                            enter = start;
                        }
                        count.entered(&enter, &start);
                    }
                    let time = &here.times.rows[k];
                    let room = rest.first().filter(|next| next.limited).map(|next| &next.past[next.next]);
                    let (done, leave) = match room {
                        None => {
                            let done = start.plus(time);
                            (done, done)
                        }
                        Some(room) if after => {
                            let done = start.plus(time);
                            (done, done.max(room))
                        }
                        Some(room) => {
                            let done = start.max(room).plus(time);
                            (done, done)
                        }
                    };
                    if j == 0 {
                        count.finished_first(&done);
                    }
                    here.past[here.next] = leave;
                    here.next += 1;
                    if here.next == here.past.len() {
                        here.next = 0;
                    }
                    at = leave;
                }
                count.departed(&at);
            }
            parts += BLOCK;
            if count.is_done(&enter) {
                return (count, (parts * places.len()) as u64);
            }
        }
    }
}

impl Prepared {
    /// The service times of a station in replications `first..first + 16`.
    pub(super) fn times(&self, j: usize, source: Source, first: u32) -> Times<'_> {
        debug_assert!(LANES <= u32::MAX as usize);
        let keys = Keys::new(source, first, j as u32, purpose::SERVICE);
        Times::new(keys, &self.tables[self.service[j].0], &self.line.stations[j].factors)
    }
}
