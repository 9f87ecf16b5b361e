//! Reading a ring for a command, and showing why it was refused.

use std::path::Path;

use ring_io::render::{Colour, render_json, render_text, summary};
use ring_io::{Limits, Loaded, Refused};
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
