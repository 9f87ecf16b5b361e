//! Lines by recursion: the departure of a part from a station is a maximum of a few earlier times plus its own, so no
//! list of events is needed, and sixteen replications run side by side in the lanes of vectors.
//!
//! [`reasons`] says which lines are not covered; the others give, tick for tick, what the event engine of
//! [`crate::line`] gives: both take the same draws by name and index. Results do not depend on the width of vectors
//! ([`Simd`]) or on the number of threads.

#![allow(clippy::needless_range_loop, reason = "a loop over lanes reads and writes several rows at one index")]

mod compile;
mod count;
mod flow;
mod general;
mod lanes;
mod plain;
mod pool;
mod ring;
mod simd;
mod wave;
mod work;

pub(crate) use compile::is_plain;
pub use compile::{Reason, reasons};
pub use flow::Flow;
pub use simd::{Simd, Width};

use crate::kernel::replicate;
use crate::line::{LineOptions, Prepared, Stop};
use chance::Source;
use general::{General, Nobody, Sink};
use lanes::{LANES, Row};
use plain::Plain;
use std::ops::Range;
use wave::Wave;

/// Up to so many replications of a plain line run one by one: sixteen together would leave too many lanes idle.
const ALONE: usize = 6;

impl Prepared {
    /// Runs a range of replications by recursion on up to `threads` threads, sixteen at a time.
    ///
    /// # Errors
    /// Why the recursion does not cover the line.
    pub fn flows(
        &self,
        options: &LineOptions,
        source: Source,
        replications: Range<usize>,
        (simd, threads): (Simd, usize),
    ) -> Result<Vec<Flow>, Vec<Reason>> {
        let reasons = reasons(self.line());
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let plain = is_plain(self.line());
        let per_unit = self.line().ticks_per_unit;
        let n = replications.len();
        if plain && n <= ALONE && matches!(options.stop, Stop::Time(_)) {
            return Ok(replicate(n, threads, |i| {
                let replication = (replications.start + i) as u32;
                let (count, visits) = simd.run(Wave { prepared: self, options, source, replication });
                count.flow_of_all(visits, per_unit)
            }));
        }
        let blocks = replicate(n.div_ceil(LANES), threads, |block| {
            let first = (replications.start + block * LANES) as u32;
            let (prepared, sink) = (self, Nobody);
            let (count, visits) = if plain {
                simd.run(Plain { prepared, options, source, first })
            } else {
                let (count, visits, _) = simd.run(General { prepared, options, source, first, sink });
                (count, visits)
            };
            let lanes = LANES.min(n - block * LANES);
            (0..lanes).map(|l| count.flow(l, visits, per_unit)).collect::<Vec<_>>()
        });
        Ok(blocks.into_iter().flatten().collect())
    }

    /// The first `n` departure times from each station, in ticks, of a replication.
    ///
    /// # Errors
    /// Why the recursion does not cover the line.
    pub fn departures(
        &self,
        source: Source,
        replication: u32,
        n: u64,
        simd: Simd,
    ) -> Result<Vec<Vec<u64>>, Vec<Reason>> {
        let reasons = reasons(self.line());
        if !reasons.is_empty() {
            return Err(reasons);
        }
        let options = LineOptions { warm_up: 0.0, stop: Stop::Departures(n) };
        let sink = Trace { stations: vec![Vec::new(); self.line().stations.len()], n: n as usize };
        let first = replication;
        let (_, _, trace) = simd.run(General { prepared: self, options: &options, source, first, sink });
        Ok(trace.stations)
    }
}

/// Keeps the departures of the first lane.
struct Trace {
    stations: Vec<Vec<u64>>,
    n: usize,
}

impl Sink for Trace {
    fn departed(&mut self, station: usize, at: &Row) {
        let times = &mut self.stations[station];
        if times.len() < self.n {
            times.push(at.0[0] as u64);
        }
    }
}
