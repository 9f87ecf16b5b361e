//! The program of sites and lines that are fixed, by its relaxation where that is enough.
//!
//! With sites and lines fixed only people must be whole, and who of them is trained where is a flow: the relaxation nearly
//! always has whole numbers of people by itself, and its optimum is then that of the integer program.

use crate::build::Build;
use crate::lp::{Answer, End, Heuristics, Highs, Limits, Program, Solver};
use model::control::Control;

/// Farthest a number of people may be from a whole one to count as whole.
const WHOLE: f64 = 1e-6;

/// The answer of the integer program, of its relaxation alone where that has whole numbers by itself.
///
/// The rest of a relaxation that has none goes to the integer program, which has the word on everything but an optimum.
pub(crate) fn solve(build: &Build<'_>, limits: &Limits, control: &Control<'_>) -> Answer {
    let relaxed = Limits { start: None, heuristics: Heuristics::All, ..limits.clone() };
    let answer = Highs.solve(&build.program.relaxed(), &relaxed, control);
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
