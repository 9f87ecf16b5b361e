//! Numbers without a source, and what each source carries.

use super::build::{Head, money, number, size, table, text};
use crate::context::Context;
use crate::coverage::{by_table, carriers};
use model::results::ResultTable;
use model::results::table::Cell;

pub(super) fn numbers(c: &Context<'_>) -> ResultTable {
    let rows = by_table(c.d).into_iter().map(|t| {
        vec![text(&t.table), size(t.numbers), size(t.sourced), size(t.assumed), size(t.bare()), size(t.missing)]
    });
    let columns: &[Head] = &[
        ("table", "", "Table, or ring for the settings."),
        ("numbers", "", "Numbers and days as written."),
        ("sourced", "", "Of these, with a graded source."),
        ("assumed", "", "Of these, recorded as an assumption without a source."),
        ("bare", "", "Of these, without any record."),
        ("missing", "", "Empty and planned with an assumed value."),
    ];
    table("coverage_numbers", "Which numbers have a source, by table.", columns, rows.collect())
}

pub(super) fn sources(c: &Context<'_>) -> ResultTable {
    let rows = carriers(c.d).into_iter().map(|s| {
        let grades: Vec<String> = s.grades.iter().map(ToString::to_string).collect();
        vec![
            text(&s.source),
            text(&grades.join(";")),
            size(s.numbers),
            size(s.questions),
            number(s.swing_share, 6),
            s.variance_share.map_or(Cell::Empty, |share| number(share, 6)),
            s.worth.map_or(Cell::Empty, money),
        ]
    });
    let columns: &[Head] = &[
        ("source", "", "Source in its own words."),
        ("grades", "", "Grades it was given."),
        ("numbers", "", "Numbers that rest on it."),
        ("questions", "", "Questions among them that were weighed."),
        ("swing_share", "", "Share of all squared changes of cost, one question at a time."),
        ("variance_share", "", "Share of the cost's variance over futures that its questions bring alone."),
        ("worth", "money", "What answers to its questions are worth, each alone."),
    ];
    table("coverage_sources", "Which sources carry the result.", columns, rows.collect())
}
