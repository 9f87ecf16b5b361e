//! Departure times of a simple line by recursion, without events: the independent answer the engine is tested against.

use super::model::{Arrivals, Blocking, Line};
use chance::{Sampler, Source};

/// Departure times, in ticks, of the first `n_parts` parts from each station: `n_parts` rows of `stations` values.
///
/// `None` when the line has what the recursion does not cover: parallel servers, breakdowns, shifts, a
/// finite population or parts that may be lost.
///
/// # Source
/// The recursion for blocking after service,
/// D_j\[n\] = max(max(D_(j-1)\[n\], D_j\[n-1\]) + S_j\[n\], D_(j+1)\[n-b-1\]): J. A. Buzacott, J. G.
/// Shanthikumar (1993), Stochastic models of manufacturing systems, section 5.2; for blocking before
/// service the last term moves inside the start.
#[must_use]
pub fn departures_by_recursion(line: &Line, source: Source, replication: u32, n_parts: usize) -> Option<Vec<Vec<u64>>> {
    let plain = line.shifts.is_none() && line.stations.iter().all(|s| s.servers == 1 && s.breakdown.is_none());
    let mut between = match &line.arrivals {
        Arrivals::Saturated => None,
        Arrivals::Renewal(d) if line.stations[0].buffer.is_none() => {
            Some((Sampler::new(d), source.stream(replication, 0, super::engine::ARRIVAL)))
        }
        Arrivals::Renewal(_) | Arrivals::Finite { .. } => return None,
    };
    if !plain {
        return None;
    }
    let mut draws: Vec<_> = line
        .stations
        .iter()
        .enumerate()
        .map(|(j, s)| {
            let stream = source.stream(replication, j as u32, super::engine::SERVICE);
            (Sampler::new(&s.time), stream)
        })
        .collect();
    let last = line.stations.len() - 1;
    let mut rows: Vec<Vec<u64>> = Vec::with_capacity(n_parts);
    let mut arrival = 0u64;
    for n in 0..n_parts {
        if let Some((sampler, stream)) = &mut between {
            arrival += ticks(sampler.draw(stream), line.ticks_per_unit);
        }
        let mut row = Vec::with_capacity(last + 1);
        for (j, station) in line.stations.iter().enumerate() {
            let from_before = if j == 0 { arrival } else { row[j - 1] };
            let free = if n == 0 { 0 } else { rows[n - 1][j] };
            let place = if j == last {
                0
            } else {
                let spaces = line.stations[j + 1].buffer.map(|b| b as usize + 1);
                spaces.and_then(|b| n.checked_sub(b)).map_or(0, |m| rows[m][j + 1])
            };
            let (sampler, stream) = &mut draws[j];
            let factor = factor(&station.factors, n);
            let service = ticks(sampler.draw(stream) * factor, line.ticks_per_unit);
            let start = from_before.max(free);
            row.push(match line.blocking {
                Blocking::AfterService => (start + service).max(place),
                Blocking::BeforeService => start.max(place) + service,
            });
        }
        rows.push(row);
    }
    Some(rows)
}

/// A time in ticks, rounded to the nearest.
#[inline]
pub(super) fn ticks(time: f64, ticks_per_unit: f64) -> u64 {
    (time * ticks_per_unit + 0.5) as u64
}

/// The factor on the time of the part started as number `n`, counted from 0.
#[inline]
pub(super) fn factor(factors: &[f64], n: usize) -> f64 {
    match factors.get(n) {
        Some(f) => *f,
        None => factors.last().copied().unwrap_or(1.0),
    }
}
