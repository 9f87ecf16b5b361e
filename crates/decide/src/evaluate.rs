//! What the decision asks of the rest: the value of the ring with some numbers changed.

use diag::Diagnostic;
use model::Address;
use model::ids::SiteId;
use model::results::decision::Value;
use model::results::resilience::Exposure;
use units::Money;

/// Whose sites and lines stay while the rest of the programme follows a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kept {
    /// Those of the ring as planned.
    Base,
    /// Those of an option, by the order in which options were settled.
    Option(usize),
    /// None at all: nothing is made.
    Nothing,
}

/// One version of the ring to put a value on.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What changes, in order; empty means the ring as it is.
    pub changes: Vec<(Address, String)>,
    /// What stays; flows, orders, people and deliveries follow. That is what a surprise costs.
    pub kept: Kept,
    /// The replication that its programme is simulated in, too; cases of one replication share their random numbers.
    pub replication: Option<u32>,
}

/// The value of a version of the ring, or every reason why it cannot be planned.
pub type Evaluation = Result<Value, Vec<Diagnostic>>;

/// An option planned anew.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled {
    /// What it is worth.
    pub value: Value,
    /// Cost below which it is proven that no plan of it can come.
    pub bound: Money,
    /// What single stops do to it; none when it delivers nothing in its last weeks.
    pub exposure: Option<Exposure>,
}

/// A pilot as planned: the first units of the ring's own programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pilot {
    /// Days from the start until the last of its units is made.
    pub days: i64,
    /// Sites that make anything until then.
    pub sites: Vec<SiteId>,
}

/// Puts a value on versions of the ring.
pub trait Evaluate {
    /// The value of the ring with these changes.
    ///
    /// # Errors
    /// The faults of the changed ring, or why it cannot be planned.
    fn evaluate(&mut self, case: &Case) -> Evaluation;

    /// Plans options anew, each the ring with its changes, and keeps what was found for [`Kept::Option`]: what a choice is
    /// worth. Indices go on from those settled before; an option that cannot be planned takes one too.
    fn settle(&mut self, options: &[Vec<(Address, String)>]) -> Vec<Result<Settled, Vec<Diagnostic>>>;

    /// The pilot of so many units; none when so many are never made or nobody can say.
    fn pilot(&mut self, _units: u32) -> Option<Pilot> {
        None
    }

    /// The values of several versions, in their order; they do not depend on each other, so that they may be found side by side.
    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        cases.iter().map(|case| self.evaluate(case)).collect()
    }

    /// The same for versions that lie close, such as futures, where each may be found from the one before it that keeps the same.
    ///
    /// Of programmes of one cost, which one a value is of may then depend on the list.
    fn evaluate_close(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        self.evaluate_all(cases)
    }
}
