//! What a plain line is: stations, buffers, arrivals, breakdowns, shifts; and what is wrong with one.

use chance::Distribution;
use std::fmt;

/// Stations in series. All times are in one unit of the caller's choice.
#[derive(Debug, Clone)]
pub struct Line {
    /// The stations in the order a part visits them, at least one.
    pub stations: Vec<Station>,
    /// Where parts come from.
    pub arrivals: Arrivals,
    /// What a full buffer holds up.
    pub blocking: Blocking,
    /// When the line works; always when absent.
    pub shifts: Option<Shifts>,
    /// Dated windows `start < end` in which the whole line stands still, in order, not touching each other: an outage,
    /// and what a recovery staircase leaves closed of each shift.
    pub closed: Vec<(f64, f64)>,
    /// What stops the whole line again and again: alarms, power.
    pub stops: Vec<Stoppage>,
    /// CONWIP: no part is started while so many are between their start at the first station and their departure;
    /// no limit when absent.
    pub conwip: Option<u32>,
    /// Clock ticks per time unit, at least 1; times are rounded to ticks.
    pub ticks_per_unit: f64,
}

/// One station of a line.
#[derive(Debug, Clone)]
pub struct Station {
    /// The time one server takes for one part.
    pub time: Distribution,
    /// Factors on the time of the first, second, ... part started; the last one holds for all later parts.
    /// Empty for none. A learning curve, computed by its rule, goes here.
    pub factors: Vec<f64>,
    /// Identical servers side by side, at least 1.
    pub servers: u32,
    /// Places in front of the station, besides the servers; unlimited when absent.
    pub buffer: Option<u32>,
    /// How each server breaks down; never when absent.
    pub breakdown: Option<Breakdown>,
    /// Where kits come from, one for each part; always there when absent.
    pub supply: Option<Supply>,
}

/// How kits reach a station. A server takes the kit when it has the part, and waits for it otherwise.
#[derive(Debug, Clone)]
pub enum Supply {
    /// So many kits at first; whenever one is taken, one is ordered.
    BaseStock {
        /// Kits in stock or on order, at least 1.
        stock: u32,
        /// From order to delivery; deliveries do not overtake each other.
        lead: Distribution,
    },
    /// Lots of kits, one lot this long after the one before, whether there is need or not.
    Deliveries {
        /// From lot to lot.
        between: Distribution,
        /// Kits in a lot, at least 1.
        lot: u32,
    },
}

/// An alternating process that stops the whole line: open, closed, open, ...; it starts open.
#[derive(Debug, Clone)]
pub struct Stoppage {
    /// How long the line is open.
    pub open: Distribution,
    /// How long it is closed.
    pub closed: Distribution,
}

/// How a server breaks down and is repaired; work resumes where it stopped.
#[derive(Debug, Clone)]
pub struct Breakdown {
    /// What the time to failure counts.
    pub clock: BreakdownClock,
    /// Time to failure after start or repair.
    pub up: Distribution,
    /// Time to repair, on the calendar (also outside shifts).
    pub down: Distribution,
}

/// What brings a failure nearer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BreakdownClock {
    /// Calendar time, working or not.
    Time,
    /// Working time of the server only.
    Operation,
}

/// Where parts come from.
#[derive(Debug, Clone)]
pub enum Arrivals {
    /// The first station never waits for a part.
    Saturated,
    /// One part at a time, this long after the one before; lost when the first station is full.
    Renewal(Distribution),
    /// A fixed number of customers, each back this long after its departure.
    Finite {
        /// How many there are, at least 1.
        population: u32,
        /// Time from departure to the next arrival.
        away: Distribution,
    },
}

/// What happens when the next buffer is full.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blocking {
    /// The server works, then holds the finished part until there is a place for it.
    AfterService,
    /// The server starts only when a place for the finished part is reserved; the part waits on the server.
    BeforeService,
}

/// A cycle of working windows.
#[derive(Debug, Clone)]
pub struct Shifts {
    /// Length of the cycle.
    pub cycle: f64,
    /// Working windows `start < end <= cycle`, in order, not touching each other.
    pub open: Vec<(f64, f64)>,
}

