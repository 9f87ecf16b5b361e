//! The practice layer against an oracle that tries every line and knows each rule by its formula only.

mod case;
mod oracle;
mod random;
mod rules_alone;

use super::{Limits, conflict, solve};
use crate::budget::Budget;
use crate::problem::Status;
use crate::testing::{Random, cases};
use case::Case;
use model::control::Control;

/// What a case turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    TooManyLines,
    NoLine,
    ALine,
}

/// Solves a case and compares with everything there is.
fn agrees(case: &Case, what: &str) -> Verdict {
    let Some(expected) = oracle::best(case) else { return Verdict::TooManyLines };
    case.with_job(|job| {
        let control = Control::unlimited();
        let answer = solve(job, None, 0, Limits::default(), &mut Budget::new(&control));
        match &expected.best {
            None => {
                assert_eq!(answer.status, Status::Infeasible, "{what}: {case:?}");
                Verdict::NoLine
            }
            Some(grades) => {
                assert_eq!(answer.status, Status::Optimal, "{what}: {case:?}");
                let line = answer.line.expect("an optimal answer has a line");
                assert!(oracle::keeps(case, &line), "{what}: {line:?} of {case:?}");
                assert_eq!(oracle::grades(case, &line), answer.grades, "{what}: {line:?} of {case:?}");
                assert_eq!(&answer.grades, grades, "{what}: {line:?} of {case:?}");
                assert_eq!(answer.proven, job.aims.len(), "{what}");
                assert_eq!(answer.bound, grades.first().copied().unwrap_or(0), "{what}");
                Verdict::ALine
            }
        }
    })
}

#[test]
fn every_mixture_of_rules_agrees_with_trying_everything() {
    let mut random = Random::new(11);
    let (mut lines, mut none, mut at) = (0, 0, 0);
    while lines + none < cases(1_200) {
        at += 1;
        match agrees(&random::case(&mut random), &format!("case {at}")) {
            Verdict::ALine => lines += 1,
            Verdict::NoLine => none += 1,
            Verdict::TooManyLines => {}
        }
    }
    assert!(lines > 600 && none > 150, "{lines} with a line, {none} without");
}

#[test]
fn a_conflict_is_infeasible_and_each_smaller_set_is_not() {
    let mut random = Random::new(23);
    let (mut seen, mut of_two, mut at) = (0, 0, 0);
    while seen < cases(1_200) / 12 {
        at += 1;
        let case = random::case(&mut random);
        let Some(found) = oracle::best(&case) else { continue };
        if found.best.is_some() || case.wishes.is_empty() {
            continue;
        }
        let told = case.with_job(|job| {
            let control = Control::unlimited();
            conflict(job, Limits::default(), &mut Budget::new(&control)).expect("there is no line")
        });
        assert!(told.is_minimal, "case {at}");
        let only = |kept: &[usize]| {
            let wishes = kept.iter().map(|&w| case.wishes[w].clone()).collect();
            oracle::best(&Case { wishes, ..case.clone() })
        };
        let Some(whole) = only(&told.rules) else { continue };
        assert!(whole.best.is_none(), "case {at}: {told:?} leaves a line in {case:?}");
        for at_rule in 0..told.rules.len() {
            let mut fewer = told.rules.clone();
            fewer.remove(at_rule);
            // Without a rule there may be too many lines to try.
            let Some(rest) = only(&fewer) else { continue };
            assert!(rest.best.is_some(), "case {at}: {told:?} is not minimal in {case:?}");
        }
        seen += 1;
        of_two += usize::from(told.rules.len() > 1);
    }
    assert!(of_two > 5, "{seen} conflicts, {of_two} of two rules or more");
}
