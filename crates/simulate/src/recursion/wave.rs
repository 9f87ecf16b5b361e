//! One replication of a plain line by itself: the draws of many parts at once, and eight parts on their way together.

use super::count::Count;
use super::lanes::{LANES, Row, max};
use super::simd::Job;
use crate::line::{Blocking, LineOptions, Prepared, factor, purpose, whole};
use chance::{Cells, Keyed, Lookup, Source};

/// Parts whose times are made together.
const CHUNK: usize = 64;
/// Parts that are on their way through the line together, each some stations behind the one before: their chains of
/// maxima do not wait for each other, so the processor works on all of them at once.
const WAVE: usize = 8;

/// One replication of a plain line, counted in a window of a stated length: the lanes of its counts are sixteen parts
/// in a row.
pub(super) struct Wave<'a> {
    pub(super) prepared: &'a Prepared,
    pub(super) options: &'a LineOptions,
    pub(super) source: Source,
    pub(super) replication: u32,
}

/// The times of one station.
struct Times<'a> {
    key: Keyed,
    table: &'a Lookup,
    factors: &'a [f64],
    ticks: [f64; CHUNK],
}

impl Times<'_> {
    /// Makes the times of parts `first..first + CHUNK`.
    #[inline(always)]
    fn make(&mut self, first: usize) {
        match self.table.constant() {
            Some(value) => self.ticks = [value; CHUNK],
            None => self.draw(self.table.cells(), first as u64),
        }
        if self.factors.is_empty() {
            self.ticks.iter_mut().for_each(|x| *x = whole(*x));
        } else {
            for (k, x) in self.ticks.iter_mut().enumerate() {
                *x = whole(*x * factor(self.factors, first + k));
            }
        }
    }

    #[inline(always)]
    fn draw(&mut self, cells: &Cells, first: u64) {
        let mut bits = [0u64; CHUNK / 2];
        for pair in 0..CHUNK / 2 {
            let counter = self.key.start.wrapping_add(Keyed::offset(first / 2 + pair as u64));
            bits[pair] = Keyed::mix(counter, self.key.middle);
        }
        for pair in 0..CHUNK / 2 {
            self.ticks[2 * pair] = f64::from(Lookup::in_cells(cells, bits[pair] as u32));
        }
        for pair in 0..CHUNK / 2 {
            self.ticks[2 * pair + 1] = f64::from(Lookup::in_cells(cells, (bits[pair] >> 32) as u32));
        }
    }
}

impl Job for Wave<'_> {
    type Out = (Count, u64);

    /// The recursion of [`super::plain::Plain`]. Part `n + i` of a wave is at station `t - step i` in step `t`: what it
    /// waits for, part `n + i - 1` here and part `n + i - b - 1` at the next station, was computed in an earlier step, as
    /// long as `step` is 1, or 2 where there is a station without buffer.
    #[inline(always)]
    fn run(self) -> Self::Out {
        let line = self.prepared.line();
        let mut count = Count::new(self.options, line.ticks_per_unit);
        let stations = line.stations.len();
        let mut times: Vec<Times<'_>> = (0..stations)
            .map(|j| Times {
                key: self.source.keyed(self.replication, j as u32, purpose::SERVICE),
                table: &self.prepared.tables[self.prepared.service[j].0],
                factors: &line.stations[j].factors,
                ticks: [0.0; CHUNK],
            })
            .collect();
        let mut arrivals = self.prepared.arrival.map(|table| Times {
            key: self.source.keyed(self.replication, 0, purpose::ARRIVAL),
            table: &self.prepared.tables[table.0],
            factors: &[],
            ticks: [0.0; CHUNK],
        });
        // Parts between leaving a station and leaving the next; 0 where there is no limit.
        let room: Vec<usize> =
            (1..=stations).map(|j| line.stations.get(j).and_then(|s| s.buffer).map_or(0, |b| b as usize + 1)).collect();
        let length = (room.iter().max().copied().unwrap_or(0) + WAVE + 1).next_power_of_two();
        let step = if room.contains(&1) { 2 } else { 1 };
        let after = line.blocking == Blocking::AfterService;
        // Departure of part n from station j stands at j * length + n % length; before the first all are zero.
        let mut past = vec![0.0f64; (stations + 1) * length];
        let mut now = 0.0;
        let mut parts = 0;
        let (mut enters, mut loads, mut firsts, mut leaves) = (Row::ZERO, Row::ZERO, Row::ZERO, Row::ZERO);
        loop {
            times.iter_mut().for_each(|t| t.make(parts));
            if let Some(arrivals) = &mut arrivals {
                arrivals.make(parts);
            }
            for wave in (0..CHUNK).step_by(WAVE) {
                // Where these parts stand among the sixteen that are counted together.
                let slot = wave % LANES;
                let mut at = [0.0f64; WAVE];
                if let Some(arrivals) = &arrivals {
                    for i in 0..WAVE {
                        now += arrivals.ticks[wave + i];
                        at[i] = now;
                    }
                }
                let entered = at;
                for t in 0..stations + step * (WAVE - 1) {
                    for i in 0..WAVE {
                        let j = t.wrapping_sub(step * i);
                        if j >= stations {
                            continue;
                        }
                        let n = parts + wave + i;
                        let here = j * length;
                        let start = max(at[i], past[here + (n.wrapping_sub(1) & (length - 1))]);
                        let time = times[j].ticks[wave + i];
                        let limit = room[j];
                        let place =
                            if limit == 0 { 0.0 } else { past[here + length + (n.wrapping_sub(limit) & (length - 1))] };
                        let done = if after { start + time } else { max(start, place) + time };
                        if j == 0 {
                            loads.0[slot + i] = start;
                            firsts.0[slot + i] = done;
                        }
                        at[i] = if after { max(done, place) } else { done };
                        past[here + (n & (length - 1))] = at[i];
                    }
                }
                for i in 0..WAVE {
                    enters.0[slot + i] = if arrivals.is_some() { entered[i] } else { loads.0[slot + i] };
                    leaves.0[slot + i] = at[i];
                }
                if slot + WAVE == LANES {
                    count.entered(&enters, &loads);
                    count.finished_first(&firsts);
                    count.departed(&leaves);
                }
            }
            parts += CHUNK;
            if count.is_done(&enters) {
                return (count, (parts * stations) as u64);
            }
        }
    }
}
