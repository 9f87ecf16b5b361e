//! A checked line with its distributions compiled, shared by all replications and by both engines.

use super::model::{Arrivals, Fault, Line, Supply};
use super::ticks::whole;
use chance::{Distribution, Keyed, Lookup, Source};

/// What a draw is for. The entity is the station for services and supply, the server for breakdowns, the stoppage for
/// stops; the index counts parts, failures, kits.
pub(crate) mod purpose {
    pub(crate) const SERVICE: u16 = 1;
    pub(crate) const ARRIVAL: u16 = 2;
    pub(crate) const UP: u16 = 3;
    pub(crate) const DOWN: u16 = 4;
    pub(crate) const SUPPLY: u16 = 5;
    pub(crate) const OPEN: u16 = 6;
    pub(crate) const CLOSED: u16 = 7;
}

/// A line without faults, ready to run. Times in its tables are in ticks.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(crate) line: Line,
    pub(crate) tables: Vec<Lookup>,
    /// Of each station.
    pub(crate) service: Vec<Table>,
    /// Of each station: times to failure and to repair.
    pub(crate) breakdown: Vec<Option<(Table, Table)>>,
    /// Of each station: lead time, or time between lots.
    pub(crate) supply: Vec<Option<Table>>,
    pub(crate) arrival: Option<Table>,
    /// Of each stoppage: open, closed.
    pub(crate) stops: Vec<(Table, Table)>,
    /// The first server of each station.
    pub(crate) first_server: Vec<u32>,
}

/// Which of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Table(pub(crate) usize);

/// Equal distributions share a table, and with it the cache.
struct Tables {
    known: Vec<Distribution>,
    tables: Vec<Lookup>,
    scale: f64,
}

impl Tables {
    fn of(&mut self, distribution: &Distribution) -> Table {
        let known = self.known.iter().position(|d| d == distribution);
        Table(known.unwrap_or_else(|| {
            self.known.push(distribution.clone());
            self.tables.push(Lookup::new(distribution, self.scale));
            self.tables.len() - 1
        }))
    }
}

impl Prepared {
    /// Checks a line and compiles its distributions.
    ///
    /// # Errors
    /// All faults of the line, when it has any.
    pub fn new(line: &Line) -> Result<Self, Vec<Fault>> {
        let faults = line.faults();
        if !faults.is_empty() {
            return Err(faults);
        }
        let mut tables = Tables { known: Vec::new(), tables: Vec::new(), scale: line.ticks_per_unit };
        let mut servers = 0;
        let first_server = line.stations.iter().map(|s| {
            servers += s.servers;
            servers - s.servers
        });
        Ok(Self {
            first_server: first_server.collect(),
            service: line.stations.iter().map(|s| tables.of(&s.time)).collect(),
            breakdown: line
                .stations
                .iter()
                .map(|s| s.breakdown.as_ref().map(|b| (tables.of(&b.up), tables.of(&b.down))))
                .collect(),
            supply: line
                .stations
                .iter()
                .map(|s| match &s.supply {
                    Some(Supply::BaseStock { lead: d, .. } | Supply::Deliveries { between: d, .. }) => {
                        Some(tables.of(d))
                    }
                    None => None,
                })
                .collect(),
            arrival: match &line.arrivals {
                Arrivals::Saturated => None,
                Arrivals::Renewal(d) | Arrivals::Finite { away: d, .. } => Some(tables.of(d)),
            },
            stops: line.stops.iter().map(|s| (tables.of(&s.open), tables.of(&s.closed))).collect(),
            tables: tables.tables,
            line: line.clone(),
        })
    }

    /// The line it was made from.
    #[must_use]
    pub const fn line(&self) -> &Line {
        &self.line
    }

    /// The draws of one replication, entity and purpose from a table.
    pub(crate) fn draws(&self, table: Table, source: Source, name: (u32, u32, u16)) -> Draws<'_> {
        Draws { table: &self.tables[table.0], key: source.keyed(name.0, name.1, name.2), next: 0 }
    }
}

/// Draws in order from one table under one name.
#[derive(Debug, Clone)]
pub(crate) struct Draws<'a> {
    table: &'a Lookup,
    key: Keyed,
    next: u64,
}

impl Draws<'_> {
    /// The next draw times a factor, in whole ticks.
    #[inline]
    pub(crate) fn ticks(&mut self, factor: f64) -> f64 {
        let index = self.next;
        self.next += 1;
        whole(self.table.draw(self.key, index) * factor)
    }
}
