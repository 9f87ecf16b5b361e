//! Splits comma-separated text into records and fields, keeping where every field stands.
//!
//! # Source
//! RFC 4180, with what people's programs write: line ends `\n`, `\r\n` or `\r`, blank lines skipped.
//!
//! # Differs from the source
//! A quote inside a bare field and text after a closing quote are faults here; other readers guess.

use std::borrow::Cow;
use std::ops::Range;

/// Fields of one record that are kept; the rest is passed over, so that a line of commas costs no memory.
pub(crate) const FIELDS_MAX: usize = 1_024;

/// One field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// Bytes of the field as written, quotes included.
    pub(crate) span: Range<usize>,
    /// Whether it stands in quotes.
    pub(crate) quoted: bool,
    /// What is wrong with how it is written.
    pub(crate) fault: Option<FieldFault>,
}

/// How a field can be miswritten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FieldFault {
    /// The text ends inside quotes.
    NeverClosed,
    /// Something other than a comma or a line end follows the closing quote.
    TextAfterQuote,
    /// A quote stands in a field that does not start with one.
    QuoteInside,
}

impl Field {
    /// The field's text with quotes taken off and line ends inside it as `\n`.
    pub(crate) fn text<'t>(&self, source: &'t str) -> Cow<'t, str> {
        let written = &source[self.span.clone()];
        if !self.quoted || self.fault.is_some() {
            return Cow::Borrowed(written);
        }
        let inner = &written[1..written.len() - 1];
        if !inner.contains(['"', '\r']) {
            return Cow::Borrowed(inner);
        }
        Cow::Owned(inner.replace("\"\"", "\"").replace("\r\n", "\n").replace('\r', "\n"))
    }
}

/// Walks over a text record by record.
pub(crate) struct Scanner<'t> {
    source: &'t str,
    at: usize,
    line: u32,
}

impl<'t> Scanner<'t> {
    /// Starts at a byte that begins a record, on a line counted from 1.
    pub(crate) fn new(source: &'t str, at: usize, line: u32) -> Self {
        Self { source, at, line }
    }

    /// Where the next record starts: byte and line. Call after [`Self::skip_blank`].
    pub(crate) fn position(&self) -> (usize, u32) {
        (self.at, self.line)
    }

    /// Steps over empty lines; false at the end of the text.
    pub(crate) fn skip_blank(&mut self) -> bool {
        while self.at < self.source.len() && self.line_end() {}
        self.at < self.source.len()
    }

    /// Fills `fields` with the next record, [`FIELDS_MAX`] of them at most; false at the end of the text.
    pub(crate) fn record(&mut self, fields: &mut Vec<Field>) -> bool {
        fields.clear();
        if !self.skip_blank() {
            return false;
        }
        loop {
            let field = self.field();
            if fields.len() < FIELDS_MAX {
                fields.push(field);
            }
            if self.peek() == Some(b',') {
                self.at += 1;
            } else {
                self.line_end();
                return true;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end, if one stands here.
    fn line_end(&mut self) -> bool {
        let bytes = &self.source.as_bytes()[self.at..];
        let width = match bytes {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        };
        self.at += width;
        self.line += u32::from(width > 0);
        width > 0
    }

    fn field(&mut self) -> Field {
        let start = self.at;
        if self.peek() != Some(b'"') {
            self.skip_to_separator();
            let quote = self.source.as_bytes()[start..self.at].contains(&b'"');
            return self.ended(start, false, quote.then_some(FieldFault::QuoteInside));
        }
        self.at += 1;
        loop {
            match self.peek() {
                None => return self.ended(start, true, Some(FieldFault::NeverClosed)),
                Some(b'"') => {
                    self.at += 1;
                    if self.peek() != Some(b'"') {
                        break;
                    }
                    self.at += 1;
                }
                Some(b'\r' | b'\n') => {
                    self.line_end();
                }
                Some(_) => self.at += 1,
            }
        }
        if matches!(self.peek(), None | Some(b',' | b'\r' | b'\n')) {
            return self.ended(start, true, None);
        }
        self.skip_to_separator();
        self.ended(start, true, Some(FieldFault::TextAfterQuote))
    }

    fn skip_to_separator(&mut self) {
        while !matches!(self.peek(), None | Some(b',' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    fn ended(&self, start: usize, quoted: bool, fault: Option<FieldFault>) -> Field {
        Field { span: start..self.at, quoted, fault }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn records(text: &str) -> Vec<Vec<String>> {
        let mut scanner = Scanner::new(text, 0, 1);
        let (mut fields, mut all) = (Vec::new(), Vec::new());
        while scanner.record(&mut fields) {
            all.push(fields.iter().map(|f| f.text(text).into_owned()).collect());
        }
        all
    }

    #[test]
    fn keeps_lines_and_spans() {
        let text = "a,b\r\n\r\n\"x\n\"\"y\"\"\",2\nlast,";
        assert_eq!(records(text), [vec!["a", "b"], vec!["x\n\"y\"", "2"], vec!["last", ""]]);
        let mut scanner = Scanner::new(text, 0, 1);
        let mut fields = Vec::new();
        scanner.record(&mut fields);
        scanner.skip_blank();
        assert_eq!(scanner.position(), (7, 3));
        scanner.record(&mut fields);
        assert_eq!(&text[fields[1].span.clone()], "2");
        assert_eq!(scanner.position().1, 5);
    }

    #[test]
    fn names_miswritten_fields() {
        for (text, fault) in [
            ("\"open", FieldFault::NeverClosed),
            ("\"a\"b", FieldFault::TextAfterQuote),
            ("a\"b", FieldFault::QuoteInside),
        ] {
            let mut fields = Vec::new();
            assert!(Scanner::new(text, 0, 1).record(&mut fields));
            assert_eq!(fields[0].fault, Some(fault), "{text}");
        }
    }

    proptest! {
        /// The `csv` crate is the oracle: whatever it writes, both read alike.
        #[test]
        fn agrees_with_the_csv_crate(rows in prop::collection::vec(prop::collection::vec("[a\",\n é ]{0,4}", 1..4), 1..6)) {
            let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
            for row in &rows {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            prop_assert_eq!(records(&text), rows);
        }

        /// On any text at all the scanner ends, covers every byte once and never panics.
        #[test]
        fn any_text_ends(text in "[a\",\r\n;]{0,40}") {
            let mut scanner = Scanner::new(&text, 0, 1);
            let (mut fields, mut before) = (Vec::new(), 0);
            while scanner.record(&mut fields) {
                for field in &fields {
                    prop_assert!(field.span.start >= before && field.span.end >= field.span.start);
                    before = field.span.end;
                    field.text(&text);
                }
            }
            prop_assert_eq!(scanner.position().0, text.len());
        }
    }
}
