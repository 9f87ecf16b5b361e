//! Which minute at which station the length of a run hangs on: the chain of events that ends with the last departure.

use super::model::{Arrivals, Blocking};
use super::prepare::{Prepared, purpose};
use super::ticks::factor;
use chance::Source;

/// The makespan of a run, split over what it was spent on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Makespan {
    /// When the last part left, in ticks.
    pub ticks: u64,
    /// Of it, work at each station: also the derivative of the makespan by the logarithm of the station's times, that
    /// is, a time longer by a small share makes the run longer by that share of this.
    pub at_station: Vec<u64>,
    /// Of it, waiting for the next part to arrive from outside.
    pub between_arrivals: u64,
}

impl Prepared {
    /// The makespan of the first `n >= 1` parts of a replication, split so that the parts add up to it exactly.
    ///
    /// `None` for what is not a line of single servers that are always up and open, without kits, CONWIP or loss.
    ///
    /// # Source
    /// Y.-C. Ho, X.-R. Cao (1991), Perturbation analysis of discrete event dynamic systems: infinitesimal perturbation
    /// analysis of a line with blocking. Of two chains that end at the same tick the earlier station's is taken.
    ///
    /// # Cost
    /// `n x stations^2`: each departure carries its split.
    #[must_use]
    pub fn makespan(&self, source: Source, replication: u32, n: usize) -> Option<Makespan> {
        let line = &self.line;
        let lossy = matches!(line.arrivals, Arrivals::Finite { .. })
            || matches!(line.arrivals, Arrivals::Renewal(_)) && line.stations[0].buffer.is_some();
        if lossy || !crate::recursion::is_plain(line) || n == 0 {
            return None;
        }
        let stations = line.stations.len();
        let mut arrival = Chain::new(stations);
        let mut draws: Vec<_> = (0..stations)
            .map(|j| self.draws(self.service[j], source, (replication, j as u32, purpose::SERVICE)))
            .collect();
        let mut between = self.arrival.map(|table| self.draws(table, source, (replication, 0, purpose::ARRIVAL)));
        // Departures of the last so many parts from each station.
        let room: Vec<Option<usize>> =
            line.stations.iter().enumerate().map(|(j, s)| s.buffer.filter(|_| j > 0).map(|b| b as usize + 1)).collect();
        let mut past: Vec<Vec<Chain>> = room.iter().map(|r| vec![Chain::new(stations); r.unwrap_or(1)]).collect();
        let mut at = Chain::new(stations);
        for part in 0..n {
            at.clone_from(&arrival);
            if let Some(draws) = &mut between {
                arrival.spend(stations, draws.ticks(1.0) as u64);
                at.clone_from(&arrival);
            }
            for j in 0..stations {
                let length = past[j].len();
                at.wait_for(&past[j][(part + length - 1) % length]);
                let place = room.get(j + 1).copied().flatten().map(|r| &past[j + 1][part % r]);
                let time = draws[j].ticks(factor(&line.stations[j].factors, part)) as u64;
                if let Some(place) = place
                    && line.blocking == Blocking::BeforeService
                {
                    at.wait_for(place);
                }
                at.spend(j, time);
                if let Some(place) = place
                    && line.blocking == Blocking::AfterService
                {
                    at.wait_for(place);
                }
                past[j][part % length].clone_from(&at);
            }
        }
        let between_arrivals = at.split.pop()?;
        Some(Makespan { ticks: at.time, at_station: at.split, between_arrivals })
    }
}

/// A moment, and what the time until then was spent on along the chain of events that led to it.
#[derive(Debug, Clone)]
struct Chain {
    time: u64,
    /// By station; arrivals last.
    split: Vec<u64>,
}

impl Chain {
    fn new(stations: usize) -> Self {
        Self { time: 0, split: vec![0; stations + 1] }
    }

    /// Goes on when the other has happened too.
    fn wait_for(&mut self, other: &Self) {
        if other.time > self.time {
            self.clone_from(other);
        }
    }

    fn spend(&mut self, on: usize, ticks: u64) {
        self.time += ticks;
        self.split[on] += ticks;
    }
}
