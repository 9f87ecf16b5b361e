//! Reading a ring for a command, and showing why it was refused.

use std::collections::BTreeMap;
use std::path::Path;

use model::RawRing;
use ring_io::render::{Colour, render_json, render_text, summary};
use ring_io::{Limits, Loaded, Refused, folder_files, read_ring_in_memory};
use serde_json::json;

use crate::args::Cli;
use crate::exit::{Answer, Failure};
use crate::talk::{self, Format, give_json, say};

/// Reads and checks the ring at a path. A refused ring is shown, and the answer is no.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn load(path: &Path, cli: &Cli) -> Result<Result<Loaded, Answer>, Failure> {
    match ring_io::read_ring(path, &Limits::default()) {
        Ok(loaded) => Ok(Ok(loaded)),
        Err(refused) => refuse(&refused, path, cli).map(Err),
    }
}

/// Checks a ring that a command made, as if it lay in a folder.
///
/// # Errors
/// Every fault of it, as of a ring that is read.
pub(crate) fn checked(raw: &RawRing, folder: &Path) -> Result<Loaded, Refused> {
    let files: BTreeMap<String, Vec<u8>> =
        folder_files(raw).into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    read_ring_in_memory(&files, &folder.display().to_string(), &Limits::default())
}

/// Shows why a ring was refused: on stdout as JSON, or on stderr as text.
///
/// # Errors
/// When stdout cannot be written.
pub(crate) fn refuse(refused: &Refused, path: &Path, cli: &Cli) -> Result<Answer, Failure> {
    match cli.format {
        Format::Json => {
            let told = render_json(&refused.faults, refused.more);
            give_json(&json!({
                "version": 1,
                "ring": path.display().to_string(),
                "sound": false,
                "diagnostics": told["diagnostics"],
                "more": told["more"],
            }))?;
        }
        Format::Text => {
            let colour = if talk::stderr_has_colour() { Colour::Always } else { Colour::Never };
            let told = render_text(&refused.faults, colour);
            let closing = if refused.unchecked { "; mend these first, then the rest can be checked" } else { "" };
            let count = summary(&refused.faults, refused.more);
            say(format!("{told}{}: {count}{closing}", path.display()));
        }
    }
    Ok(Answer::No)
}
