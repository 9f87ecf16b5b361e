//! Which task could always take the place of which other: computed once per line and direction.
//!
//! # Source
//! Jackson (1956), Management Science 2(3), extended as in Scholl and Klein (1997), INFORMS Journal on
//! Computing 9(4), section 4.2.

use crate::instance::{Arcs, Instance};

/// For each task, the tasks that potentially dominate it, longest first.
///
/// `j` potentially dominates `i` when they are unrelated, `j` takes at least as long and every
/// successor of `i` is one of `j`; of twins the smaller number dominates.
#[must_use]
pub fn dominators(instance: &Instance) -> Arcs {
    let n = instance.n_tasks();
    let mut pairs = Vec::new();
    for i in 0..n {
        for j in 0..n {
            if i == j || instance.is_before(i, j) || instance.is_before(j, i) {
                continue;
            }
            let (ti, tj) = (instance.time(i), instance.time(j));
            let (si, sj) = (instance.after().row(i), instance.after().row(j));
            let subset = si.iter().zip(sj).all(|(a, b)| a & !b == 0);
            if !subset || tj < ti {
                continue;
            }
            let twin = ti == tj && si == sj;
            if !twin || j < i {
                pairs.push((i, j));
            }
        }
    }
    Arcs::new(n, &pairs)
}
