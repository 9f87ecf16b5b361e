//! Result tables as one JSON object, with what they were made from.

use model::results::Provenance;
use model::results::table::{Cell, ResultTable};
use serde_json::{Map, Value, json};

/// Version of this form; it changes when a field changes its meaning.
const VERSION: u32 = 1;

/// `version`, `provenance` and `tables`: columns with unit and meaning, rows as arrays in the columns' order.
///
/// Numbers are rounded to the decimals they are shown with; what is not finite is `null`.
#[must_use]
pub fn results_json(tables: &[ResultTable], provenance: &Provenance) -> Value {
    let tables: Vec<Value> = tables.iter().map(table).collect();
    json!({ "version": VERSION, "provenance": made_from(provenance), "tables": tables })
}

fn made_from(provenance: &Provenance) -> Value {
    let pairs = |list: &[(String, String)]| -> Map<String, Value> {
        list.iter().map(|(name, value)| (name.clone(), json!(value))).collect()
    };
    json!({
        "program": provenance.version,
        "inputs": pairs(&provenance.inputs),
        "seed": provenance.seed,
        "options": pairs(&provenance.options),
    })
}

fn table(table: &ResultTable) -> Value {
    let columns: Vec<Value> =
        table.columns.iter().map(|c| json!({ "name": c.name, "unit": c.unit, "doc": c.doc })).collect();
    let rows: Vec<Value> = table.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    json!({ "name": table.name, "doc": table.doc, "columns": columns, "rows": rows })
}

fn cell(cell: &Cell) -> Value {
    match cell {
        Cell::Text(text) => json!(text),
        Cell::Number { decimals: 0, value } if value.is_finite() && value.abs() < 9e15 => json!(value.round() as i64),
        Cell::Number { value, .. } if !value.is_finite() => Value::Null,
        // The shown text parsed again is the rounded value; JSON then prints its shortest form.
        Cell::Number { .. } => cell.text().parse::<f64>().map_or(Value::Null, |value| json!(value)),
        Cell::Empty => Value::Null,
    }
}
