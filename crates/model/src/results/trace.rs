//! One replication, visit by visit: what a Gantt chart of a site's day and a unit's passport are drawn from.

use crate::ids::*;
use units::Minutes;

/// Every visit of one replication.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    /// Seed of the experiment.
    pub seed: u64,
    /// Index of the replication, from 0.
    pub index: u64,
    /// The lines, by the numbers that the visits name.
    pub lines: Vec<TracedLine>,
    /// By site, when it worked: from and to, in calendar minutes since the first day, by time; empty where it has no line.
    pub open: Vec<Vec<(Minutes, Minutes)>>,
    /// The visits, in the order they began.
    pub visits: Vec<Visit>,
}

/// A line of the programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TracedLine {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the option.
    pub option: usize,
}

/// A piece at a station. Times are calendar minutes since the first day of the horizon; none where the horizon ends before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Visit {
    /// The line, by its place in [`Trace::lines`].
    pub line: usize,
    /// The piece: its number on the line, from 1.
    pub piece: u64,
    /// Station, from 0.
    pub station: usize,
    /// Copy of the station, from 0.
    pub copy: usize,
    /// The period it came in.
    pub period: PeriodId,
    /// It comes to the station.
    pub arrived: Minutes,
    /// Its components are there and work begins.
    pub begun: Option<Minutes>,
    /// Its work is done; repairs, absence and stops lie between.
    pub done: Option<Minutes>,
    /// It leaves the station.
    pub left: Option<Minutes>,
}
