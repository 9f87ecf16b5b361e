//! What the decision asks of the rest: the value of the ring with some numbers changed.

use diag::Diagnostic;
use model::Address;
use model::results::decision::Value;

/// How much of the programme may follow a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// Sites, lines and people stay as planned; flows, orders and deliveries follow. What a surprise costs.
    Recourse,
    /// Everything is planned anew. What knowing (or choosing) beforehand is worth.
    Replan,
}

/// One version of the ring to put a value on.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What changes, in order; empty means the ring as it is.
    pub changes: Vec<(Address, String)>,
    /// How much follows.
    pub how: How,
}

/// The value of a version of the ring, or every reason why it cannot be planned.
pub type Evaluation = Result<Value, Vec<Diagnostic>>;

/// Puts a value on versions of the ring.
pub trait Evaluate {
    /// The value of the ring with these changes.
    ///
    /// # Errors
    /// The faults of the changed ring, or why it cannot be planned.
    fn evaluate(&mut self, case: &Case) -> Evaluation;

    /// The values of several versions, in their order; they do not depend on each other, so that they may be found side by side.
    fn evaluate_all(&mut self, cases: &[Case]) -> Vec<Evaluation> {
        cases.iter().map(|case| self.evaluate(case)).collect()
    }
}
