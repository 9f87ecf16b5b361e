//! Flattens `ring.toml` into dotted paths with the place of every key and value.
//!
//! The input schema is plain tables of scalars and lists of scalars, so no derive stands between the text and
//! the settings, and every span survives.

use crate::source::SettingAt;
use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use diag::{Code, Diagnostic, Place};
use model::raw::Setting;
use std::ops::Range;

/// Files above this size report their first syntax fault only; the rest would cost many times the file.
const RECOVER_BYTES_MAX: usize = 64 * 1024;

/// Syntax faults that are kept of one file.
const SYNTAX_FAULTS_MAX: usize = 20;

/// Settings as read, with their places.
#[derive(Debug, Default)]
pub(crate) struct SettingsRead {
    pub(crate) settings: Vec<Setting>,
    pub(crate) places: Vec<SettingAt>,
    pub(crate) sections: Vec<(String, SettingAt)>,
    pub(crate) faults: Vec<Diagnostic>,
    /// Whether the text as a whole could not be parsed.
    pub(crate) broken: bool,
}

/// Reads the text of `ring.toml`; `name` is the file as shown, `file` its number among the sources.
pub(crate) fn read_settings(name: &str, file: usize, text: &str) -> SettingsRead {
    let mut reader = Reader { name, file, text, read: SettingsRead::default() };
    let parsed = if text.len() <= RECOVER_BYTES_MAX {
        let (document, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() { Ok(document) } else { Err(errors) }
    } else {
        DeTable::parse(text).map_err(|error| vec![error])
    };
    match parsed {
        Ok(document) => {
            reader.table("", document.get_ref());
            reader.sort();
        }
        Err(errors) => {
            reader.read.broken = true;
            errors.iter().take(SYNTAX_FAULTS_MAX).for_each(|error| reader.syntax(error));
        }
    }
    reader.read
}

struct Reader<'t> {
    name: &'t str,
    file: usize,
    text: &'t str,
    read: SettingsRead,
}

