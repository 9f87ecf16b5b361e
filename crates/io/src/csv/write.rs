//! Writes a table as comma-separated text.

use model::raw::RawTable;
use std::borrow::Cow;

/// A field as it stands in a file: in quotes where its text needs them.
#[must_use]
pub fn csv_field(text: &str) -> Cow<'_, str> {
    let edge = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    if edge || text.contains(['"', ',', '\n', '\r']) {
        Cow::Owned(format!("\"{}\"", text.replace('"', "\"\"")))
    } else {
        Cow::Borrowed(text)
    }
}

/// A whole table with its header; lines end in `\n`.
#[must_use]
pub fn csv_table(table: &RawTable) -> String {
    let mut text = String::new();
    push_record(&mut text, &table.columns);
    for row in &table.rows {
        push_record(&mut text, row);
    }
    text
}

/// Appends one record. A record of a single empty field is written `""`: a blank line would be no record.
pub(crate) fn push_record<S: AsRef<str>>(text: &mut String, fields: &[S]) {
    if let [only] = fields
        && only.as_ref().is_empty()
    {
        text.push_str("\"\"");
    }
    for (i, field) in fields.iter().enumerate() {
        if i > 0 {
            text.push(',');
        }
        text.push_str(&csv_field(field.as_ref()));
    }
    text.push('\n');
}
