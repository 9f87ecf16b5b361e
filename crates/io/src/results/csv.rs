//! One result table as comma-separated text.

use crate::csv::push_record;
use model::results::table::{Cell, ResultTable};

/// The table with its header; numbers with the decimals they are shown with, what is not finite left empty.
#[must_use]
pub fn results_csv(table: &ResultTable) -> String {
    let names: Vec<&str> = table.columns.iter().map(|c| c.name.as_str()).collect();
    let mut text = String::new();
    push_record(&mut text, &names);
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(cell).collect();
        push_record(&mut text, &cells);
    }
    text
}

fn cell(cell: &Cell) -> String {
    match cell {
        Cell::Number { value, .. } if !value.is_finite() => String::new(),
        other => other.text(),
    }
}
