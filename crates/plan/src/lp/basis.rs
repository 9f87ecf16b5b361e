//! Where a solve ended: which columns and rows stand at a bound. Another program that is much alike can start from it.
//!
//! The safe crate cannot hand a basis over, so this module talks to the C interface.
#![allow(unsafe_code, reason = "HiGHS hands a basis over only through its C interface")]

use highs::Model;
use highs_sys::{Highs_getBasis, Highs_setBasis, HighsInt, STATUS_ERROR};

/// Columns at their lower bound, as HiGHS counts them.
const LOWER: HighsInt = 0;

/// Rows whose slack is basic, as HiGHS counts them.
const BASIC: HighsInt = 1;

/// The state of each column and row at the end of a solve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Basis {
    cols: Vec<HighsInt>,
    rows: Vec<HighsInt>,
}

impl Basis {
    /// The basis of the last solve; none when there is none.
    pub(super) fn of(model: &mut Model) -> Option<Self> {
        let mut basis = Self { cols: vec![LOWER; model.num_cols()], rows: vec![BASIC; model.num_rows()] };
        // SAFETY: the model lives, and HiGHS writes one entry for each of its columns and rows, which is how long both are.
        let status = unsafe { Highs_getBasis(model.as_mut_ptr(), basis.cols.as_mut_ptr(), basis.rows.as_mut_ptr()) };
        (status != STATUS_ERROR).then_some(basis)
    }

    /// Lets the next solve begin here; HiGHS repairs what does not fit. False when it refuses: then nothing changes.
    pub(super) fn give(&self, model: &mut Model) -> bool {
        if (self.cols.len(), self.rows.len()) != (model.num_cols(), model.num_rows()) {
            return false;
        }
        // SAFETY: the model lives, and HiGHS reads one entry for each of its columns and rows: checked just above.
        let status = unsafe { Highs_setBasis(model.as_mut_ptr(), self.cols.as_ptr(), self.rows.as_ptr()) };
        status != STATUS_ERROR
    }

    /// The basis for another program, whose columns and rows are found at these places of the one it comes from.
    ///
    /// Columns of which nothing is known stand at their lower bound, rows of which nothing is known are basic.
    pub(crate) fn mapped(&self, cols: &[Option<u32>], rows: &[Option<u32>]) -> Self {
        let of = |known: &[HighsInt], places: &[Option<u32>], other: HighsInt| -> Vec<HighsInt> {
            places.iter().map(|at| at.and_then(|at| known.get(at as usize)).copied().unwrap_or(other)).collect()
        };
        Self { cols: of(&self.cols, cols, LOWER), rows: of(&self.rows, rows, BASIC) }
    }
}
