//! Departure times of a simple line by recursion, without events: the independent answer the engine is tested against.

use super::model::{Arrivals, Blocking};
use super::prepare::{Prepared, purpose};
use super::ticks::factor;
use chance::Source;

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
pub fn departures_by_recursion(
    prepared: &Prepared,
    source: Source,
    replication: u32,
    n_parts: usize,
) -> Option<Vec<Vec<u64>>> {
    let line = &prepared.line;
    let open = line.shifts.is_none() && line.closed.is_empty() && line.stops.is_empty() && line.conwip.is_none();
    let plain = open && line.stations.iter().all(|s| s.servers == 1 && s.breakdown.is_none() && s.supply.is_none());
    let draws = |table, entity, purpose| prepared.draws(table, source, (replication, entity, purpose));
    let mut between = match &line.arrivals {
        Arrivals::Saturated => None,
        Arrivals::Renewal(_) if line.stations[0].buffer.is_none() => {
            prepared.arrival.map(|table| draws(table, 0, purpose::ARRIVAL))
        }
        Arrivals::Renewal(_) | Arrivals::Finite { .. } => return None,
    };
    if !plain {
        return None;
    }
    let mut times: Vec<_> =
        prepared.service.iter().enumerate().map(|(j, t)| draws(*t, j as u32, purpose::SERVICE)).collect();
    let last = line.stations.len() - 1;
    let mut rows: Vec<Vec<u64>> = Vec::with_capacity(n_parts);
    let mut arrival = 0u64;
    for n in 0..n_parts {
        if let Some(draws) = &mut between {
            arrival += draws.ticks(1.0) as u64;
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
            let service = times[j].ticks(factor(&station.factors, n)) as u64;
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
