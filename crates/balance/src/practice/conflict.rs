//! Why no line keeps all rules: a set of them that cannot be kept together, and would be without any one of them.
//!
//! # Source
//! Deletion filter: Chinneck and Dravnieks (1991), "Locating minimal infeasible constraint sets in linear programs", ORSA
//! Journal on Computing 3(2); a constraint here is a whole rule, and the test is a search for any line.

use super::job::Job;
use super::solve::{Limits, solve};
use crate::budget::Budget;
use crate::problem::Status;

/// Rules that cannot be kept together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Numbers of the rules, ascending; empty when takt, stations and precedence alone leave no line.
    pub rules: Vec<usize>,
    /// True when each smaller set was proven to leave a line.
    pub is_minimal: bool,
}

/// A smallest set of rules, in the sense that no rule of it can be spared, that leaves no line; none when some line keeps all,
/// or when neither was proven within the work.
///
/// # Cost
/// One search for each rule, of at most `limits.work` steps.
#[must_use]
pub fn conflict(job: &Job<'_>, limits: Limits, budget: &mut Budget<'_, '_>) -> Option<Conflict> {
    let mut status = |kept: &[usize]| {
        let rules = kept.iter().map(|&at| job.rules[at]).collect();
        let part = Job { rules, aims: Vec::new(), today: job.today.clone(), ..*job };
        solve(&part, None, 0, limits, budget).status
    };
    let mut kept: Vec<usize> = (0..job.rules.len()).collect();
    if status(&kept) != Status::Infeasible {
        return None;
    }
    let mut is_minimal = true;
    let mut at = 0;
    while at < kept.len() {
        let mut without = kept.clone();
        without.remove(at);
        match status(&without) {
            Status::Infeasible => kept = without,
            ended => {
                is_minimal &= matches!(ended, Status::Optimal | Status::Feasible);
                at += 1;
            }
        }
    }
    Some(Conflict { rules: kept, is_minimal })
}