/// How long to simulate.
#[derive(Debug, Clone, Copy)]
pub struct LineOptions {
    /// Time to run before anything is counted.
    pub warm_up: f64,
    /// When to stop counting.
    pub stop: Stop,
}

/// When to stop.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Stop {
    /// This long after the warm-up.
    Time(f64),
    /// After this many departures after the warm-up.
    Departures(u64),
}

/// Something wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The station it is about, counted from 0; the whole line when absent.
    pub station: Option<usize>,
    /// What is wrong.
    pub fact: &'static str,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.station {
            Some(s) => write!(f, "station {}: {}", s + 1, self.fact),
            None => f.write_str(self.fact),
        }
    }
}

impl std::error::Error for Fault {}

impl Station {
    /// A single server that never breaks down.
    #[must_use]
    pub fn single(time: Distribution, buffer: Option<u32>) -> Self {
        Self { time, factors: Vec::new(), servers: 1, buffer, breakdown: None, supply: None }
    }
}

impl Line {
    /// A line whose first station never waits for a part: blocking after service, always open, 10^6 ticks per unit.
    #[must_use]
    pub const fn saturated(stations: Vec<Station>) -> Self {
        Self {
            stations,
            arrivals: Arrivals::Saturated,
            blocking: Blocking::AfterService,
            shifts: None,
            closed: Vec::new(),
            stops: Vec::new(),
            conwip: None,
            ticks_per_unit: 1e6,
        }
    }

    /// All faults, by station, the line's own last.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        for (index, station) in self.stations.iter().enumerate() {
            let mut fault = |fact| {
                found.push(Fault { station: Some(index), fact });
            };
            if station.servers == 0 {
                fault("a station needs at least one server");
            }
            if station.factors.iter().any(|f| !f.is_finite() || *f < 0.0) {
                fault("a factor on the time must be a finite number, not negative");
            }
            if let Some(b) = &station.breakdown
                && b.up.mean() <= 0.0
            {
                fault("the time to failure must be positive on average");
            }
            match &station.supply {
                Some(Supply::BaseStock { stock: 0, .. }) => {
                    fault("no kit ever comes: station waits for kit, kit for an order, order for a kit taken here");
                }
                Some(Supply::Deliveries { lot: 0, .. }) => fault("no kit ever comes: a lot holds none"),
                Some(Supply::Deliveries { between, .. }) if between.mean() <= 0.0 => {
                    fault("the time between lots must be positive on average");
                }
                _ => {}
            }
        }
        let mut fault = |fact| {
            found.push(Fault { station: None, fact });
        };
        if self.stations.is_empty() {
            fault("a line needs at least one station");
        }
        if !(self.ticks_per_unit >= 1.0 && self.ticks_per_unit <= 1e12) {
            fault("ticks per unit must lie in 1..=1e12");
        }
        match &self.arrivals {
            Arrivals::Saturated => {
                let instant = |s: &Station| s.time.mean() <= 0.0;
                if self.stations.iter().all(instant) {
                    fault("parts that never run out need a station that takes time");
                }
            }
            Arrivals::Renewal(between) => {
                if between.mean() <= 0.0 {
                    fault("the time between arrivals must be positive on average");
                }
            }
            Arrivals::Finite { population, away } => {
                if *population == 0 || away.mean() <= 0.0 {
                    fault("a finite population needs somebody, and time away");
                }
            }
        }
        if self.conwip == Some(0) {
            fault("no part ever starts: the first station waits for a departure, the departure for a part");
        }
        if self.stops.iter().any(|s| s.open.mean() <= 0.0) {
            fault("the time between stops must be positive on average");
        }
        let rising = |w: &[(f64, f64)]| {
            let mut at = 0.0;
            w.iter().all(|(start, end)| {
                let good = *start >= at && end > start && end.is_finite();
                at = *end;
                good
            })
        };
        if !rising(&self.closed) {
            fault("dated stops need windows in rising order");
        }
        if let Some(shifts) = &self.shifts {
            let mut at = 0.0;
            let rising = shifts.open.iter().all(|(start, end)| {
                let good = *start >= at && end > start && *end <= shifts.cycle;
                at = *end;
                good
            });
            if shifts.open.is_empty() || !rising || !shifts.cycle.is_finite() {
                fault("shifts need windows in rising order inside the cycle");
            }
        }
        found
    }
}
