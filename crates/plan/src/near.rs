//! Where the last program ended, so that the next, much alike, can begin there.

use crate::build::Build;
use crate::lp::{Answer, Basis, Program};
use crate::names::Names;
use std::collections::VecDeque;

/// The end of the last program of fixed sites and lines; nothing before the first.
///
/// Programs that differ in a few numbers have optima that lie close. A start changes which of several programmes of one cost is found, never
/// the cost beyond the solver's tolerance. What is found depends on all that was solved with the same `Near` before.
#[derive(Debug, Clone, Default)]
pub struct Near {
    last: Option<(Names, Basis)>,
    recent: VecDeque<(Program, Answer)>,
}

/// Answers remembered: as many as rounding asks for in two values, which is how far apart the same program comes again.
const RECENT: usize = 4;

impl Near {
    /// The names of a program, and where to begin it; none when nothing was solved before.
    pub(crate) fn begin(&self, build: &Build<'_>) -> (Names, Option<Basis>) {
        let rows: Vec<usize> = (0..build.groups().len()).collect();
        let names = Names::new(build, build.keys(), &rows);
        let begin = self.last.as_ref().map(|(last, basis)| {
            let places = names.places_in(last);
            basis.mapped(&places.cols, &places.rows)
        });
        (names, begin)
    }

    /// The answer of a program that was solved just before, number for number: versions of a ring may differ only in what their sites and
    /// lines leave out.
    pub(crate) fn known(&self, program: &Program) -> Option<Answer> {
        let (_, answer) = self.recent.iter().find(|(known, _)| known == program)?;
        Some(Answer { iterations: 0, ..answer.clone() })
    }

    /// Takes in the answer of a program.
    pub(crate) fn learn(&mut self, program: &Program, answer: &Answer) {
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back((program.clone(), answer.clone()));
    }

    /// Takes in where a program ended.
    pub(crate) fn end(&mut self, names: Names, basis: Basis) {
        self.last = Some((names, basis));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lp::End;

    fn program(high: f64) -> Program {
        let mut program = Program::default();
        let col = program.real(1.0, 0.0, high);
        program.row(0.5, 2.0, [(col, 3.0)]);
        program
    }

    #[test]
    fn only_the_same_program_is_known_and_only_for_a_while() {
        let mut near = Near::default();
        for n in 0..5 {
            let answer =
                Answer { end: End::Solved, point: Some(vec![f64::from(n)]), bound: 0.0, iterations: 7, nodes: 0 };
            near.learn(&program(f64::from(n)), &answer);
        }
        let known = |high: f64| near.known(&program(high)).map(|a| (a.point.unwrap()[0], a.iterations));
        assert_eq!((known(0.0), known(1.0), known(4.0)), (None, Some((1.0, 0)), Some((4.0, 0))));
        assert_eq!(known(4.0 + 1e-15), None, "number for number");
    }
}
