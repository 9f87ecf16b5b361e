//! What `import` and `export` share: one form of a ring to the other, whole or not at all.

use std::path::Path;

use ring_io::{Existing, Limits};

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::input::refuse;
use crate::talk::say;

/// Whether a path is named as a workbook.
pub(crate) fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// Converts and says where the result is; a ring that cannot be read is shown, and the answer is no.
pub(crate) fn run(from: &Path, to: &Path, force: bool, cli: &Cli) -> Result<Answer, Failure> {
    let existing = if force { Existing::Replace } else { Existing::Keep };
    let written = match ring_io::read_written(from, &Limits::default()) {
        Ok(written) => written,
        Err(refused) => return refuse(&refused, from, cli),
    };
    ring_io::write_ring(&written.raw, to, existing)?;
    if !cli.quiet {
        let rows: usize = written.raw.tables.iter().map(|table| table.rows.len()).sum();
        let tables = written.raw.tables.len();
        say(format!("wrote {}: {tables} tables, {rows} rows", to.display()));
    }
    Ok(Answer::Yes)
}
