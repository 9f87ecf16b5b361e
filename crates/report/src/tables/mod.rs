//! The result tables that stand beside the page.

mod analysis;
mod answers;
mod build;
mod decision;
mod evidence;
mod lines;
mod programme;
mod summary;
mod visits;

pub use visits::visits;

use crate::context::Context;
use crate::dossier::Dossier;
use model::results::ResultTable;

/// Every result as a table, in a fixed order; tables of stages without a result are left out.
///
/// Names of places and things are their keys in the inputs, so that the tables join with them; periods count from 1.
#[must_use]
pub fn tables(dossier: &Dossier<'_>) -> Vec<ResultTable> {
    let c = Context::new(dossier);
    let mut all = vec![summary::summary(&c)];
    all.extend(lines::tables(&c));
    if let Some(p) = dossier.programme {
        all.extend(programme::tables(&c, p));
    }
    if let Some(e) = dossier.evidence {
        all.extend(evidence::tables(&c, e));
        all.extend(answers::tables(&c, e));
    }
    if let Some(d) = dossier.decision {
        all.extend(decision::tables(&c, d));
    }
    all
}
