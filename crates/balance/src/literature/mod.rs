//! Instance files of the literature, read from text.

mod alb;
mod alwabp;
mod in2;

pub use alb::{Alb, read_alb};
pub use alwabp::read_alwabp;
pub use in2::{In2, read_in2};

use diag::{Code, Diagnostic, Place};
use std::fmt;

/// Why a text is not an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// Line, from 1; 0 when something is missing from the whole file.
    pub line: usize,
    /// What is wrong there.
    pub fact: String,
}

impl TextFault {
    /// The fault as RW0306, pointing at its line of `text`, which `file` is shown as.
    #[must_use]
    pub fn diagnostic(&self, file: &str, text: &str) -> Diagnostic {
        let lines = text.split_inclusive('\n');
        let start: usize = lines.clone().take(self.line.saturating_sub(1)).map(str::len).sum();
        let there = if self.line == 0 { "" } else { lines.clone().nth(self.line - 1).unwrap_or("").trim_end() };
        let place = Place::Span { file: file.to_owned(), start, end: start + there.len() };
        let help =
            "compare the file with its format: .alb has sections in angle brackets, .IN2 a count, times and `i,j`";
        Diagnostic::error(Code(306), self.fact.clone(), help).at(place, "read up to here")
    }
}

impl fmt::Display for TextFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.fact)
    }
}

impl std::error::Error for TextFault {}

/// A fault at a line.
fn fault(line: usize, fact: impl Into<String>) -> TextFault {
    TextFault { line, fact: fact.into() }
}

/// The lines that say something, trimmed, with their numbers from 1; a byte order mark and the old end-of-file mark are
/// passed over.
fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    lines.map(|(index, line)| (index + 1, line.trim())).filter(|(_, line)| !line.is_empty() && *line != "\u{1a}")
}

/// A whole number, or a fault that quotes it.
fn number(line: usize, text: &str) -> Result<u32, TextFault> {
    text.trim().parse().map_err(|_| fault(line, format!("`{}` is not a whole number", text.trim())))
}

/// A task number from 1 to `n`, returned from 0.
fn task(line: usize, text: &str, n: usize) -> Result<usize, TextFault> {
    match number(line, text)? as usize {
        t if (1..=n).contains(&t) => Ok(t - 1),
        t => Err(fault(line, format!("task {t} is outside 1..={n}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_points_at_its_line() {
        let text = "2\n4\nfive\n";
        let shown = read_in2(text).unwrap_err().diagnostic("x.IN2", text);
        assert_eq!(shown.code, Code(306));
        assert_eq!(shown.labels[0].place, Place::Span { file: "x.IN2".to_owned(), start: 4, end: 8 });
        assert!(shown.fact.contains("`five`"));
    }
}
