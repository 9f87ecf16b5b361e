//! What would change the answer: gates, open questions, options.

use crate::ids::*;
use crate::results::Status;
use crate::results::resilience::{Exposure, Resilience};
use units::{Date, Money};

/// The decision page as data.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// How it ended.
    pub status: Status,
    /// What the evidence supports now.
    pub answer: Answer,
    /// Why, in sentences that cite numbers of the tables.
    pub reasons: Vec<String>,
    /// The ring as it is, evaluated in the same way as options and questions.
    pub base: Value,
    /// Gates in order.
    pub gates: Vec<GateState>,
    /// Readiness of the sites in use, in table order.
    pub readiness: Vec<SiteReadiness>,
    /// What single stops do to the plan; none without a plan, or when it delivers nothing in its last weeks.
    pub resilience: Option<Resilience>,
    /// First articles that the plan makes due.
    pub first_articles: Vec<FirstArticle>,
    /// Open questions, the one with the largest effect first.
    pub questions: Vec<QuestionEffect>,
    /// Options, in the order they are named.
    pub options: Vec<OptionValue>,
    /// Alternatives over sampled futures; none when none were asked for or the ring cannot be planned.
    pub analysis: Option<Analysis>,
}

/// What the evidence supports now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Answer {
    /// Every customer's minimum is met and no open question can change that.
    Go,
    /// It can be done as planned, but an open question can change that: ask first.
    AskFirst,
    /// Only part of it holds: start with a pilot.
    Pilot,
    /// It cannot be done as the ring stands.
    Stop,
}

impl Answer {
    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Go => "go",
            Self::AskFirst => "ask first",
            Self::Pilot => "pilot",
            Self::Stop => "stop",
        }
    }
}

/// What a version of the ring is worth, as the plan sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// All costs, penalties included.
    pub cost: Money,
    /// Costs without backlog and unmet draws.
    pub cash: Money,
    /// Share of replenishment and draws met by the end of the horizon.
    pub served: f64,
    /// First period from which on the rate asked for is reached; none when never.
    pub rate_period: Option<PeriodId>,
    /// Share of each customer's replenishment handed over by the end of the horizon, in the order of customers; 1 for one who
    /// asks for none. Empty when nothing is planned.
    pub customers: Vec<f64>,
    /// What one simulated run of its programme gives; none where none was asked for, or it cannot be run.
    pub simulated: Option<Simulated>,
}

/// What one simulated run of a programme gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// Costs as planned, with the penalties for what the run hands over late or never instead of those planned.
    pub cost: Money,
    /// Share of replenishment and draws met by the end of the horizon.
    pub served: f64,
    /// Share of each customer's replenishment handed over by the end of the horizon, as in [`Value::customers`].
    pub customers: Vec<f64>,
}

/// Where a gate stands.
#[derive(Debug, Clone, PartialEq)]
pub struct GateState {
    /// The gate.
    pub gate: GateId,
    /// Evidence accepted.
    pub accepted: usize,
    /// Evidence asked for.
    pub asked: usize,
    /// How far it is.
    pub stage: GateStage,
    /// Evidence not yet accepted, in table order.
    pub open: Vec<GateEvidenceId>,
    /// Evidence that blocks it, the earliest due first.
    pub blocking: Option<GateEvidenceId>,
    /// Last day any of its open evidence is due.
    pub due: Option<Date>,
    /// The decision that holds: the last on record.
    pub decision: Option<GateDecisionId>,
    /// True when the sites in use have the readiness it asks for, or it asks for none.
    pub is_ready: bool,
}

impl GateState {
    /// True when it is passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.stage == GateStage::Passed
    }
}

/// How far a gate is, docs/decide.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateStage {
    /// Evidence, readiness or an earlier gate is missing.
    Open,
    /// Everything is there: it may be decided.
    Decidable,
    /// Decided `go` by distinct signers, with everything there.
    Passed,
    /// Decided to wait for something.
    Waiting,
    /// Decided to do its work again.
    Rework,
    /// Decided not to go on.
    Stopped,
}

impl GateStage {
    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Decidable => "to be decided",
            Self::Passed => "passed",
            Self::Waiting => "waiting",
            Self::Rework => "rework",
            Self::Stopped => "stopped",
        }
    }
}

/// Manufacturing readiness of a site in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteReadiness {
    /// The site.
    pub site: SiteId,
    /// Level per thread, in the order of the threads; none where it is not assessed.
    pub levels: Vec<Option<i64>>,
    /// The least level; none while a thread is not assessed.
    pub least: Option<i64>,
}

