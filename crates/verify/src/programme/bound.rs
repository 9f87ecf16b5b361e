//! `0 <= bound <= cost`; a programme is called optimal exactly when cost and bound meet.
//!
//! They meet when they are a millionth of the cost apart at most, and a cent for each cost row.
//!
//! # Not checked
//! That no programme costs less than the bound: it would take the solver's dual, or another solver.

use super::subject::Subject;
use crate::faults::{COST, Faults};
use model::results::Status;

/// Cents between which the two ways to count rounding may lie.
const ROUNDING: f64 = 0.02;

/// Checks the bound and what is said of it.
pub(super) fn check(s: &Subject<'_>, faults: &mut Faults) {
    let p = s.programme;
    if p.bound > p.cost || p.bound.is_negative() {
        let fact = format!("the bound {} is not within 0 and the cost {}", p.bound, p.cost);
        faults.tell(COST, "the bound lies between nothing and the cost", fact);
        return;
    }
    let gap = p.cost.as_f64() - p.bound.as_f64();
    let allowed = 1e-6 * p.cost.as_f64() + 0.01 * p.costs.len() as f64;
    if p.status == Status::Optimal && gap > allowed + ROUNDING {
        let fact = format!("it is called optimal, {gap:.2} above its bound");
        faults.tell(COST, "a programme is optimal when it meets its bound", fact);
    }
    if p.status != Status::Optimal && gap < allowed - ROUNDING {
        let fact = format!("it is called {}, though it meets its bound", p.status.word());
        faults.tell(COST, "a programme that meets its bound is optimal", fact);
    }
}
