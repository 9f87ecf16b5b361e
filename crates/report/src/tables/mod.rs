//! The result tables that stand beside the page.

mod analysis;
mod answers;
mod build;
mod coverage;
mod decision;
mod evidence;
mod hedge;
mod lines;
mod months;
mod moves;
mod programme;
mod summary;
mod visits;
mod why;

use crate::context::Context;
use crate::dossier::Dossier;
use model::results::ResultTable;

use hedge::hedge;
pub use moves::why as why_moved;
pub use visits::visits;
use why::why;
pub use why::{cause, unused};

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
        all.extend(moves::moves(dossier.ring, dossier.line_designs, p));
    }
    all.extend(dossier.why.iter().flat_map(|w| why(dossier.ring, w)));
    all.extend(dossier.hedge.iter().flat_map(|h| hedge(dossier.ring, h)));
    if let Some(e) = dossier.evidence {
        all.extend(evidence::tables(&c, e));
        all.extend(answers::tables(&c, e));
    }
    if let Some(d) = dossier.decision {
        all.extend(decision::tables(&c, d));
    }
    all.extend([coverage::numbers(&c), coverage::sources(&c)]);
    all
}