/// Why a first article is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArticleCause {
    /// The first lines of their kind at the site.
    Site,
    /// A further line with tooling of its own.
    Tooling,
    /// A revision becomes effective.
    Revision(RevisionId),
    /// Production pauses for longer than the ring allows.
    Lapse,
}

impl ArticleCause {
    /// As shown to a reader.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Tooling => "tooling",
            Self::Revision(_) => "revision",
            Self::Lapse => "lapse",
        }
    }
}

/// A first article that is due; sorted by fields in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FirstArticle {
    /// Period in which it is made: of the first piece, or the first that is made differently.
    pub period: PeriodId,
    /// Site, item of the line and line type.
    pub capability: CapabilityId,
    /// The item it is made of: the line's own, or one made within it.
    pub item: ItemId,
    /// Why.
    pub cause: ArticleCause,
    /// Lines it is due on.
    pub lines: i64,
}

impl FirstArticle {
    /// True for a whole article, false for a partial one of what differs.
    #[must_use]
    pub fn is_full(&self) -> bool {
        matches!(self.cause, ArticleCause::Site | ArticleCause::Lapse)
    }
}

/// What one open question can change, one at a time, all else at its mode.
#[derive(Debug, Clone, PartialEq)]
pub struct QuestionEffect {
    /// The assumption.
    pub assumption: AssumptionId,
    /// Value with the assumption at its low end; none when the ring cannot then be planned.
    pub low: Option<Value>,
    /// Value with it at its high end.
    pub high: Option<Value>,
    /// Largest change of cost against the base, over both ends.
    pub cost_swing: Money,
    /// Largest change of the share served, over both ends.
    pub served_swing: f64,
    /// True when the answer differs at one end.
    pub flips: bool,
}

/// An option evaluated.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionValue {
    /// Name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its value; none when it cannot be planned.
    pub value: Option<Value>,
    /// Cost below which it is proven that no plan of it can come; none when it cannot be planned.
    pub bound: Option<Money>,
    /// What single stops do to it; none when it cannot be planned, or delivers nothing in its last weeks.
    pub exposure: Option<Exposure>,
    /// Why not, when it cannot.
    pub refusal: String,
}

/// What every alternative costs in sampled futures, and what knowing beforehand would save.
///
/// Costs are those of [`Value::cost`], penalties included. A future gives every question a value of its range at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// Seed of the futures; future `k` is a pure function of it and `k`.
    pub seed: u64,
    /// Alternatives: the ring as planned, then the options that can be planned, without those left behind.
    pub alternatives: Vec<AlternativeWorth>,
    /// Alternatives left out of later futures, in the order they left.
    pub left_behind: Vec<LeftBehind>,
    /// The futures in rising order of their index; one that could not be valued for every alternative is left out.
    pub futures: Vec<Future>,
    /// Futures left out.
    pub futures_left: usize,
    /// What doing nothing costs, in penalties alone; for comparison, since only the penalties say what a piece is worth.
    pub nothing: Option<Money>,
    /// Place of the alternative of least mean cost.
    pub best: usize,
    /// Place of the alternative of least mean simulated cost; none where too few futures were simulated.
    pub simulated_best: Option<usize>,
    /// Expected value of perfect information.
    pub perfect: Worth,
    /// What an answer to each question is worth, the largest first.
    pub knowing: Vec<Knowing>,
    /// What to ask, one after the other, as long as each pays.
    pub asking: Vec<Asking>,
    /// Options with time: now first, then each step of asking, then pilots of rising size.
    pub strategies: Vec<Strategy>,
    /// Where along one question another alternative becomes the cheapest on average, in the order of `knowing`.
    pub flips: Vec<BreakEven>,
    /// How each question moves the cost as planned, the strongest first; empty where nothing was screened.
    pub screening: Vec<Screened>,
    /// Shares of the variance of the cost as planned, of the questions that screening found strongest.
    pub shares: Vec<VarianceShare>,
}

impl Analysis {
    /// The futures that were simulated for every alternative.
    pub fn simulated(&self) -> impl Iterator<Item = &Future> {
        self.futures.iter().filter(|future| !future.simulated.is_empty())
    }
}

/// An amount found by sampling, with its standard error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    /// Amount.
    pub value: Money,
    /// Standard error.
    pub error: Money,
}

