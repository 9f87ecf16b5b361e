//! What a planner asks of a simulation: backlog, time to rate, bottlenecks, work in process, stops of one place, and
//! what one more of something is worth.

use crate::ids::*;
use crate::tables::outages::Target;
use units::Quantity;

/// Pieces of replenishment that a customer has asked for and not got, at the end of one period.
#[derive(Debug, Clone, PartialEq)]
pub struct BacklogFan {
    /// The customer.
    pub customer: CustomerId,
    /// The item.
    pub item: ItemId,
    /// Period.
    pub period: PeriodId,
    /// Mean over replications, pieces.
    pub mean: f64,
    /// Half width of the 95 % confidence interval of the mean.
    pub half_width: f64,
    /// 10 % quantile over replications (smallest sample with at least that share at or below it).
    pub p10: Quantity,
    /// Median.
    pub p50: Quantity,
    /// 90 % quantile.
    pub p90: Quantity,
}

/// When the finished pieces of the product reach the rate asked for (`rules::rate`).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateReached {
    /// Share of replications in which it is reached within the horizon.
    pub share: f64,
    /// Period by which 10 % of the replications have reached it; none when fewer ever do.
    pub p10: Option<PeriodId>,
    /// Period by which half of them have.
    pub p50: Option<PeriodId>,
    /// Period by which 90 % have.
    pub p90: Option<PeriodId>,
}

/// The station that holds up the lines of one kind most in one period, and what its time went to.
///
/// It is the one that is blocked and starved for the smallest share of its time: it waits for its neighbours least.
/// Shares are of its scheduled time since its lines were set up; they sum to 1.
///
/// # Source
/// L. Li, Q. Chang, J. Ni (2009), Data driven bottleneck detection of manufacturing systems, International Journal of
/// Production Research 47(18): blocked and starved times tell where a line turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Bottleneck {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the option.
    pub option: usize,
    /// Period.
    pub period: PeriodId,
    /// Station, from 0.
    pub station: usize,
    /// Share of the replications in which it was this station.
    pub often: f64,
    /// Pieces it finished in the period, mean over replications.
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
    /// Stopped by alarms.
    pub alarm: f64,
    /// Stopped by power cuts.
    pub power: f64,
    /// Stopped by outages at the user's rate.
    pub outage: f64,
    /// Closed by dated outages, as the plan knows.
    pub closed: f64,
}

/// Pieces between their start and their end on the lines of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct InProcess {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the option.
    pub option: usize,
    /// Pieces on the lines over the horizon, mean over time and replications.
    pub pieces: f64,
    /// Half width of the 95 % confidence interval of that mean.
    pub half_width: f64,
    /// Pieces started a day of the horizon, mean over replications.
    pub started_day: f64,
    /// Days a piece is on its line, those still there at the end counted until then; `pieces = started_day * days`.
    pub days: f64,
}

/// Days until something happens, over replications.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// 10 % quantile; none when it happens within the horizon in fewer replications.
    pub p10: Option<i64>,
    /// Median.
    pub p50: Option<i64>,
    /// 90 % quantile.
    pub p90: Option<i64>,
}

/// What happens to customers when one site, supplier or lane stops, against the same replications without the stop.
///
/// # Source
/// D. Simchi-Levi, W. Schmidt, Y. Wei (2014), From superstorms to factory fires: time to recover and time to survive,
/// Harvard Business Review 92(1-2); here by simulation, so both are distributions.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeStop {
    /// What stops.
    pub node: Target,
    /// The period with whose first day the stop begins.
    pub from: PeriodId,
    /// Days from the beginning of a stop without end until the first period that ends with fewer pieces at a customer.
    pub survive: Days,
    /// Share of the replications in which no customer gets less within the horizon.
    pub survives: f64,
    /// Days of a stop that ends; none where nobody has said how long one lasts, and the rest is then without meaning.
    pub days: Option<i64>,
    /// Days from the end of that stop until customers have what they would have had, and keep it.
    pub recover: Days,
    /// Share of the replications in which they have within the horizon.
    pub recovers: f64,
    /// Pieces of the product not finished by the end for that stop, mean.
    pub lost: f64,
    /// Half width of the 95 % confidence interval of that mean.
    pub half_width: f64,
}

/// One more of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// A place for a piece before a station of all lines of a kind: capability, option, station from 0.
    Place(CapabilityId, usize, usize),
    /// A person of a skill at a site, from the first day on.
    Person(SiteId, SkillId),
    /// A copy of a station, with its crew, on each line of a kind: capability, option, station from 0.
    Copy(CapabilityId, usize, usize),
    /// What one piece of the product takes of a component, in stock at a site from the first day on.
    Kit(SiteId, Component),
}

/// What one more of something is worth: the same replications with and without it.
#[derive(Debug, Clone, PartialEq)]
pub struct OneMore {
    /// What.
    pub extra: Extra,
    /// Pieces of the product finished more by the end, mean over replications.
    pub finished: f64,
    /// Half width of the 95 % confidence interval of that mean.
    pub half_width: f64,
    /// Piece-days that replenishment is late less, mean over replications.
    pub late_less: f64,
    /// Half width of its interval.
    pub late_half_width: f64,
}

/// What was counted over all replications, where more ran than are kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Counted {
    /// By fan: cumulative deliveries and in how many replications they were so many, rising.
    pub deliveries: Vec<Vec<(i64, u64)>>,
    /// By cause: sums of thousandths of lost pieces.
    pub lost: Vec<Sums>,
    /// By period, and at last never: in how many replications the rate was reached in it.
    pub rate: Vec<u64>,
}

/// Exact sums of whole numbers: they do not depend on the order of adding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many numbers.
    pub n: u64,
    /// Their sum.
    pub sum: i128,
    /// The sum of their squares.
    pub squares: i128,
}

impl Sums {
    /// Adds a number.
    pub fn add(&mut self, x: i64) {
        self.n += 1;
        self.sum += i128::from(x);
        self.squares += i128::from(x) * i128::from(x);
    }

    /// Adds the numbers of another.
    pub fn merge(&mut self, other: &Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }
}
