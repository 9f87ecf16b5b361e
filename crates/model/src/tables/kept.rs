//! `kept.csv`: the plan as it stood, against which a new plan moves as little as asked.

use super::capability::{self, LINE_TYPE};
use crate::ids::{CapabilityId, KeptId, PeriodId, SiteId};
use crate::read::{Reader, choices};
use crate::schema::{Kind, Need, Table, default, optional, required};
use units::{Id, IdVec, Quantity};

choices! {
    /// What a plan decides.
    KeptKind {
        /// A site is opened.
        Site = "site",
        /// Lines are ordered.
        Line = "line",
        /// Pieces are made.
        Make = "make",
    }
}

/// The schema of `kept.csv`.
pub const TABLE: Table = Table {
    name: "kept",
    key: &["what", "site", "item", "line_type", "layout", "period"],
    need: Need::Optional,
    doc: "The plan as it stood: sites opened, lines ordered, pieces made. Settings under `policy` say how far a new plan may move from it.",
    columns: &[
        required("what", Kind::Choice(<KeptKind as crate::read::Choice>::WORDS), "", "What is decided."),
        required("site", Kind::Ref(&["sites"]), "", "The site."),
        optional("item", Kind::Ref(&["items"]), "", "The made item; empty for a site."),
        LINE_TYPE,
        optional("layout", Kind::Count(1, 1_000), "", "For a line its layout: the number in the menu, from 1."),
        required("period", Kind::Count(1, 520), "", "Period, from 1."),
        default("quantity", Kind::Quantity(0.0, 1e7), "1", "pieces", "Lines ordered, or pieces made."),
    ],
};

/// One decision of the plan as it stood.
#[derive(Debug, Clone, PartialEq)]
pub enum Kept {
    /// A site opened.
    Site(SiteId, PeriodId),
    /// Lines ordered: where, which layout, when, how many.
    Line(CapabilityId, usize, PeriodId, i64),
    /// Pieces made.
    Make(CapabilityId, PeriodId, Quantity),
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<KeptId, Kept> {
    reader.rows(&TABLE, |row| {
        let (what, quantity): (KeptKind, _) = (row.choice("what"), row.quantity("quantity"));
        let period = PeriodId::from_index(usize::try_from(row.count("period") - 1).unwrap_or(0));
        if what == KeptKind::Site {
            return Kept::Site(row.id("site"), period);
        }
        let capability = capability::named(row);
        if what == KeptKind::Make {
            return Kept::Make(capability, period, quantity);
        }
        let layout = row.given("layout", |r, c| r.count(c)).unwrap_or_else(|| {
            row.fault(103, "layout", "`layout` is missing".to_owned(), "write which layout is ordered".to_owned());
            1
        });
        if quantity.ticks() % 1_000 != 0 || quantity.is_zero() {
            let help = "write how many lines are ordered, 1 or more".to_owned();
            row.fault(104, "quantity", "lines are whole".to_owned(), help);
        }
        Kept::Line(capability, usize::try_from(layout - 1).unwrap_or(0), period, quantity.ticks() / 1_000)
    })
}
