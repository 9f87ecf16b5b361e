//! What would change the answer: gates, open questions, options.

use crate::ids::*;
use crate::results::Status;
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
    /// Open questions, the one with the largest effect first.
    pub questions: Vec<QuestionEffect>,
    /// Options, in the order they are named.
    pub options: Vec<OptionValue>,
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Value {
    /// All costs, penalties included.
    pub cost: Money,
    /// Costs without backlog and unmet draws.
    pub cash: Money,
    /// Share of replenishment and draws met by the end of the horizon.
    pub served: f64,
    /// First period from which on the rate asked for is reached; none when never.
    pub rate_period: Option<PeriodId>,
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
    /// True when all evidence is accepted by distinct signers and every earlier gate is passed.
    pub passed: bool,
    /// Evidence not yet accepted, in table order.
    pub open: Vec<GateEvidenceId>,
    /// Evidence that blocks it, the earliest due first.
    pub blocking: Option<GateEvidenceId>,
    /// Last day any of its open evidence is due.
    pub due: Option<Date>,
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
    /// Why not, when it cannot.
    pub refusal: String,
}
