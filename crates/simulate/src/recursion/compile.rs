//! Which lines the recursion covers, and why not the others.

use crate::line::{Arrivals, Blocking, Line};
use std::fmt;

/// Why a line needs the event engine: what happens next depends on more than earlier times of the same part and place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Whether a part enters depends on how many are there.
    PartsMayBeLost,
    /// Who comes back next depends on who left when.
    FinitePopulation,
    /// Which of several servers takes a part depends on which are up.
    BreakdownsOfParallelServers {
        /// Counted from 0.
        station: usize,
    },
    /// Parts overtake each other on parallel servers while they hold reservations that others wait for.
    OvertakingWithReservations {
        /// Counted from 0.
        station: usize,
    },
    /// So few parts are let in that parallel servers could not all have one.
    TightRelease,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PartsMayBeLost => f.write_str("arrivals may find the first station full and be lost"),
            Self::FinitePopulation => f.write_str("a finite population comes back in an order of its own"),
            Self::BreakdownsOfParallelServers { station } => {
                write!(f, "station {}: which of its servers takes a part depends on which are up", station + 1)
            }
            Self::OvertakingWithReservations { station } => write!(
                f,
                "station {}: parts overtake each other on its servers while they wait for reserved places",
                station + 1
            ),
            Self::TightRelease => f.write_str("fewer parts are let in at once than parallel servers need to overtake"),
        }
    }
}

/// Why the recursion does not cover a line; empty when it does.
///
/// With `c` servers at a station, departure `k` is the `k`-th completion in order of time. It is known once parts up
/// to `k + c - 1` have started, so each such station runs `c - 1` parts behind the one before. The order of
/// evaluation closes in a circle where a start there needs a departure that waits for the same completion: with blocking
/// before service when `c >= 2 + b` for the next station's `b` places, and under CONWIP when fewer than
/// `1 + sum (c - 1)` parts are let in.
#[must_use]
pub fn reasons(line: &Line) -> Vec<Reason> {
    let mut found = Vec::new();
    match &line.arrivals {
        Arrivals::Saturated => {}
        Arrivals::Renewal(_) => {
            if line.stations.first().is_some_and(|s| s.buffer.is_some()) {
                found.push(Reason::PartsMayBeLost);
            }
        }
        Arrivals::Finite { .. } => found.push(Reason::FinitePopulation),
    }
    for (station, s) in line.stations.iter().enumerate().filter(|(_, s)| s.servers > 1) {
        if s.breakdown.is_some() {
            found.push(Reason::BreakdownsOfParallelServers { station });
        }
        let next = line.stations.get(station + 1).and_then(|n| n.buffer);
        if line.blocking == Blocking::BeforeService && next.is_some_and(|b| s.servers >= b.saturating_add(2)) {
            found.push(Reason::OvertakingWithReservations { station });
        }
    }
    let behind: u64 = line.stations.iter().map(|s| u64::from(s.servers.saturating_sub(1))).sum();
    if line.conwip.is_some_and(|most| u64::from(most) < 1 + behind) {
        found.push(Reason::TightRelease);
    }
    found
}

/// Whether nothing but times, buffers and learning shapes the line: one server each, always up and open.
#[must_use]
pub(crate) fn is_plain(line: &Line) -> bool {
    line.conwip.is_none()
        && !is_interrupted(line)
        && line.stations.iter().all(|s| s.servers == 1 && s.breakdown.is_none() && s.supply.is_none())
}

/// Whether the line as a whole is closed at times.
#[must_use]
pub(super) fn is_interrupted(line: &Line) -> bool {
    line.shifts.is_some() || !line.closed.is_empty() || !line.stops.is_empty()
}
