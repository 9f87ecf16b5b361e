//! A place in a text: file, line, column, and the line itself for showing.

use crate::source::SourceFile;
use diag::{Code, Diagnostic, Place};
use std::ops::Range;

/// Lines longer than this many bytes are named but not shown.
const LINE_SHOWN_MAX: usize = 4_000;

/// Where something stands, ready to be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Location {
    /// File as shown to the reader.
    pub file: String,
    /// Sheet and cell, `tasks!C7`, when the file is a workbook.
    pub cell: Option<String>,
    /// Line counted from 1; the row of the sheet in a workbook; 0 when the file as a whole is meant.
    pub line: usize,
    /// Column in characters counted from 1; 0 when the file as a whole is meant.
    pub column: usize,
    /// The line and the bytes of it that are meant; `None` when there is nothing to show.
    pub snippet: Option<(String, Range<usize>)>,
}

impl Location {
    /// A file as a whole.
    #[must_use]
    pub fn whole(file: &str) -> Self {
        Self { file: file.to_owned(), cell: None, line: 0, column: 0, snippet: None }
    }

    /// A range of bytes of a text, held to one line.
    pub(crate) fn of(file: &SourceFile, span: Range<usize>) -> Self {
        let text = &file.text;
        let start = floor(text, span.start.min(text.len()));
        let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |at| start + at);
        let end = floor(text, span.end.clamp(start, line_end));
        let line = line_number(text, start);
        let shown = line_end - line_start <= LINE_SHOWN_MAX;
        let mut location = Self {
            file: file.name.clone(),
            cell: None,
            line,
            column: text[line_start..start].chars().count() + 1,
            snippet: shown.then(|| (text[line_start..line_end].to_owned(), start - line_start..end - line_start)),
        };
        if let Some(sheet) = &file.sheet {
            let record = sheet.rows.partition_point(|(at, _)| *at as usize <= start).saturating_sub(1);
            let (record_at, row) = sheet.rows.get(record).copied().unwrap_or((0, 1));
            let field = fields_before(text, record_at as usize, start);
            let column = sheet.columns.get(field).copied().unwrap_or(0);
            location.cell = Some(format!("{}!{}{row}", sheet.name, column_letters(column)));
            location.line = row as usize;
        }
        location
    }
}

/// Lines up to a byte, with `\n`, `\r\n` and `\r` as line ends, counted from 1.
fn line_number(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[..at];
    let ends = bytes.iter().enumerate().filter(|(i, b)| match b {
        b'\n' => true,
        b'\r' => text.as_bytes().get(i + 1) != Some(&b'\n'),
        _ => false,
    });
    ends.count() + 1
}

/// The greatest character boundary not above a byte.
fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// How many fields of a record end before a byte.
fn fields_before(text: &str, record: usize, at: usize) -> usize {
    let mut fields = Vec::new();
    crate::csv::Scanner::new(text, record, 1).record(&mut fields);
    fields.iter().filter(|f| f.span.end < at).count()
}

/// A sheet's column, from 0, as letters: `A`, `Z`, `AA`.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + u8::try_from(left % 26).unwrap_or(0)));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Codes that speak of a setting's name, not of its value.
const KEY_CODES: &[Code] = &[Code(107), Code(108), Code(110)];

/// A diagnostic with the places of its labels, in the same order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// The diagnostic.
    pub diagnostic: Diagnostic,
    /// One location per label.
    pub locations: Vec<Location>,
}

impl crate::Sources {
    /// A diagnostic with its places found.
    #[must_use]
    pub fn locate_all(&self, diagnostic: Diagnostic) -> Located {
        let key_meant = KEY_CODES.contains(&diagnostic.code);
        let locations = diagnostic.labels.iter().map(|label| match &label.place {
            Place::Setting(path) if key_meant => self.setting_key(path),
            place => self.locate(place),
        });
        let locations = locations.collect();
        Located { diagnostic, locations }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_columns() {
        for (column, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn a_range_over_line_ends_is_held_to_its_first_line() {
        let file =
            SourceFile { key: "t.csv".into(), name: "t.csv".into(), text: "é,b\r\n\"x\ny\",2\rz".into(), sheet: None };
        let at = Location::of(&file, 6..11);
        assert_eq!((at.line, at.column), (2, 1));
        assert_eq!(at.snippet, Some(("\"x".into(), 0..2)));
        let last = Location::of(&file, 14..99);
        assert_eq!((last.line, last.column, last.snippet), (4, 1, Some(("z".into(), 0..1))));
    }
}
