//! Where the last program ended, so that the next, much alike, can begin there.

use crate::build::Build;
use crate::lp::Basis;
use crate::names::Names;

/// The end of the last program of fixed sites and lines; nothing before the first.
///
/// Programs that differ in a few numbers have optima that lie close. A start changes which of several programmes of one cost is found, never
/// the cost beyond the solver's tolerance. What is found depends on all that was solved with the same `Near` before.
#[derive(Debug, Clone, Default)]
pub struct Near {
    last: Option<(Names, Basis)>,
}

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

    /// Takes in where a program ended.
    pub(crate) fn end(&mut self, names: Names, basis: Basis) {
        self.last = Some((names, basis));
    }
}
