//! Reads values out of a parsed TOML file and collects what is wrong with them, each with its place.

use std::ops::Range;

use diag::{Code, Diagnostic, Place};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The code of everything that keeps a line from being simulated.
pub(super) const NOT_A_LINE: Code = Code(310);

/// A value with its place.
pub(super) type Value<'t> = Spanned<DeValue<'t>>;

/// Collects faults of one file.
pub(super) struct Reader<'t> {
    pub(super) file: &'t str,
    pub(super) faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Notes a fault at a place.
    pub(super) fn fault(&mut self, fact: impl Into<String>, help: &str, span: Range<usize>) {
        let place = Place::Span { file: self.file.to_owned(), start: span.start, end: span.end.max(span.start + 1) };
        self.faults.push(Diagnostic::error(NOT_A_LINE, fact, help).at(place, "here"));
    }

    /// Keys that are none of `known` are faults.
    pub(super) fn only(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for key in table.keys() {
            if !known.contains(&key.get_ref().as_ref()) {
                let fact = format!("`{}` means nothing here", key.get_ref().escape_debug());
                self.fault(fact, &format!("known here: {}", known.join(", ")), key.span());
            }
        }
    }

    /// A number of at least `least`; `None`, with a fault, when it is not.
    pub(super) fn number(&mut self, value: &Value<'_>, least: f64) -> Option<f64> {
        let digits = match value.get_ref() {
            DeValue::Float(number) => Some(number.as_str()),
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str()),
            _ => None,
        };
        let number = digits.and_then(|d| d.replace('_', "").parse::<f64>().ok()).filter(|x| x.is_finite());
        if number.is_none_or(|x| x < least) {
            self.fault(
                "this is not a number the line can use",
                &format!("write a number of {least} or more"),
                value.span(),
            );
            return None;
        }
        number
    }

    /// A whole number in `least..=most`.
    pub(super) fn count(&mut self, value: &Value<'_>, (least, most): (u32, u32)) -> Option<u32> {
        let whole = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().replace('_', "").parse::<u32>().ok(),
            _ => None,
        };
        let whole = whole.filter(|n| (least..=most).contains(n));
        if whole.is_none() {
            let help = format!("write a whole number from {least} to {most}");
            self.fault("this is not a count the line can use", &help, value.span());
        }
        whole
    }

    /// A text.
    pub(super) fn text<'v>(&mut self, value: &'v Value<'_>) -> Option<&'v str> {
        if let DeValue::String(text) = value.get_ref() {
            return Some(text);
        }
        self.fault("this is not a text", "write it in double quotes", value.span());
        None
    }

    /// A table.
    pub(super) fn table<'v, 't>(&mut self, value: &'v Value<'t>) -> Option<&'v DeTable<'t>> {
        if let DeValue::Table(table) = value.get_ref() {
            return Some(table);
        }
        self.fault("this is not a table", "write it as { key = value, ... }", value.span());
        None
    }

    /// A list.
    pub(super) fn list<'v, 't>(&mut self, value: &'v Value<'t>) -> Option<&'v [Value<'t>]> {
        if let DeValue::Array(items) = value.get_ref() {
            return Some(items);
        }
        self.fault("this is not a list", "write it in square brackets", value.span());
        None
    }

    /// A list of numbers.
    pub(super) fn numbers(&mut self, value: &Value<'_>) -> Option<Vec<f64>> {
        let items = self.list(value)?;
        items.iter().map(|item| self.number(item, 0.0)).collect()
    }

    /// Windows `[[start, end], ...]`.
    pub(super) fn windows(&mut self, value: &Value<'_>) -> Option<Vec<(f64, f64)>> {
        let items = self.list(value)?;
        let pair = |reader: &mut Self, item: &Value<'_>| match reader.numbers(item)?[..] {
            [start, end] => Some((start, end)),
            _ => {
                reader.fault("a window has a start and an end", "write it as [start, end]", item.span());
                None
            }
        };
        items.iter().map(|item| pair(self, item)).collect()
    }
}
