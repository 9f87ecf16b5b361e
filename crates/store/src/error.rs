//! Why the store could not do something, as diagnostics.

use diag::{Code, Diagnostic, Place};
use rusqlite::ErrorCode;

/// One or more diagnostics: everything that stood against it.
#[derive(Debug)]
pub struct Refused(pub Vec<Diagnostic>);

/// What most functions here give.
pub type Result<T> = std::result::Result<T, Refused>;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let facts: Vec<String> = self.0.iter().map(|d| format!("{}: {}", d.code, d.fact)).collect();
        f.write_str(&facts.join("; "))
    }
}

impl std::error::Error for Refused {}

impl From<Diagnostic> for Refused {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl From<rusqlite::Error> for Refused {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                let fact = format!("the file `ledger.db` is damaged: {error}");
                refuse(761, fact, "write nothing more to it; put the newest sound copy of the folder back")
            }
            _ => io(&error).into(),
        }
    }
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        io(&error).into()
    }
}

/// RW0762: the disk refused. Whoever sees this knows that nothing was acknowledged.
pub(crate) fn io(error: &dyn std::fmt::Display) -> Diagnostic {
    let help = "see to the disk and open the ledger again; what was sent and not confirmed is sent again, which stores \
                it once";
    Diagnostic::error(Code(762), format!("the ledger could not be written or read: {error}"), help)
}

/// A refusal that is about the ledger as a whole.
pub(crate) fn refuse(code: u16, fact: impl Into<String>, help: impl Into<String>) -> Refused {
    Diagnostic::error(Code(code), fact, help).at(Place::Result("ledger".to_owned()), "").into()
}
