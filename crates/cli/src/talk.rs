//! What the program says to people, on stderr, and the data it gives, on stdout.

use std::io::{self, ErrorKind, IsTerminal, Write};

use serde_json::Value;

/// Whether results are for people or for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// Text in 80 columns.
    #[default]
    Text,
    /// One JSON object with a `version`.
    Json,
}

/// Says one thing on stderr. Colours vanish where they are not wanted; a closed stderr is nobody's loss.
pub(crate) fn say(text: impl AsRef<str>) {
    let _ = writeln!(anstream::stderr(), "{}", text.as_ref());
}

/// Gives data on stdout. A reader that went away, such as `head`, is no fault.
///
/// # Errors
/// What the system says when stdout cannot be written, such as a full disk.
pub(crate) fn give(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Gives one JSON object on stdout.
///
/// # Errors
/// As [`give`].
pub(crate) fn give_json(value: &Value) -> io::Result<()> {
    give(&format!("{value:#}\n"))
}

/// Whether stderr shows colours.
pub(crate) fn stderr_has_colour() -> bool {
    anstream::AutoStream::choice(&io::stderr()) != anstream::ColorChoice::Never
}

/// Whether somebody watches stderr.
pub(crate) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Text in bold where it is shown on a terminal with colours.
pub(crate) fn bold(text: &str) -> String {
    format!("\u{1b}[1m{text}\u{1b}[0m")
}