/// What one alternative costs over the futures.
#[derive(Debug, Clone, PartialEq)]
pub struct AlternativeWorth {
    /// Name of the option; empty for the ring as planned.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Mean cost.
    pub mean: Worth,
    /// Cost that one future in twenty falls below.
    pub low: Money,
    /// Cost that one future in twenty exceeds.
    pub high: Money,
    /// Mean cost of the worst twentieth.
    pub tail: Money,
    /// Mean of cost less the least cost of any alternative in the same future.
    pub regret: Money,
    /// Largest of these.
    pub regret_max: Money,
    /// Share of futures in which no alternative costs less.
    pub best_share: f64,
    /// Share of futures in which the whole task is done, docs/decide.md.
    pub whole_share: f64,
    /// Share of futures in which each customer gets its contractual minimum, in the order of customers.
    pub minimum_shares: Vec<f64>,
    /// Mean share served in the twentieth of the futures in which it is least.
    pub served_tail: f64,
    /// What it comes to in the futures that were simulated; none where these are too few.
    pub simulated: Option<SimulatedWorth>,
}

/// What an alternative comes to over the futures that were simulated.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulatedWorth {
    /// Mean simulated cost.
    pub mean: Worth,
    /// Mean of simulated less planned cost in the same futures.
    pub more: Worth,
    /// Mean share served.
    pub served: f64,
    /// Share of these futures in which the whole task is done.
    pub whole_share: f64,
    /// Share of these futures in which each customer gets its contractual minimum, in the order of customers.
    pub minimum_shares: Vec<f64>,
}

/// An alternative left out of later futures, docs/decide.md: dearer on average by more than chance, and never the cheapest.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftBehind {
    /// Name of the option.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its cost in the first of the futures, as many as it was valued in.
    pub costs: Vec<Money>,
    /// What it costs more in them, on average, than the alternative that costs least in them on average.
    pub behind: Worth,
}

/// One future.
#[derive(Debug, Clone, PartialEq)]
pub struct Future {
    /// Index in the sequence of futures.
    pub index: usize,
    /// Cost of each alternative.
    pub costs: Vec<Money>,
    /// Share served by each alternative.
    pub served: Vec<f64>,
    /// Share of each customer's replenishment handed over by each alternative: alternatives x customers.
    pub customers: Vec<Vec<f64>>,
    /// One simulated run of each alternative, all with the same random numbers; empty where not all of them were run.
    pub simulated: Vec<Simulated>,
}

/// What the answer to one question is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knowing {
    /// The question, by the assumption it is named after.
    pub assumption: AssumptionId,
    /// Expected value of perfect information on it (EVPPI).
    pub worth: Worth,
    /// What asking costs, all numbers of the question together; nothing where no cost is given.
    pub price: Money,
    /// Share of the variance of the cost as planned that it brings alone.
    pub share: f64,
}

/// One step of asking.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asking {
    /// The question asked in this step.
    pub assumption: AssumptionId,
    /// What all answers up to this step are worth together.
    pub together: Worth,
    /// What asking them costs together.
    pub price: Money,
    /// Longest time to find out of those asked so far, days, where given.
    pub days: Option<i64>,
}

/// When to decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// At once.
    Now,
    /// After the answers to so many first steps of asking.
    Ask(usize),
    /// After a pilot of so many units.
    Pilot(u32),
}

/// Deciding at some time: what is known by then saves, and what getting it and waiting for it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strategy {
    /// When.
    pub timing: Timing,
    /// What choosing by what is known then saves against choosing now.
    pub saves: Worth,
    /// What asking costs.
    pub price: Money,
    /// Days until the decision; none where it is not known how long it takes.
    pub days: Option<i64>,
    /// What waiting adds to the cost of the best alternative, negative where later is cheaper; none where the days are not
    /// known or it cannot be planned.
    pub delay: Option<Money>,
}

impl Strategy {
    /// What deciding then gains against deciding now; none where the cost of waiting is not known.
    #[must_use]
    pub fn gain(&self) -> Option<Money> {
        Some(self.saves.value - self.price - self.delay?)
    }
}

/// A value of a question at which the alternative of least mean cost changes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BreakEven {
    /// The question.
    pub assumption: AssumptionId,
    /// Value of the number it is named after; days since 1970-01-01 for dates.
    pub at: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Place of the best alternative below.
    pub below: usize,
    /// Place of the best alternative above.
    pub above: usize,
}

/// Elementary effects of one question on the cost as planned, per full range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Screened {
    /// The question.
    pub assumption: AssumptionId,
    /// Mean absolute effect: estimate, lower and upper end of its 95 % interval.
    pub strength: [Money; 3],
    /// Mean effect: its sign tells which end costs more.
    pub mean: Money,
    /// Standard deviation of the effects: how much that depends on the other questions, or on where it stands.
    pub spread: Money,
}

/// Sobol' indices of one question for the cost as planned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct VarianceShare {
    /// The question.
    pub assumption: AssumptionId,
    /// First-order index: estimate, lower and upper end of its 95 % interval.
    pub first: [f64; 3],
    /// Total index, likewise.
    pub total: [f64; 3],
}
