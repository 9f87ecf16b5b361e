//! Diagnostics as JSON, for editors and scripts.

use crate::locate::{Located, Location};
use diag::{Place, Severity};
use serde_json::{Value, json};

/// Version of this form; it changes when a field changes its meaning.
const VERSION: u32 = 1;

/// All diagnostics as one JSON object: `version`, `diagnostics`, `more` (faults found but not kept).
#[must_use]
pub fn render_json(all: &[Located], more: usize) -> Value {
    let list: Vec<Value> = all.iter().map(one).collect();
    json!({ "version": VERSION, "diagnostics": list, "more": more })
}

fn one(located: &Located) -> Value {
    let diagnostic = &located.diagnostic;
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let labels = diagnostic.labels.iter().zip(&located.locations);
    let labels: Vec<Value> = labels.map(|(label, at)| place(&label.place, at, &label.text)).collect();
    json!({
        "code": diagnostic.code.to_string(),
        "severity": severity,
        "fact": diagnostic.fact,
        "help": diagnostic.help,
        "labels": labels,
    })
}

fn place(place: &Place, at: &Location, text: &str) -> Value {
    let mut value = json!({ "file": at.file, "text": text });
    if at.line > 0 {
        value["line"] = json!(at.line);
        value["column"] = json!(at.column);
    }
    if let Some((line, span)) = &at.snippet {
        value["column_end"] = json!(at.column + line[span.clone()].chars().count());
        value["value"] = json!(&line[span.clone()]);
    }
    if let Some(cell) = &at.cell {
        value["cell"] = json!(cell);
    }
    match place {
        Place::Cell { table, row, column } => value["in"] = json!({ "table": table, "row": row, "column": column }),
        Place::Header { table, column } => value["in"] = json!({ "table": table, "column": column }),
        Place::Setting(path) => value["in"] = json!({ "setting": path }),
        Place::Result(name) => value["in"] = json!({ "result": name }),
        Place::Span { .. } => {}
    }
    value
}
