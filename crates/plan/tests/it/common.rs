//! What the tests share: rings built and planned to proven optimality.

use crate::menu::menus;
use model::control::{Control, Effort};
use model::results::{LineDesign, Programme};
use model::{RawRing, Ring};
use plan::{Options, Outcome, Problem};

/// A ring with its menus.
pub(crate) struct Case {
    /// The ring.
    pub(crate) ring: Ring,
    /// Its menus.
    pub(crate) designs: Vec<LineDesign>,
}

impl Case {
    /// The case of a ring as written.
    pub(crate) fn new(raw: &RawRing) -> Self {
        let ring = Ring::build(raw).unwrap();
        let designs = menus(&ring);
        Self { ring, designs }
    }

    /// What the planner is asked.
    pub(crate) fn problem(&self) -> Problem<'_> {
        Problem { ring: &self.ring, designs: &self.designs }
    }

    /// The plan with no gap allowed; none when there is no programme.
    pub(crate) fn exact(&self) -> Option<Outcome> {
        let options = Options { gap: 0.0, iterations_max: 1_000_000, ..Options::of(Effort::Full) };
        plan::solve(&self.problem(), &options, &Control::unlimited()).ok()
    }

    /// Holds a programme to every rule, with the verifier.
    pub(crate) fn assert_holds(&self, programme: &Programme) {
        let faults = verify::programme(&self.ring, &self.designs, programme);
        assert!(faults.is_empty(), "{faults:#?}");
    }
}

/// A ring as written with every cell of a column set.
pub(crate) fn with_column(mut raw: RawRing, table: &str, column: &str, value: &str) -> RawRing {
    let found = raw.tables.iter_mut().find(|t| t.name == table).unwrap();
    let at = found.column(column).unwrap();
    found.rows.iter_mut().for_each(|row| value.clone_into(&mut row[at]));
    raw
}

/// A ring as written with one cell set, by row from 0.
pub(crate) fn with_cell(mut raw: RawRing, table: &str, row: usize, column: &str, value: &str) -> RawRing {
    let found = raw.tables.iter_mut().find(|t| t.name == table).unwrap();
    let at = found.column(column).unwrap();
    value.clone_into(&mut found.rows[row][at]);
    raw
}
