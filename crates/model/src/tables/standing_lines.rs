//! `standing_lines.csv`: lines that stand on the first day, or are on order.

use super::capability::{self, LINE_TYPE};
use crate::ids::{CapabilityId, StandingLineId};
use crate::read::Reader;
use crate::schema::{Kind, Need, Table, default, required};
use units::{Date, IdVec, Quantity};

/// The schema of `standing_lines.csv`.
pub const TABLE: Table = Table {
    name: "standing_lines",
    key: &["site", "item", "line_type", "layout", "first_piece"],
    need: Need::Optional,
    doc: "Lines that stand on the first day or are on order: they are paid for, and run as soon as their people are there.",
    columns: &[
        required("site", Kind::Ref(&["sites"]), "", "The site."),
        required("item", Kind::Ref(&["items"]), "", "The made item."),
        LINE_TYPE,
        required(
            "layout",
            Kind::Count(1, 1_000),
            "",
            "Its layout: the number in the menu of its item and line type, from 1.",
        ),
        required("first_piece", Kind::Date, "", "Day of its first piece, past or to come."),
        required("output_from", Kind::Date, "", "Day from which its output counts: first article approved."),
        default("lines", Kind::Count(1, 1_000), "1", "lines", "How many such lines."),
        default(
            "experience",
            Kind::Quantity(0.0, 1e7),
            "0",
            "pieces",
            "Pieces behind one line on its learning curve since its output counts, besides the site's opening experience.",
        ),
        default(
            "made",
            Kind::Quantity(0.0, 1e7),
            "0",
            "pieces",
            "Pieces all of them have made so far; they count for workshare.",
        ),
    ],
};

/// Lines of one kind that stand already.
#[derive(Debug, Clone, PartialEq)]
pub struct StandingLine {
    /// Site, item and line type.
    pub capability: CapabilityId,
    /// Index of the layout in the menu.
    pub option: usize,
    /// Day of the first piece.
    pub first_piece: Date,
    /// Day from which output counts.
    pub output_from: Date,
    /// How many.
    pub lines: i64,
    /// Pieces behind one line on its learning curve.
    pub experience: Quantity,
    /// Pieces made so far by all of them.
    pub made: Quantity,
}

pub(crate) fn read(reader: &Reader<'_>) -> IdVec<StandingLineId, StandingLine> {
    reader.rows(&TABLE, |row| StandingLine {
        capability: capability::named(row),
        option: usize::try_from(row.count("layout") - 1).unwrap_or(0),
        first_piece: row.date("first_piece").unwrap_or_else(crate::read::some_day),
        output_from: row.date("output_from").unwrap_or_else(crate::read::some_day),
        lines: row.count("lines"),
        experience: row.quantity("experience"),
        made: row.quantity("made"),
    })
}
