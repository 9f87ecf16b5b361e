//! The program of sites and lines that are fixed, by its relaxation where that is enough.
//!
//! With sites and lines fixed only people must be whole, and who of them is trained where is a flow: the relaxation nearly
//! always has whole numbers of people by itself, and its optimum is then that of the integer program.

use crate::build::Build;
use crate::lp::{Answer, End, Heuristics, Highs, Limits, Program, Solver};
use crate::near::Near;
use model::control::Control;

/// Farthest a number of people may be from a whole one to count as whole.
const WHOLE: f64 = 1e-6;

/// The answer of the integer program, of its relaxation alone where that has whole numbers by itself.
///
/// The rest of a relaxation that has none goes to the integer program, which has the word on everything but an optimum.
/// The relaxation begins where the one before ended; a program solved just before is not solved again.
pub(crate) fn solve(build: &Build<'_>, limits: &Limits, near: &mut Near, control: &Control<'_>) -> Answer {
    if let Some(answer) = near.known(&build.program) {
        return answer;
    }
    let answer = solve_anew(build, limits, near, control);
    if answer.end != End::Stopped {
        near.learn(&build.program, &answer);
    }
    answer
}

fn solve_anew(build: &Build<'_>, limits: &Limits, near: &mut Near, control: &Control<'_>) -> Answer {
    let relaxed = Limits { start: None, heuristics: Heuristics::All, ..limits.clone() };
    let (names, begin) = near.begin(build);
    let (answer, basis) = Highs.solve_from(&build.program.relaxed(), &relaxed, begin.as_ref(), control);
    if let Some(basis) = basis {
        near.end(names, basis);
    }
    let is_whole = answer.point.as_deref().is_some_and(|point| is_whole(&build.program, point));
    if answer.end == End::Stopped || (answer.end == End::Solved && is_whole) {
        return answer;
    }
    let integer = Highs.solve(&build.program, limits, control);
    Answer { iterations: answer.iterations + integer.iterations, ..integer }
}

fn is_whole(program: &Program, point: &[f64]) -> bool {
    program.cols().iter().zip(point).all(|(col, x)| !col.whole || (x - x.round()).abs() <= WHOLE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_whole_only_where_rounding_alone_keeps_them_from_it() {
        let mut program = Program::default();
        program.whole(1.0, 0.0, 9.0);
        program.real(1.0, 0.0, 9.0);
        for (people, whole) in [(3.0, true), (3.0 - 5e-7, true), (3.0 + 2e-6, false), (2.7, false), (2.5, false)] {
            assert_eq!(is_whole(&program, &[people, 0.4]), whole, "{people} people");
        }
    }
}
