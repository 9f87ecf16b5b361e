//! What simulation saw: samples, and summaries that follow from them.

use super::answers::{BacklogFan, Bottleneck, Counted, InProcess, NodeStop, OneMore, RateReached};
use crate::ids::*;
use crate::results::Status;
use units::{Minutes, Quantity};

/// The result of simulating a programme.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// How it ended: `Optimal` when all replications ran, else what cut it.
    pub status: Status,
    /// Seed of the experiment.
    pub seed: u64,
    /// Replications that ran.
    pub runs: u64,
    /// What each of the first replications saw, at most [`Evidence::KEPT`].
    pub replications: Vec<Replication>,
    /// What was counted over all replications, where more ran than are kept; the summaries below follow from it, else
    /// from the replications.
    pub counted: Option<Counted>,
    /// Cumulative deliveries per customer, item and period.
    pub fans: Vec<Fan>,
    /// Lost pieces of the product by cause, over the horizon.
    pub lost: Vec<LostSummary>,
    /// Where time goes at each station, means over replications.
    pub stations: Vec<StationUse>,
    /// What customers have asked for and not got, in the order of the fans.
    pub backlog: Vec<BacklogFan>,
    /// When the rate asked for is reached.
    pub rate: RateReached,
    /// By kind of line and period in which one was set up: the station that held it up most.
    pub bottlenecks: Vec<Bottleneck>,
    /// Work in process by kind of line.
    pub in_process: Vec<InProcess>,
    /// What the stop of one place does; empty unless asked for.
    pub stops: Vec<NodeStop>,
    /// What one more of something is worth; empty unless asked for.
    pub worth: Vec<OneMore>,
    /// Station visits simulated in all.
    pub station_visits: u64,
    /// What the reader should know, in sentences.
    pub notes: Vec<String>,
}

/// What one replication saw.
#[derive(Debug, Clone, PartialEq)]
pub struct Replication {
    /// Index, from 0; with the seed it fixes every draw.
    pub index: u64,
    /// Pieces of the product started.
    pub started: i64,
    /// Finished and counted (first articles apart).
    pub finished: i64,
    /// Scrapped.
    pub scrapped: i64,
    /// Still in work at the end. `started = finished + first_articles + scrapped + in_process`.
    pub in_process: i64,
    /// First articles made; they are not output.
    pub first_articles: i64,
    /// Pieces that reached each customer per period, in the order of [`Evidence::series`].
    pub delivered: Vec<Vec<i64>>,
    /// Exercise draws met, in exercise order.
    pub draws_met: Vec<i64>,
    /// Pieces of the product lost against the programme, by cause in the order of [`Cause::ALL`]; sums to planned minus finished.
    pub lost: Vec<Quantity>,
    /// First period from which on the finished pieces of the product reached the rate asked for (`rules::rate`); none when never.
    pub rate_reached: Option<PeriodId>,
}

/// Why pieces of the product that the programme planned were not finished by the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// Sites stopped by outages, recovery included.
    Outage,
    /// Alarms.
    Alarm,
    /// Power.
    Power,
    /// Equipment broken down.
    Breakdown,
    /// People absent.
    Absence,
    /// Parts not there.
    Parts,
    /// Sub-assemblies not there or on the way.
    SubAssembly,
    /// Learning slower or faster than planned (may be negative).
    Learning,
    /// Rework and scrap beyond the plan's allowance.
    Quality,
    /// Spread, blocking and starving on the line, and what no other cause takes.
    Variability,
}

impl Cause {
    /// All causes, in the order they are listed.
    pub const ALL: [Self; 10] = [
        Self::Outage,
        Self::Alarm,
        Self::Power,
        Self::Breakdown,
        Self::Absence,
        Self::Parts,
        Self::SubAssembly,
        Self::Learning,
        Self::Quality,
        Self::Variability,
    ];

    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Outage => "outage",
            Self::Alarm => "alarm",
            Self::Power => "power",
            Self::Breakdown => "breakdown",
            Self::Absence => "absence",
            Self::Parts => "missing parts",
            Self::SubAssembly => "missing sub-assemblies",
            Self::Learning => "learning",
            Self::Quality => "rework and scrap",
            Self::Variability => "variability",
        }
    }
}

impl Evidence {
    /// Replications that are kept one by one.
    pub const KEPT: usize = 1_000;

    /// The customer and item of each series of `delivered`: those with demand or exercises, customers first.
    #[must_use]
    pub fn series(ring: &crate::Ring) -> Vec<(CustomerId, ItemId)> {
        let demand = ring.demand.iter().map(|d| (d.customer, d.item));
        let exercises = ring.exercises.iter().map(|e| (e.customer, e.item));
        let mut series: Vec<_> = demand.chain(exercises).collect();
        series.sort_unstable();
        series.dedup();
        series
    }
}

/// Cumulative deliveries to one customer at the end of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct Fan {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Period.
    pub period: PeriodId,
    /// Mean over replications.
    pub mean: f64,
    /// Half width of the 95 % confidence interval of the mean (Student t); zero with one replication.
    pub half_width: f64,
    /// 10 % quantile over replications (smallest sample with at least that share at or below it).
    pub p10: i64,
    /// Median, by the same rule.
    pub p50: i64,
    /// 90 % quantile.
    pub p90: i64,
    /// Share of replications in which nothing was late at the end of the period: cumulative deliveries at least
    /// cumulative replenishment demand (exercise pools apart). One where there is no replenishment.
    pub on_time: f64,
}

/// Lost pieces of one cause.
#[derive(Debug, Clone, PartialEq)]
pub struct LostSummary {
    /// Cause.
    pub cause: Cause,
    /// Mean over replications.
    pub mean: f64,
    /// Half width of the 95 % confidence interval of the mean.
    pub half_width: f64,
}

/// Where time goes at one station, as shares of the time its line was set up and staffed; they sum to 1.
#[derive(Debug, Clone, PartialEq)]
pub struct StationUse {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the option.
    pub option: usize,
    /// Station, from 0.
    pub station: usize,
    /// Pieces it finished, mean over replications.
    pub pieces: f64,
    /// Working, rework included.
    pub working: f64,
    /// Finished and unable to pass the piece on.
    pub blocked: f64,
    /// No piece to work on.
    pub starved: f64,
    /// Waiting for parts or sub-assemblies.
    pub waiting_parts: f64,
    /// Waiting for people.
    pub waiting_people: f64,
    /// Broken down.
    pub down: f64,
    /// Stopped by alarm, power or outage in working time.
    pub stopped: f64,
    /// Minutes these shares are of, mean over replications.
    pub minutes: Minutes,
}
