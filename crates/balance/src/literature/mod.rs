//! Instance files of the literature, read from text.

mod alb;
mod in2;

pub use alb::{Alb, read_alb};
pub use in2::{In2, read_in2};

use std::fmt;

/// Why a text is not an instance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFault {
    /// Line, from 1; 0 when something is missing from the whole file.
    pub line: usize,
    /// What is wrong there.
    pub fact: String,
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