impl Reader<'_> {
    fn fault(&mut self, code: u16, fact: String, help: &str, span: Range<usize>, label: &str) {
        let end = span.end.max(span.start + 1);
        let place = Place::Span { file: self.name.to_owned(), start: span.start, end };
        self.read.faults.push(Diagnostic::error(Code(code), fact, help).at(place, label));
    }

    fn syntax(&mut self, error: &Error) {
        let message = error.message().trim();
        let fact = if message.contains("duplicate key") {
            "a key stands twice in one section".to_owned()
        } else {
            format!("`ring.toml` is not well formed: {message}")
        };
        let help = if message.contains("duplicate key") {
            "keep one of the two"
        } else {
            "a setting is `name = value`, a section `[name]`; texts stand in double quotes"
        };
        let span = error.span().unwrap_or(0..1);
        self.fault(4, fact, help, span, "here");
    }

    fn table(&mut self, prefix: &str, table: &DeTable<'_>) {
        for (key, value) in table.iter() {
            let name: &str = key.get_ref();
            if name.is_empty() || name.chars().any(|c| matches!(c, '.' | '/' | '`') || c.is_control()) {
                let fact = format!("the key `{}` cannot be part of an address", name.escape_debug());
                self.fault(11, fact, "use letters, digits, `_` and `-` in keys", key.span(), "this key");
                continue;
            }
            let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") };
            self.value(path, key.span(), value);
        }
    }

    fn value(&mut self, path: String, key: Range<usize>, value: &Spanned<DeValue<'_>>) {
        let at = SettingAt { file: self.file, key, value: value.span() };
        let text = match value.get_ref() {
            DeValue::Table(inner) => {
                self.read.sections.push((path.clone(), at));
                return self.table(&path, inner);
            }
            DeValue::Array(items) => {
                let mut words = Vec::new();
                for item in items {
                    let Some(word) = self.scalar(item) else { return };
                    if word.contains(';') {
                        let fact = format!("a text of the list `{path}` holds a semicolon");
                        return self.fault(
                            11,
                            fact,
                            "lists are joined by semicolons: write the text without one",
                            item.span(),
                            "this text",
                        );
                    }
                    words.push(word);
                }
                words.join(";")
            }
            _ => match self.scalar(value) {
                Some(text) => text,
                None => return,
            },
        };
        self.read.settings.push(Setting { path, value: text });
        self.read.places.push(at);
    }

    /// The text of a value that is neither a table nor a list.
    fn scalar(&mut self, value: &Spanned<DeValue<'_>>) -> Option<String> {
        match value.get_ref() {
            DeValue::String(text) => {
                if let Some(control) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
                    let fact = format!("a text holds the control character U+{:04X}", u32::from(control));
                    self.fault(11, fact, "remove the character", value.span(), "this text");
                    return None;
                }
                Some(text.to_string())
            }
            DeValue::Integer(number) if number.radix() == 10 => Some(number.as_str().to_owned()),
            DeValue::Integer(_) => {
                self.fault(
                    11,
                    "a number is not written in decimal digits".to_owned(),
                    "write it in decimal digits",
                    value.span(),
                    "this number",
                );
                None
            }
            DeValue::Float(number) => Some(number.as_str().to_owned()),
            DeValue::Boolean(yes) => Some(yes.to_string()),
            DeValue::Datetime(time) => Some(time.to_string()),
            DeValue::Array(_) | DeValue::Table(_) => {
                let help = "write sections as `[section.name]`, one for each; lists hold texts or numbers only";
                self.fault(11, "a list holds a list or a section".to_owned(), help, value.span(), "this value");
                None
            }
        }
    }

    /// Back into the order of the file: the parser keeps keys in alphabetical order.
    fn sort(&mut self) {
        let places = std::mem::take(&mut self.read.places);
        let settings = std::mem::take(&mut self.read.settings);
        let mut both: Vec<(SettingAt, Setting)> = places.into_iter().zip(settings).collect();
        both.sort_by_key(|(at, _)| at.value.start);
        (self.read.places, self.read.settings) = both.into_iter().unzip();
        self.read.sections.sort_by_key(|(_, at)| at.key.start);
        debug_assert!(self.read.places.iter().all(|at| at.value.end <= self.text.len()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flattens_in_file_order_with_places() {
        let text = "name = \"b\"\nn = 1_000\n[z.y]\nwhen = 2027-01-04\nlist = [\"a\", 2]\n[a]\nyes = true\nf = 1.50\n";
        let read = read_settings("ring.toml", 0, text);
        assert_eq!(read.faults, []);
        let flat: Vec<(&str, &str)> = read.settings.iter().map(|s| (&*s.path, &*s.value)).collect();
        assert_eq!(
            flat,
            [
                ("name", "b"),
                ("n", "1000"),
                ("z.y.when", "2027-01-04"),
                ("z.y.list", "a;2"),
                ("a.yes", "true"),
                ("a.f", "1.50")
            ]
        );
        assert_eq!(&text[read.places[3].value.clone()], "[\"a\", 2]");
        assert_eq!(&text[read.places[2].key.clone()], "when");
        assert_eq!(read.sections.iter().map(|(p, _)| &**p).collect::<Vec<_>>(), ["z", "z.y", "a"]);
    }

    #[test]
    fn refuses_shapes_the_ring_does_not_use() {
        for (text, code) in [
            ("a = [[1]]", 11),
            ("[[a]]\nb = 1", 11),
            ("a = 0x10", 11),
            ("\"a.b\" = 1", 11),
            ("a = [\"x;y\"]", 11),
            ("a = \"\\u0007\"", 11),
            ("a = 1\na = 2", 4),
            ("a = ", 4),
            ("a = [", 4),
        ] {
            let read = read_settings("ring.toml", 0, text);
            assert_eq!(read.faults.first().map(|f| f.code), Some(Code(code)), "{text}: {:?}", read.faults);
        }
    }

    #[test]
    fn deep_nesting_ends_in_a_fault() {
        let read = read_settings("ring.toml", 0, &format!("a = {}", "[".repeat(60_000)));
        assert!(read.broken);
    }
}
